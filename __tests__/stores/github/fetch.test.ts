import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { openFetch } from '../../../src/stores/github/fetch.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const wanted = (): { method: string; headers: Record<string, string>; signal: AbortSignal } => ({
  method: 'GET',
  headers: { accept: 'application/json' },
  signal: AbortSignal.timeout(5000),
});

/** A server with one answer. @returns its address, and the connections that it had */
async function serving(answer: Answer): Promise<{ url: string; connections: Set<Socket> }> {
  const connections = new Set<Socket>();
  const server = createServer((request, response) => answer(response, request));
  server.on('connection', (socket) => connections.add(socket));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/list?page=2`, connections };
}

const rows = JSON.stringify(Array.from({ length: 500 }, (_, id) => ({ id, name: 'née' })));

it('reads an answer whole, packed or not', async () => {
  for (const packed of [true, false]) {
    const { url } = await serving((response, { headers }) => {
      expect(headers['accept-encoding']).toBe('gzip');
      response.writeHead(200, {
        'content-type': 'application/json',
        ...(packed ? { 'content-encoding': 'gzip' } : {}),
      });
      response.end(packed ? gzipSync(rows) : rows);
    });
    const answer = await openFetch()(url, wanted());
    expect(await answer.text()).toBe(rows);
  }
});

it.each<[string, Answer]>([
  [
    'breaks off',
    (response) => void response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy()),
  ],
  [
    'breaks off packed',
    (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(rows).subarray(0, 60));
    },
  ],
  ['is not what it says', (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('not packed')],
  ['never comes', () => undefined],
  ['begins and never ends', (response) => void response.writeHead(200).write('half')],
])('rejects where the answer %s', async (_, answer) => {
  const { url } = await serving(answer);
  await expect(openFetch()(url, { ...wanted(), signal: AbortSignal.timeout(300) })).rejects.toThrow();
});

it.each([204, 304, 301, 404, 500])('gives an answer of %i as it is', async (status) => {
  const { url, connections } = await serving((response) => {
    response.writeHead(status, { location: '/elsewhere', 'content-encoding': 'gzip' });
    response.end(status === 204 || status === 304 ? undefined : gzipSync('{}'));
  });
  const answer = await openFetch()(url, wanted());
  expect(answer.status).toBe(status);
  expect(answer.headers.get('location')).toBe('/elsewhere');
  expect(connections.size).toBe(1);
});

it('reads over one connection, and writes over a new one each time', async () => {
  const bodies: string[] = [];
  const { url, connections } = await serving((response, request) => {
    request
      .setEncoding('utf8')
      .on('data', (text: string) => void bodies.push(`${request.headers['content-length']} ${text}`));
    request.on('end', () => response.end('{}'));
  });
  const fetch = openFetch();
  for (let count = 0; count < 5; count += 1) await (await fetch(url, wanted())).text();
  expect(connections.size).toBe(1);
  for (let count = 0; count < 2; count += 1) {
    await (await fetch(url, { ...wanted(), method: 'POST', body: '{"a":"née"}' })).text();
  }
  expect(connections.size).toBe(3);
  expect(bodies).toEqual(['12 {"a":"née"}', '12 {"a":"née"}']);
});
