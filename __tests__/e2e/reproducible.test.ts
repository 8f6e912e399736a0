import { spawnSync } from 'node:child_process';
import { cpSync, lutimesSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, detections, dga, environment, mldr, workFolder } from './mldr.ts';
import { contents } from './snapshot.ts';

/** What a release is made of, by digest; `release.json` names the run, which is another each time. */
function assets(folder: string, name: string): Record<string, string> {
  const { 'release.json': _, ...rest } = contents(join(folder, 'releases', name));
  return rest;
}

/** Releases under another time zone, umask, locale and file times than this process has. */
function releaseUnder(name: string, zone: string, umask: string, locale: string): Record<string, string> {
  const folder = workFolder(name);
  const moment = new Date(Math.trunc(Number(umask)) * 86_400_000);
  for (const file of readdirSync(join(folder, 'examples', name)))
    lutimesSync(join(folder, 'examples', name, file), moment, moment);
  const program = `umask ${umask}; exec "$0" "$@"`;
  const env = environment({ TZ: zone, LC_ALL: locale, LANG: locale });
  const words = ['-c', program, process.execPath, cli, 'release', `examples/${name}`];
  expect(spawnSync('sh', words, { cwd: folder, env, encoding: 'utf8' })).toMatchObject({ status: 0 });
  return assets(folder, name);
}

test.each([dga, detections])('%s has the same bytes wherever and whoever makes it', (name) => {
  const made = [
    releaseUnder(name, 'UTC', '022', 'C'),
    releaseUnder(name, 'Pacific/Kiritimati', '077', 'tr_TR.UTF-8'),
    releaseUnder(name, 'America/St_Johns', '000', 'de_DE.UTF-8'),
  ];
  expect(Object.keys(made[0] ?? {})).toHaveLength(4);
  for (const each of made) expect(each).toEqual(made[0]);
});

test('the zip of a release, released, is the same release', () => {
  const folder = workFolder(dga);
  mldr(folder, ['release', `examples/${dga}`]);
  const elsewhere = workFolder();
  cpSync(join(folder, 'releases', dga, `${dga}.zip`), join(elsewhere, `${dga}.zip`));
  expect(mldr(elsewhere, ['release', `${dga}.zip`])).toMatchObject({ code: 0 });
  expect(assets(elsewhere, dga)).toEqual(assets(folder, dga));
});

test('pack and release make the same zip and manifest', () => {
  const folder = workFolder(dga);
  expect(mldr(folder, ['pack', `examples/${dga}`])).toMatchObject({ code: 0 });
  expect(mldr(folder, ['release', `examples/${dga}`])).toMatchObject({ code: 0 });
  const released = assets(folder, dga);
  const { SHA256SUMS: _, ...packed } = contents(join(folder, 'out', dga));
  expect(Object.keys(packed)).toHaveLength(2);
  expect(released).toMatchObject(packed);
});

test('times are those of SOURCE_DATE_EPOCH in UTC', () => {
  const folder = workFolder(dga);
  mldr(folder, ['release', `examples/${dga}`], { env: environment({ TZ: 'Asia/Kathmandu' }) });
  const manifest = readFileSync(join(folder, 'releases', dga, `manifest-${dga}.json`), 'utf8');
  expect(manifest.match(/"\d{4}-\d{2}-\d{2}T[^"]*"/g)?.every((time) => time === '"2026-11-22T12:00:00Z"')).toBe(true);
});
