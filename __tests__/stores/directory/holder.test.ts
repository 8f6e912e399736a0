import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Holder, standingOf, thisProcess } from '../../../src/stores/directory/holder.ts';

const self = thisProcess();

/** Field 22 of a process's stat, read in another way than the store does: with the name cut out by a pattern. */
function startOf(pid: number): string | undefined {
  return readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/\(.*\)/s, 'name')
    .split(' ')[21];
}

describe('a process', () => {
  it('knows itself, and its machine without telling which', () => {
    expect(self).toMatchObject({ pid: process.pid, start: startOf(process.pid) });
    expect(self.boot).toMatch(/^[0-9a-f-]{36}$/);
    expect(self.space).toMatch(/^pid:\[\d+\]$/);
    expect(standingOf(self, thisProcess())).toBe('self');
  });

  it('is alive while it runs, dead when it ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    const holder = { ...self, pid, start: startOf(pid) };
    expect(standingOf(holder, self)).toBe('alive');
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(standingOf(holder, self)).toBe('dead');
  });

  it('is dead as a zombie, which still has its pid', async () => {
    // The shell becomes a process that never asks for its child's end.
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    const holder = { ...self, pid, start: startOf(pid) };
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await setTimeout(20);
    expect(standingOf(holder, self)).toBe('dead');
    parent.kill('SIGKILL');
  });
});

describe('a holder that is told', () => {
  const here = { ...self, machine: 'this' };
  const other = { ...here, pid: process.ppid, start: startOf(process.ppid) };

  it.each<[string, Holder, string]>([
    ['a living process', other, 'alive'],
    ['a pid that another process has since', { ...other, start: '1' }, 'dead'],
    ['this pid, which another process had', { ...here, start: '1' }, 'dead'],
    ['a living process without its start', { ...other, start: undefined }, 'alive'],
    ['a pid that nobody has', { ...here, pid: 2 ** 22 + 1 }, 'dead'],
    ['a process before the machine was started again', { ...other, boot: 'another' }, 'dead'],
    ['another host', { ...other, host: 'elsewhere' }, 'unknown'],
    ['another machine of the same name', { ...other, machine: 'another', boot: 'another' }, 'unknown'],
    ['a machine without an id', { ...other, machine: undefined, boot: 'another' }, 'unknown'],
    ['another container of this machine', { ...other, space: 'pid:[1]' }, 'unknown'],
    ['this very pid in another container', { ...here, space: 'pid:[1]' }, 'unknown'],
    ['no container', { ...other, space: undefined }, 'unknown'],
    ['no start of its machine', { ...other, boot: undefined }, 'unknown'],
    ['a gone pid of another host', { ...here, host: 'elsewhere', pid: 2 ** 22 + 1 }, 'unknown'],
  ])('as %s', (_, holder, standing) => {
    expect(standingOf(holder, here)).toBe(standing);
  });

  it('is not dead because a machine without an id has another start: it may be another machine', () => {
    const nameless = { ...other, machine: undefined };
    expect(standingOf({ ...nameless, boot: 'another' }, nameless)).toBe('unknown');
  });
});
