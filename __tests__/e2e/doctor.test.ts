import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { step } from './action.ts';
import { mldr, temporary, workFolder } from './mldr.ts';
import { asNobody, sharedFolder } from './other-user.ts';
import { filesOf } from './snapshot.ts';

describe('doctor of a folder', () => {
  test('finds nothing missing, tells machines too, and leaves nothing', () => {
    const folder = workFolder();
    expect(mldr(folder, ['doctor'])).toMatchObject({ code: 0 });
    const ran = mldr(folder, ['doctor', '--report', 'json']);
    const { outcome, result } = JSON.parse(ran.stdout);
    expect(outcome).toBe('passed');
    expect(result.conditions.map(({ subject }: { subject: string }) => subject)).toEqual([
      'folder',
      'writing',
      'drafts',
    ]);
    expect(filesOf(folder)).toEqual([]);
  });

  test('says that its user may not write there, and what to do', () => {
    const folder = sharedFolder();
    mkdirSync(join(folder, 'releases'));
    chmodSync(join(folder, 'releases'), 0o555);
    const ran = asNobody(folder, ['doctor']);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^✗ writing .*EACCES/m);
    expect(ran.stdout).toContain('chmod u+rwx');
  });

  test('a draft to delete has to be named', () => {
    const ran = mldr(workFolder(), ['doctor', '--delete-draft']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('`--delete-draft` needs a value');
  });
});

const mounted = join(temporary(), 'releases', '.drafts');
mkdirSync(mounted, { recursive: true });
const mount = spawnSync('/bin/mount', ['-t', 'tmpfs', 'tmpfs', mounted]);
afterAll(() => {
  if (mount.status === 0) spawnSync('/bin/umount', [mounted]);
});

// Only root may mount, and not in every container: elsewhere there is nothing to look at.
describe.runIf(mount.status === 0)('drafts on another file system', () => {
  test('keep a release from appearing at once', () => {
    const ran = mldr(join(mounted, '..', '..'), ['doctor']);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^✗ writing +`releases\/\.drafts` is on another file system than `releases`/m);
    expect(filesOf(join(mounted, '..'))).toEqual([]);
  });
});

test('the action says it too', () => {
  const ran = step(workFolder(), { command: 'doctor', store: 'dir:releases' });
  expect(ran).toMatchObject({ code: 0, outputs: expect.objectContaining({ outcome: 'passed' }) });
  expect(ran.summary).toContain('Everything is there to publish');
});
