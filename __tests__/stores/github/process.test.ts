import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startPlace } from './place.ts';

const folder = mkdtempSync(join(tmpdir(), 'upload-'));
const program = join(folder, 'upload.mjs');
const looking = join(folder, 'look.mjs');
/** Leads names of our own to this machine, which no server of names does. */
const names = join(folder, 'names.cjs');

beforeAll(async () => {
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  const programs = join(import.meta.dirname, 'programs');
  await build({
    entryPoints: [join(programs, 'upload.ts'), join(programs, 'look.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner,
  });
  writeFileSync(
    names,
    `const dns = require('node:dns');
    const { lookup } = dns;
    dns.lookup = (name, ...rest) => lookup(name.endsWith('.github.test') ? '127.0.0.1' : name, ...rest);`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Publishes so many MiB in a process of its own. */
async function publishLarge(
  apiUrl: string,
  token: string,
  size: number,
  env: NodeJS.ProcessEnv = {},
): Promise<{ sha256: string; read?: string; rss: number }> {
  const options = { env: { PATH: process.env['PATH'], GITHUB_API_URL: apiUrl, ...env } };
  const { stdout } = await promisify(execFile)(process.execPath, [program, apiUrl, token, String(size)], options);
  return JSON.parse(stdout);
}

/** MiB, far more than may be held; and MB that it may take, all of Node included. */
const [size, most] = [300, 150];

it(`publishing ${size} MiB takes less than ${most} MB`, async () => {
  const { server, token } = await startPlace();
  onTestFinished(() => server.close());
  const { sha256, rss } = await publishLarge(server.apiUrl, token, size);
  process.stdout.write(`  ${size} MiB at ${Math.round(rss)} MB\n`);
  const [release] = server.repository.releases;
  expect(release).toMatchObject({ draft: false, assets: [{ name: 'large.bin', size: size * 1024 * 1024, sha256 }] });
  expect(rss).toBeLessThan(most);
  expect(server.problems).toEqual([]);
}, 300_000);

it('requests, uploads and downloads go through the proxy of the environment', async () => {
  const [api, uploads, storage] = [
    'http://api.github.test',
    'http://uploads.github.test',
    'http://objects.github.test',
  ];
  const { server, token } = await startPlace(undefined, { hosts: { api, uploads, storage, web: api } });
  onTestFinished(() => server.close());
  const { here } = server;
  const { proxy, url, connected } = await startProxy({
    [api]: here.api,
    [uploads]: here.uploads,
    [storage]: here.storage,
  });
  onTestFinished(() => void proxy.close());
  const { sha256, read } = await publishLarge(api, token, 1, { http_proxy: url });
  expect(read).toBe(sha256);
  expect([...connected].sort()).toEqual(['api.github.test:80', 'objects.github.test:80', 'uploads.github.test:80']);
  expect(server.problems).toEqual([]);
});

it('goes past the proxy to the hosts of NO_PROXY', async () => {
  const hosts = { api: '', uploads: '', storage: '', web: '' };
  const { server, token } = await startPlace(undefined, { hosts });
  onTestFinished(() => server.close());
  const { here } = server;
  const named = (host: string, address: string): string => `http://${host}.github.test:${new URL(address).port}`;
  const storage = named('objects', here.storage);
  Object.assign(hosts, { api: named('api', here.api), uploads: named('uploads', here.uploads), storage });
  const { proxy, url, connected } = await startProxy({ [storage]: here.storage });
  onTestFinished(() => void proxy.close());
  const env = {
    HTTP_PROXY: url,
    NO_PROXY: 'api.github.test, uploads.github.test,other',
    NODE_OPTIONS: `--require=${names}`,
  };
  const { sha256, read } = await publishLarge(hosts.api, token, 1, env);
  expect(read).toBe(sha256);
  expect([...connected]).toEqual([new URL(storage).host]);
});

it('reaches hosts of HTTPS by HTTPS_PROXY', async () => {
  const { proxy, url, connected, asked } = await startProxy({});
  onTestFinished(() => void proxy.close());
  const options = { env: { PATH: process.env['PATH'], https_proxy: url, http_proxy: 'http://127.0.0.1:1' } };
  const words = [looking, 'https://api.github.test', 'https://objects.github.test/file'];
  const { stdout } = await promisify(execFile)(process.execPath, words, options);
  const [listed, transferred]: string[] = JSON.parse(stdout);
  // The proxy leads nowhere; that both were led to it is all there is to see without a certificate.
  expect(listed).toContain('GET /repos/blue-team/detections/releases');
  expect(transferred).toContain('GET objects.github.test/file');
  expect([...connected].sort()).toEqual(['api.github.test:443', 'objects.github.test:443']);
  // Two tries and one: a proxy that hangs up is not asked again and again.
  expect(asked).toHaveLength(3);
});

/** A proxy that knows some hosts, by CONNECT. */
async function startProxy(
  hosts: Readonly<Record<string, string>>,
): Promise<{ proxy: Server; url: string; connected: Set<string>; asked: string[] }> {
  const connected = new Set<string>();
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', ({ url = '' }, client) => {
    connected.add(url);
    asked.push(url);
    const target = new URL(hosts[`http://${url.replace(/:80$/, '')}`] ?? 'http://127.0.0.1:1');
    const socket = connect(Number(target.port), target.hostname, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    socket.on('error', () => client.destroy());
    client.on('error', () => socket.destroy());
    socket.pipe(client).pipe(socket);
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  return { proxy, url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, connected, asked };
}
