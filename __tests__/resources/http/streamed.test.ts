import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { targetAddress } from '../../../src/resources/http/address.ts';
import { openTargetClient } from '../../../src/resources/http/client.ts';
import { jsonBody } from '../../../src/resources/http/json-body.ts';

/** Larger than one write, with characters of two, three and four bytes. */
const value = { definition: { trees: Array.from({ length: 9000 }, (_, index) => [`ä${index}€\u{1f600}`, index / 7]) } };

/** A server that says 429 so many times first, and what each request held. */
async function received(refusals: number) {
  const bodies: { readonly length: string | undefined; readonly text: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push({ length: request.headers['content-length'], text: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(bodies.length > refusals ? 200 : 429, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = targetAddress('elasticsearch', { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  return { client: openTargetClient(address, { pauses: [1, 1], reasonOf: () => undefined }), bodies };
}

it('a streamed body arrives as JSON.stringify writes it, with its length ahead, and whole at each try', async () => {
  const { client, bodies } = await received(1);
  await client.send({ method: 'PUT', path: ['a'], body: jsonBody(value) });
  const text = JSON.stringify(value);
  const length = String(Buffer.byteLength(text));
  expect(Number(length)).toBeGreaterThan(200_000);
  expect(bodies.map((body) => body.length)).toEqual([length, length]);
  expect(bodies.every((body) => body.text === text)).toBe(true);
});

it('a server that hangs up while it is sent is a failure, and nothing else', async () => {
  const server = createServer((request) => request.socket.destroy());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = targetAddress('elasticsearch', { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const client = openTargetClient(address, { pauses: [], reasonOf: () => undefined });
  const sent = client.send({ method: 'PUT', path: ['a'], body: jsonBody(value) });
  await expect(sent).rejects.toMatchObject({ code: 'target-unreachable' });
});
