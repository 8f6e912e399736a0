import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startElastic } from './server.ts';

it('speaks TLS with the certificate that it is given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=loopback'.split(
    ' ',
  );
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...words, ...names, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const pem = readFileSync(cert, 'utf8');
  const server = await startElastic({ accounts: 'off', tls: { key: readFileSync(key, 'utf8'), cert: pem } });
  onTestFinished(() => server.close());
  const status = (ca?: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const request = get(server.url, ca === undefined ? {} : { ca }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
    });
  expect(await status(pem)).toBe(200);
  await expect(status()).rejects.toThrow(/self.signed/);
});
