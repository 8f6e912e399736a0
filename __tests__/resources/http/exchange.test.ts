import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Failure } from '../../../src/errors.ts';
import { elasticReason } from '../../../src/resources/elasticsearch/reason.ts';
import { type AddressInputs, targetAddress } from '../../../src/resources/http/address.ts';
import { openTargetClient } from '../../../src/resources/http/client.ts';
import { exchange, type TargetRequest } from '../../../src/resources/http/exchange.ts';

const get: TargetRequest = { method: 'GET', path: ['_scripts', 'a'] };

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function addressOf(handler: Handler, inputs: AddressInputs = {}) {
  const port = await listening(createServer(handler));
  return targetAddress('elasticsearch', { url: `http://127.0.0.1:${port}`, ...inputs });
}

async function failure(action: Promise<unknown>): Promise<Failure> {
  const error = await action.catch((reason: unknown) => reason);
  return error instanceof Failure ? error : expect.unreachable(`no failure of ours: ${String(error)}`);
}

describe('an answer without an end', () => {
  it('is left at its limit, and not kept', async () => {
    let sent = 0;
    const address = await addressOf((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(1000, ' '))) sent += 1000;
      };
      response.on('drain', more);
      more();
    });
    const error = await failure(exchange(address, get, { timeout: 5000, answer: 10_000 }));
    expect(error.code).toBe('target-answer-invalid');
    expect(error.message).toContain('more than 10000 bytes');
    const then = sent;
    await new Promise((wake) => setTimeout(wake, 50));
    expect(sent).toBe(then);
  });
});

describe('the word for everything', () => {
  it('stands in no change, and may be asked for', async () => {
    let asked = 0;
    const address = await addressOf((_, response) => {
      asked += 1;
      response.end('{}');
    });
    const client = openTargetClient(address, { reasonOf: () => undefined });
    for (const method of ['PUT', 'POST', 'PATCH', 'DELETE'] as const) {
      expect((await failure(client.send({ method, path: ['_all'] }))).code).toBe('target-invalid');
    }
    expect(asked).toBe(0);
    expect(await client.send({ method: 'GET', path: ['_all', '_settings'] })).toMatchObject({ status: 200 });
  });
});

/** A server that repeats who asked, as some do. */
const repeats: Handler = ({ headers }, response) => {
  const [, sent = ''] = (headers.authorization ?? '').split(' ');
  const plain = Buffer.from(sent, 'base64').toString('utf8');
  const hex = Buffer.from(plain.split(':')[1] ?? '').toString('hex');
  const reason = `no [${headers.authorization}], no ${plain}, no ${encodeURIComponent(plain)}, no ${hex}`;
  response.writeHead(403).end(JSON.stringify({ error: { type: 'security_exception', reason } }));
};

describe('who asked', () => {
  const password = ['p%ss w&rd/+', '"x\\ü'].join('');
  const key = ['key-secret', 'of-some-length'].join('-');
  const packed = Buffer.from(`key-id:${key}`).toString('base64');

  it.each([
    ['a password', { username: 'elastic', password }, password],
    ['a key', { apiKey: `key-id:${key}` }, key],
    ['a key as it is sent', { apiKey: packed }, key],
    ['a key with a line break behind it', { apiKey: `${packed}\n` }, key],
  ])('is in no message, by %s, however a server repeats it', async (_, inputs, secret) => {
    const address = await addressOf(repeats, inputs);
    const { message, help } = await failure(openTargetClient(address, { reasonOf: elasticReason }).send(get));
    expect(message).toContain('security_exception: no [');
    expect(message).toContain('***');
    const bytes = Buffer.from(secret);
    const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), bytes.toString('hex')];
    for (const form of [...forms, address.authorization?.split(' ')[1] ?? '']) {
      expect(`${message}${help}`).not.toContain(form);
    }
  });

  it('is nobody with a key that no header takes, said without the key', () => {
    const url = 'https://es.example';
    for (const apiKey of ['id:se cret-value', 'id:secret-value\r\nx: y', 'id:secret-välue']) {
      let error: unknown;
      try {
        targetAddress('elasticsearch', { url, apiKey });
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({ code: 'target-invalid', message: expect.not.stringContaining('secret') });
    }
    const odd = targetAddress('elasticsearch', { url: 'https://us%er:p%ss-word@es.example' });
    expect(odd.authorization).toBe(`Basic ${Buffer.from('us%er:p%ss-word').toString('base64')}`);
  });
});

describe('a certificate that is known by its fingerprint', () => {
  it('is that of the server which the name means, where several share an address', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tls-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const made = ['right', 'wrong'].map((name) => {
      const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
      const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
      execFileSync('openssl', [...words, '-subj', `/CN=${name}`, '-keyout', key, '-out', cert], { stdio: 'ignore' });
      return { key: readFileSync(key), cert: readFileSync(cert) };
    });
    const [right = expect.unreachable(), wrong = expect.unreachable()] = made;
    const { createSecureContext } = await import('node:tls');
    const server = createSecureServer(
      {
        ...wrong,
        SNICallback: (name, done) => done(null, createSecureContext(name === 'localhost' ? right : wrong)),
      },
      (_, response) => response.end('{}'),
    );
    const port = await listening(server);
    const { fingerprint256: fingerprint } = new X509Certificate(right.cert);
    const address = targetAddress('elasticsearch', { url: `https://localhost:${port}`, fingerprint });
    expect(await exchange(address, get, { timeout: 5000, answer: 1000 })).toMatchObject({ status: 200 });
  });

  it('is not waited for where a server never shows one', async () => {
    const closed: Promise<void>[] = [];
    const server = createNetServer((socket) => {
      socket.on('error', () => undefined);
      closed.push(new Promise((resolve) => void socket.once('close', () => resolve())));
      socket.resume();
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const trust of [{ fingerprint: 'ab'.repeat(32) }, {}]) {
      const address = targetAddress('elasticsearch', { url, ...trust });
      const error = await failure(exchange(address, get, { timeout: 100, answer: 1000 }));
      expect(error.code).toBe('target-timeout');
    }
    // Nothing is left open that would keep the process.
    expect(closed).toHaveLength(2);
    await Promise.all(closed);
  });
});
