import { expect, it, onTestFinished } from 'vitest';
import model from '../../../examples/ML-DGA-20261122-2/dga_1000_1.0_model.json' with { type: 'json' };
import type { DesiredObject } from '../../../src/domain/resource.ts';
import { objectDigest } from '../../../src/formats/object-body.ts';
import { markKey } from '../../../src/resources/elasticsearch/mark.ts';
import { resourceTypeContract } from '../../contracts/resource-type.ts';
import type { JsonObject } from '../../elastic-server/json.ts';
import { loopback, mark, metaOf, person, stackContract, typeOn, wanted } from './stack-world.ts';

const { model_id: _, ...body } = model as unknown as JsonObject;
const other: JsonObject = { ...body, description: 'another' };

function desiredModel(of: JsonObject): DesiredObject {
  const digest = objectDigest('elastic-model', of);
  return { type: 'model', id: 'ours', body: of, digest, dependsOn: [], file: 'model.json' };
}

for (const version of ['8.17.2', '7.17.0', '7.10.2']) {
  stackContract(version, () => loopback(version));

  resourceTypeContract(`a model on ${version}`, async () => {
    const server = await loopback(version);
    await person(server, 'PUT', '/_ml/trained_models/theirs', body);
    const rows = async (): Promise<string[]> => Object.entries(await server.view()).map((row) => JSON.stringify(row));
    return {
      type: await typeOn(server, 'model'),
      desired: (which) => desiredModel(which === 'first' ? body : other),
      // A model cannot be changed: somebody puts another one in its place.
      changeByHand: async () => {
        await person(server, 'DELETE', '/_ml/trained_models/ours');
        await person(server, 'PUT', '/_ml/trained_models/ours', other);
      },
      everything: rows,
      close: () => server.close(),
    };
  });

  it(`marks what takes a mark, and keeps the author's own, on ${version}`, async () => {
    const server = await loopback(version);
    onTestFinished(() => server.close());
    const [models, templates, pipes] = await Promise.all(
      (['model', 'component-template', 'pipeline'] as const).map((type) => typeOn(server, type)),
    );
    const metadata = { ...(body['metadata'] as JsonObject | undefined), author: 'theirs' };
    const first = desiredModel({ ...body, metadata });
    await models?.create(first);
    expect((await server.view())['model']?.['ours']).toMatchObject({
      metadata: { author: 'theirs', [markKey]: { ...mark, digest: first.digest } },
    });
    const read = await models?.read('ours');
    expect(read).toMatchObject({ digest: first.digest, meta: mark, body: { metadata } });
    expect(JSON.stringify(read?.body)).not.toContain(markKey);

    const template = wanted({ type: 'component-template', id: 'ours' }, { template: {}, _meta: { author: 'theirs' } });
    await templates?.create(template);
    expect(metaOf(await server.view(), 'component-template', 'ours')).toEqual({ author: 'theirs', [markKey]: mark });
    expect(await templates?.read('ours')).toMatchObject({ digest: template.digest, meta: mark });

    const takes = version === '8.17.2';
    const own = takes ? { _meta: { author: 'theirs' } } : {};
    const pipeline = wanted({ type: 'pipeline', id: 'ours' }, { processors: [], ...own });
    await pipes?.create(pipeline);
    expect(metaOf(await server.view(), 'pipeline', 'ours')).toEqual(
      takes ? { author: 'theirs', [markKey]: mark } : undefined,
    );
    expect((await pipes?.read('ours'))?.digest).toBe(pipeline.digest);
  });
}
