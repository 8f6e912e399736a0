import { afterEach, describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { type Fault, faults } from './faults.ts';
import type { Recorded } from './loopback.ts';
import { type ElasticServer, startElastic } from './server.ts';
import { type StackView, stackView } from './stack.ts';

const path = '/_ingest/pipeline/p';
const pipeline = { processors: [] };
let server: ElasticServer;

afterEach(() => server.close());

/** What a client sees of a request with a fault, and whether it had its effect. */
async function seen(fault: Fault): Promise<[seen: number | 'nothing' | 'no JSON', effect: boolean]> {
  server = await startElastic();
  server.faults.set(0, fault);
  const controller = new AbortController();
  const asked = fetch(`${server.url}${path}`, {
    method: 'PUT',
    redirect: 'manual',
    signal: AbortSignal.any([controller.signal, AbortSignal.timeout(500)]),
    headers: { authorization: `Basic ${btoa('elastic:loopback-password')}`, 'content-type': 'application/json' },
    body: JSON.stringify(pipeline),
  });
  const answer = await asked.then(
    async (response) => {
      if (fault === 'endless') {
        controller.abort();
        return 'nothing';
      }
      const text = await response.text().catch(() => undefined);
      if (text === undefined) return 'nothing';
      if (response.status !== 200) return response.status;
      return text.endsWith('}') ? response.status : 'no JSON';
    },
    () => 'nothing' as const,
  );
  return [answer, server.stack.pipelines.has('p')];
}

describe('faults', () => {
  const expected: Record<Fault, Awaited<ReturnType<typeof seen>>> = {
    'kill-before': ['nothing', false],
    'kill-after': ['nothing', true],
    'reset-before': ['nothing', false],
    'reset-after': ['nothing', true],
    'silence-before': ['nothing', false],
    'silence-after': ['nothing', true],
    cut: ['nothing', true],
    slow: [200, true],
    '500-before': [500, false],
    '500-after': [500, true],
    '502-before': [502, false],
    '502-after': [502, true],
    '503-before': [503, false],
    '503-after': [503, true],
    html: ['no JSON', true],
    truncated: ['no JSON', true],
    endless: ['nothing', true],
    redirect: [307, false],
    '401': [401, false],
    '403': [403, false],
    '429': [429, false],
  };
  it.each(faults)('%s', async (fault) => {
    expect(await seen(fault)).toEqual(expected[fault]);
    expect(server.requests).toHaveLength(1);
  });
});

it('hears nothing of a killed client until another one comes', async () => {
  server = await startElastic();
  server.faults.set(0, 'kill-after');
  await expect(ask(server, 'PUT', path, pipeline)).rejects.toThrow();
  await expect(ask(server, 'DELETE', path)).rejects.toThrow();
  expect(server.requests).toHaveLength(1);
  server.revive();
  expect((await ask(server, 'GET', path)).status).toBe(200);
});

it('lets an observer see every moment, and others act before a request', async () => {
  const moments: [string, StackView][] = [];
  const onRequest = ({ number }: Recorded): void => {
    if (number === 1) server.stack.scripts.set('foreign', { lang: 'painless', source: '1' });
  };
  server = await startElastic({
    onRequest,
    onChange: ({ method }) => {
      moments.push([method, stackView(server.stack)]);
    },
  });
  await ask(server, 'PUT', path, pipeline);
  await ask(server, 'GET', path);
  await ask(server, 'DELETE', path);
  expect(moments.map(([method, view]) => [method, view['pipeline'], Object.keys(view['script'] ?? {})])).toEqual([
    ['PUT', { p: pipeline }, []],
    ['GET', { p: pipeline }, ['foreign']],
    ['DELETE', {}, ['foreign']],
  ]);
});

it('records requests, and never who asked', async () => {
  server = await startElastic();
  await ask(server, 'PUT', `${path}%2Fq?timeout=1s`, pipeline);
  expect(server.requests).toMatchObject([
    { method: 'PUT', path: `${path}%2Fq`, query: '?timeout=1s', body: pipeline, status: 200, standIn: true },
  ]);
  expect(JSON.stringify(server.requests)).not.toMatch(/authorization|loopback-password|Basic/i);
});
