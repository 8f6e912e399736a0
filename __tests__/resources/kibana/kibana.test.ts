import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { targetAddress } from '../../../src/resources/http/address.ts';
import { connectKibana } from '../../../src/resources/kibana/kibana.ts';
import { superuser } from '../../elastic-server/access.ts';
import { type KibanaOptions, type KibanaServer, startKibana } from '../../kibana-server/server.ts';
import { newKibanaState } from '../../kibana-server/state.ts';

async function kibana(options: KibanaOptions = {}): Promise<KibanaServer> {
  const server = await startKibana(options);
  onTestFinished(() => server.close());
  return server;
}

const known = { username: superuser.name, password: superuser.password ?? '' };

it('says its version, and reaches the space that is named', async () => {
  const server = await kibana({ version: '8.12.0', state: newKibanaState('soc') });
  const soc = await connectKibana(targetAddress('kibana', { url: `${server.url}/`, ...known }), 'soc');
  expect(soc).toMatchObject({ version: '8.12.0', space: 'soc' });
  await soc.client.send({ method: 'POST', path: ['api', 'exception_lists'], body: '{"list_id":"people"}' });
  expect([...(server.state.spaces.get('soc')?.exceptionLists.keys() ?? [])]).toEqual(['people']);
  expect(server.requests.every(({ path }) => path.startsWith('/s/soc/api/'))).toBe(true);
});

it('is asked by a key as well', async () => {
  const apiKey = Buffer.from('key-id:key-of-some-length').toString('base64');
  const { url } = await kibana({ accounts: [{ ...superuser, apiKey }] });
  const byKey = targetAddress('kibana', { url, apiKey: 'key-id:key-of-some-length' });
  expect(await connectKibana(byKey, 'default')).toMatchObject({ version: '8.17.2' });
  const other = targetAddress('kibana', { url, apiKey: 'key-id:another-key-of-some' });
  await expect(connectKibana(other, 'default')).rejects.toMatchObject({ code: 'target-unauthorised' });
});

it('says what is wrong: the space, the password, the server', async () => {
  const { url } = await kibana();
  const address = targetAddress('kibana', { url, ...known });
  await expect(connectKibana(address, 'absent')).rejects.toMatchObject({
    code: 'target-invalid',
    message: expect.stringContaining('There is no space `absent`'),
  });
  for (const space of ['../../x', 'SOC', '*', 'a/b', '']) {
    await expect(connectKibana(address, space)).rejects.toMatchObject({ code: 'target-invalid' });
  }
  const wrong = targetAddress('kibana', { url, ...known, password: 'wrong-one' });
  await expect(connectKibana(wrong, 'default')).rejects.toMatchObject({ code: 'target-unauthorised' });
  const other = createServer((_, answer) => answer.end('{"version":{"number":"x"}}'));
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const elsewhere = targetAddress('kibana', { url: `http://127.0.0.1:${port}` });
  await expect(connectKibana(elsewhere, 'default')).rejects.toMatchObject({ code: 'target-answer-invalid' });
});
