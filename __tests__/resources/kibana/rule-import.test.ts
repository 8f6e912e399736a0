import { expect, it, onTestFinished } from 'vitest';
import { targetAddress } from '../../../src/resources/http/address.ts';
import type { TargetClient } from '../../../src/resources/http/client.ts';
import { connectKibana } from '../../../src/resources/kibana/kibana.ts';
import { importRule } from '../../../src/resources/kibana/rule-import.ts';
import { superuser } from '../../elastic-server/access.ts';
import type { Fault } from '../../elastic-server/faults.ts';
import { type KibanaServer, startKibana } from '../../kibana-server/server.ts';

const rule = {
  rule_id: 'r1',
  name: 'Ünï \u2028 "quoted"\r\n--rule',
  description: 'd',
  type: 'query',
  query: 'a:1',
  risk_score: 21,
  severity: 'low',
};

async function kibana(): Promise<{ server: KibanaServer; client: TargetClient }> {
  const server = await startKibana();
  onTestFinished(() => server.close());
  const known = { username: superuser.name, password: superuser.password ?? '' };
  return {
    server,
    client: (await connectKibana(targetAddress('kibana', { url: server.url, ...known }), 'default')).client,
  };
}

it('sends a rule as it is, whatever its texts hold', async () => {
  const { server, client } = await kibana();
  await importRule(client, rule, { overwrite: false });
  expect(server.state.spaces.get('default')?.rules.get('r1')).toMatchObject(rule);
});

it('tells one that stands there by now from one that is refused', async () => {
  const { server, client } = await kibana();
  await importRule(client, rule, { overwrite: false });
  const again = importRule(client, { ...rule, name: 'other' }, { overwrite: false });
  await expect(again).rejects.toMatchObject({
    code: 'target-changed',
    message: expect.stringContaining('already exists'),
  });
  const wrong = importRule(client, { ...rule, severity: 'huge', risk_score: 'x' }, { overwrite: true });
  await expect(wrong).rejects.toMatchObject({
    code: 'target-refused',
    message: expect.stringMatching(/rule `r1` is not taken: .*risk_score.*severity/),
  });
  expect(server.state.spaces.get('default')?.rules.get('r1')).toMatchObject(rule);
});

it('fails over a list of exceptions that is not there, unless a rule is put back', async () => {
  const { client } = await kibana();
  const exceptions_list = [{ id: 'l', list_id: 'gone', type: 'detection', namespace_type: 'single' }];
  const refused = importRule(client, { ...rule, exceptions_list }, { overwrite: false });
  await expect(refused).rejects.toMatchObject({ code: 'target-refused', message: expect.stringContaining('`r1`') });
  await importRule(client, { ...rule, exceptions_list }, { overwrite: true, listsMayBeGone: true });
});

it.each<readonly [Fault, string]>([
  ['html', 'target-answer-invalid'],
  ['truncated', 'target-answer-invalid'],
  ['redirect', 'target-answer-invalid'],
  ['403', 'target-forbidden'],
  ['401', 'target-unauthorised'],
  ['503-after', 'target-failed'],
  ['reset-after', 'target-unreachable'],
])('asks once and says what came: %s is %s', async (fault, code) => {
  const { server, client } = await kibana();
  const since = server.requests.length;
  server.faults.set(since, fault);
  await expect(importRule(client, rule, { overwrite: false })).rejects.toMatchObject({ code });
  expect(server.requests.length - since).toBe(1);
});
