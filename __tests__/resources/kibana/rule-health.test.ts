import { expect, it, onTestFinished } from 'vitest';
import type { Health } from '../../../src/domain/health.ts';
import { targetAddress } from '../../../src/resources/http/address.ts';
import { connectKibana } from '../../../src/resources/kibana/kibana.ts';
import { rules } from '../../../src/resources/kibana/rule.ts';
import { superuser } from '../../elastic-server/access.ts';
import type { JsonObject } from '../../elastic-server/json.ts';
import { importFile } from '../../kibana-server/call.ts';
import { startKibana } from '../../kibana-server/server.ts';
import { newKibanaState } from '../../kibana-server/state.ts';

const rule: JsonObject = {
  rule_id: 'ours',
  name: 'One',
  description: 'd',
  type: 'query',
  query: 'a:1',
  language: 'kuery',
  risk_score: 21,
  severity: 'low',
};

/** The health of a rule in a space, with what the server says of it besides. */
async function health(enabled: boolean, said: JsonObject = {}): Promise<Health | undefined> {
  const server = await startKibana({ state: newKibanaState('soc') });
  onTestFinished(() => server.close());
  await importFile(server, [{ ...rule, enabled }], { space: '/s/soc' });
  const stored = server.state.spaces.get('soc')?.rules;
  stored?.set('ours', { ...(stored.get('ours') ?? expect.unreachable()), ...said });
  const { name: username, password = '' } = superuser;
  const address = targetAddress('kibana', { url: server.url, username, password });
  const since = server.requests.length;
  const seen = await rules(() => connectKibana(address, 'default')).health?.(['soc/ours', 'ours'], { failures: 0 });
  expect(server.requests.slice(since).every(({ method }) => method === 'GET')).toBe(true);
  expect(seen?.has('ours')).toBe(false);
  return seen?.get('soc/ours');
}

const run = (status: string, message = ''): JsonObject => {
  const last = { date: '2026-11-22T03:00:00.000Z', status, status_order: 0, message, metrics: {} };
  return { execution_summary: { last_execution: last } };
};

it.each([
  [false, run('failed', 'x'), 'quiet', 'switched off'],
  [true, {}, 'quiet', 'has not run yet'],
  [true, run('succeeded', 'Rule execution completed successfully'), 'healthy', 'succeeded at 2026-11-22T03:00:00.000Z'],
  [true, run('running'), 'healthy', 'running at 2026-11-22T03:00:00.000Z'],
  [true, run('failed', 'no such field.'), 'ill', 'failed at 2026-11-22T03:00:00.000Z: no such field'],
  [
    true,
    run('partial failure', 'job not started\n::error::'),
    'ill',
    'partial failure at 2026-11-22T03:00:00.000Z: job not started\\u{a}::error::',
  ],
  [
    true,
    { status: 'failed', status_date: '2021-03-01T00:00:00.000Z', last_failure_message: 'gap' },
    'ill',
    'failed at 2021-03-01T00:00:00.000Z: gap',
  ],
  [true, { execution_summary: { last_execution: { status: 7 } } }, 'quiet', 'has not run yet'],
] as const)('a rule, enabled %s, that says %j is %s', async (enabled, said, state, text) => {
  expect(await health(enabled, said)).toMatchObject({ state, text, figures: { enabled: String(enabled) } });
});
