import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { member } from '../../../src/domain/document.ts';
import { Failure } from '../../../src/errors.ts';
import { targetAddress } from '../../../src/resources/http/address.ts';
import { openTargetClient, type TargetClient } from '../../../src/resources/http/client.ts';
import type { TargetRequest } from '../../../src/resources/http/exchange.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const servers: Server[] = [];
const secret = ['hun', 'ter', '2'].join('');

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function clientOf(handler: Handler, timeout = 2000): Promise<{ client: TargetClient; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    handler(request, response, seen.length);
  });
  const port = await listening(server);
  const address = targetAddress('elasticsearch', {
    url: `http://127.0.0.1:${port}/base`,
    username: 'elastic',
    password: secret,
  });
  const reasonOf = (value: Parameters<typeof member>[0]) => {
    const reason = member(value, 'reason');
    return typeof reason === 'string' ? reason : undefined;
  };
  return { client: openTargetClient(address, { timeout, pauses: [1, 1], reasonOf }), seen };
}

async function failure(action: Promise<unknown>): Promise<Failure> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw new Error(`no failure of ours: ${String(error)}`);
  expect(`${error.message} ${error.help}`).not.toContain(secret);
  expect(`${error.message} ${error.help}`).not.toContain(Buffer.from(`elastic:${secret}`).toString('base64'));
  return error;
}

const get: TargetRequest = { method: 'GET', path: ['_scripts', 'a'] };
const put: TargetRequest = { method: 'PUT', path: ['_scripts', 'a'], body: '{"a":"é"}' };
const json = (response: ServerResponse, status: number, text: string) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});

describe('a request', () => {
  it('is sent as it is, below the base, with the authorization', async () => {
    let body = '';
    const { client, seen } = await clientOf((request, response) => {
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => json(response, 201, '{"acknowledged":true}'));
    });
    const answer = await client.send({ ...put, query: { timeout: '5s' } });
    expect(answer).toEqual({ status: 201, value: { acknowledged: true }, text: '{"acknowledged":true}' });
    expect(seen[0]?.url).toBe('/base/_scripts/a?timeout=5s');
    expect(seen[0]?.headers.authorization).toMatch(/^Basic /);
    expect(body).toBe(put.body);
    expect(client.requests()).toBe(1);
  });

  it('names one object, whatever its id holds', async () => {
    const { client, seen } = await clientOf((_, response) => json(response, 200, '{}'));
    await client.send({ method: 'GET', path: ['_ml', 'anomaly_detectors', '../_security?x#%2f é'] });
    expect(seen[0]?.url).toBe('/base/_ml/anomaly_detectors/..%2F_security%3Fx%23%252f%20%C3%A9');
    for (const part of ['', '.', '..', '*', 'a*', 'a,b']) {
      expect((await failure(client.send({ method: 'DELETE', path: ['_scripts', part] }))).code).toBe('target-invalid');
    }
    expect(seen).toHaveLength(1);
  });
});

describe('an answer', () => {
  it.each([
    [401, 'target-unauthorised'],
    [403, 'target-forbidden'],
    [400, 'target-refused'],
    [404, 'target-refused'],
    [409, 'target-refused'],
    [500, 'target-failed'],
  ])('of HTTP %i is a failure with the reason of the server', async (status, code) => {
    const { client } = await clientOf((_, response) => json(response, status, '{"reason":"because\\n::x"}'));
    const error = await failure(client.send(put));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`HTTP ${status}: because\\u{a}::x`);
    expect(error.message).toContain('PUT /_scripts/a at http://127.0.0.1');
  });

  it('that is expected is none', async () => {
    const { client } = await clientOf((_, response) => json(response, 404, '{"found":false}'));
    expect(await client.send(get, [404])).toEqual({ status: 404, value: { found: false }, text: '{"found":false}' });
  });

  it.each([
    ['HTML', (response: ServerResponse) => response.end('<html>sign in</html>'), 'target-answer-invalid'],
    ['half of its JSON', (response: ServerResponse) => response.end('{"a":'), 'target-answer-invalid'],
    [
      'a redirection',
      (response: ServerResponse) => response.writeHead(302, { location: 'http://x/' }).end(),
      'target-answer-invalid',
    ],
  ])('with %s is a failure', async (_, answer, code) => {
    const { client, seen } = await clientOf((__, response) => answer(response));
    expect((await failure(client.send(get))).code).toBe(code);
    expect(seen).toHaveLength(1);
  });

  it('without a body is an answer', async () => {
    const { client } = await clientOf((_, response) => response.writeHead(200).end());
    expect(await client.send(get)).toEqual({ status: 200, value: undefined, text: '' });
  });

  it('with HTML from a proxy says the status', async () => {
    const { client } = await clientOf((_, response) => response.writeHead(413).end('<html>too large</html>'));
    expect((await failure(client.send(put))).message).toContain('HTTP 413');
  });
});

