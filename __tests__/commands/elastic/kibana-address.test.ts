import { expect, it, onTestFinished } from 'vitest';
import { superuser } from '../../elastic-server/access.ts';
import { startKibana } from '../../kibana-server/server.ts';
import { newKibanaState } from '../../kibana-server/state.ts';
import { cluster, mldr, textOf, work } from './cluster.ts';

const known = { ELASTIC_USERNAME: superuser.name, ELASTIC_PASSWORD: superuser.password ?? '' };

it('finds Kibana by a flag or the environment, in a space that is named, and says so', async () => {
  const [server, folder] = [await cluster(), work()];
  const kibana = await startKibana({ state: newKibanaState('soc') });
  onTestFinished(() => kibana.close());
  const status = { command: 'status' } as const;
  expect(textOf(await mldr(folder, server.url, status, known))).not.toContain('Kibana');
  const inSpace = await mldr(folder, server.url, { ...status, 'kibana-url': kibana.url, space: 'soc' }, known);
  expect(textOf(inSpace)).toMatch(/Elasticsearch [\d.]+, Kibana 8\.17\.2 in space soc\n/);
  const byEnvironment = await mldr(folder, server.url, status, { ...known, KIBANA_URL: kibana.url });
  expect(textOf(byEnvironment)).toMatch(/, Kibana 8\.17\.2\n/);
  const open = kibana.url.replace('//', '//elastic:a-password@');
  const refused = await mldr(folder, server.url, { ...status, 'kibana-url': open }, known);
  expect(refused).toMatchObject({ code: 'usage', exit: 2 });
  expect(textOf(refused)).not.toContain('a-password');
});
