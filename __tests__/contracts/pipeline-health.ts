import { expect, it } from 'vitest';
import type { Health } from '../../src/domain/health.ts';
import { ask } from '../elastic-server/ask.ts';
import { person, typeOn } from '../resources/elasticsearch/stack-world.ts';

const documents = '/documents-of-a-test';

/** That the health of pipelines follows from what went through them, on whatever server. */
export function pipelineHealthContract(title: string, start: () => Promise<{ url: string; close(): Promise<void> }>) {
  it(`counts what failed in a pipeline on ${title}, also where the failure was caught`, async () => {
    const server = await start();
    const put = (id: string, body: Parameters<typeof person>[3]) =>
      person(server, 'PUT', `/_ingest/pipeline/${id}`, body);
    const fail = { fail: { message: 'no' } };
    await put('fine', { processors: [{ set: { field: 'a', value: '1' } }] });
    await put('catching', { processors: [fail], on_failure: [{ set: { field: 'error', value: 'caught' } }] });
    await put('failing', { processors: [{ set: { field: 'a', value: '1' } }, fail] });
    await put('calling', { processors: [{ pipeline: { name: 'failing' } }], on_failure: [{ drop: {} }] });
    await put('idle', { processors: [] });
    const ids = ['fine', 'catching', 'failing', 'calling', 'idle'];
    const pipelines = await typeOn(server, 'pipeline');
    const health = async (failures = 0): Promise<ReadonlyMap<string, Health>> =>
      (await pipelines.health?.(ids, { failures })) ?? expect.unreachable('pipelines have a health');
    for (const id of ['fine', 'fine', 'catching', 'calling']) {
      await ask(server, 'POST', `${documents}/_doc?pipeline=${id}`, {});
    }
    expect((await ask(server, 'POST', `${documents}/_doc?pipeline=failing`, {})).status).toBeGreaterThanOrEqual(400);
    const seen = await health();
    expect(Object.fromEntries([...seen].map(([id, { state, text }]) => [id, `${state}: ${text}`]))).toEqual({
      fine: 'healthy: 2 documents, 0 failures',
      catching: 'ill: 1 document, 1 failure (1 at `fail`)',
      failing: 'ill: 2 documents, 2 failures (2 at `fail`)',
      calling: 'ill: 1 document, 1 failure (1 at `pipeline:failing`)',
      idle: 'quiet: no document since its nodes started',
    });
    expect(seen.get('catching')?.figures).toEqual({ documents: 1, failed: 0, processorFailures: 1 });
    expect((await health(1)).get('failing')).toMatchObject({ state: 'healthy' });
    await server.close();
  });
}