describe('trouble on the way', () => {
  it.each([429, 502, 503, 504])('reading is tried again after HTTP %i', async (status) => {
    const { client, seen } = await clientOf((_, response, count) => json(response, count < 3 ? status : 200, '{}'));
    expect((await client.send(get)).status).toBe(200);
    expect(seen).toHaveLength(3);
  });

  it('reading is tried again where the connection breaks, and not for ever', async () => {
    const { client, seen } = await clientOf((request, response, count) =>
      count === 2 ? json(response, 200, '{}') : request.socket.destroy(),
    );
    expect((await client.send(get)).status).toBe(200);
    expect((await failure(client.send(get))).code).toBe('target-unreachable');
    expect(seen).toHaveLength(5);
  });

  it('writing is tried again only where nothing was done', async () => {
    const { client, seen } = await clientOf((_, response, count) => json(response, count === 1 ? 429 : 503, '{}'));
    expect((await failure(client.send(put))).code).toBe('target-failed');
    expect(seen).toHaveLength(2);
    const broken = await clientOf((request) => request.socket.destroy());
    expect((await failure(broken.client.send(put))).code).toBe('target-unreachable');
    expect(broken.seen).toHaveLength(1);
  });

  it('an answer that does not come, or does not end, is given up', async () => {
    const { client } = await clientOf((_, response, count) => count > 0 && response.writeHead(200).write('{'), 60);
    expect((await failure(client.send(put))).code).toBe('target-timeout');
  });

  it('nobody listens', async () => {
    const address = targetAddress('elasticsearch', { url: 'http://127.0.0.1:1' });
    const error = await failure(openTargetClient(address, { pauses: [1], reasonOf: () => undefined }).send(get));
    expect(error).toMatchObject({ code: 'target-unreachable' });
    expect(error.message).toContain('ECONNREFUSED');
  });
});

describe('TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];

  beforeAll(() => {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', ...subject];
    execFileSync('openssl', [...words, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function secure(trust: { ca?: string; fingerprint?: string }) {
    let headers = 0;
    const options = { key: readFileSync(key), cert: readFileSync(certificate) };
    const server = createSecureServer(options, (_, response) => {
      headers += 1;
      json(response, 200, '{}');
    });
    const port = await listening(server);
    const inputs = { url: `https://127.0.0.1:${port}`, username: 'elastic', password: secret, ...trust };
    const client = openTargetClient(targetAddress('elasticsearch', inputs), { pauses: [], reasonOf: () => undefined });
    return { client, heard: () => headers };
  }

  const fingerprint = () => new X509Certificate(readFileSync(certificate)).fingerprint256;

  it('trusts nobody by itself, and says how to', async () => {
    const { client, heard } = await secure({});
    const error = await failure(client.send(get));
    expect(error.code).toBe('target-unreachable');
    expect(error.help).toContain('ELASTIC_FINGERPRINT');
    expect(heard()).toBe(0);
  });

  it('trusts a CA file, and the certificate of a fingerprint', async () => {
    const byFile = await secure({ ca: readFileSync(certificate, 'utf8') });
    expect((await byFile.client.send(get)).status).toBe(200);
    const byPrint = await secure({ fingerprint: fingerprint() });
    expect((await byPrint.client.send(get)).status).toBe(200);
  });

  it('says nothing to another certificate', async () => {
    const { client, heard } = await secure({ fingerprint: 'ab'.repeat(32) });
    expect((await failure(client.send(get))).code).toBe('target-unreachable');
    expect(heard()).toBe(0);
  });
});
