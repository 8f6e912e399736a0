import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Failure } from '../../../src/errors.ts';
import { readHistory } from '../../../src/publish/history.ts';
import type { Run } from '../../../src/run.ts';
import { run } from '../../../src/run.ts';
import { failureOf } from '../../contracts/assets.ts';
import type { Fault } from '../../github-server/faults.ts';
import { filledRepository } from '../../github-server/filled.ts';
import { bundleFolder, dga } from '../../publish/workshop.ts';
import { address, type Place, quickClock, startPlace } from './place.ts';

const budget = 10_000;

async function placeOf(count: number): Promise<Place> {
  const place = await startPlace((await filledRepository(count)).repository);
  onTestFinished(() => place.server.close());
  return place;
}

/** A validation and what it says of the history that it did not get. */
async function validated(apiUrl: string): Promise<{ exit: Run['exit']; reasons: Set<string>; history?: string }> {
  const host = { cwd: import.meta.dirname, env: { GITHUB_API_URL: apiUrl }, now: () => new Date(), progress };
  const { report, exit } = await run({ command: 'validate', bundle: [bundleFolder(dga)], store: address }, host);
  const [subject] = report.subjects;
  const reasons = (subject?.skipped ?? []).map(({ reason }) => reason).filter((reason) => reason.includes('the store'));
  return { exit, reasons: new Set(reasons), ...(subject?.history === undefined ? {} : { history: subject.history }) };
}

const progress = (): undefined => undefined;

/** What reading a history meets where requests fail by a script. */
async function reading(
  faults: readonly (Fault | undefined)[],
  hurried: boolean,
): Promise<{ failure: Failure | undefined; paused: number; requests: number }> {
  const { server, open } = await placeOf(30);
  for (const [index, fault] of faults.entries()) if (fault !== undefined) server.faults.set(index, fault);
  const clock = quickClock();
  const store = open({ clock, hurried, patience: { request: 1000, stall: 1000 } });
  const failure = await failureOf(readHistory(store, { sparing: true }));
  return { failure, paused: clock.pauses.reduce((sum, pause) => sum + pause, 0), requests: server.requests.length };
}

describe('a validation whose GitHub is in trouble goes on without the history, and says why', () => {
  it('where nobody listens', async () => {
    const nobody = createServer();
    await new Promise<void>((resolve) => void nobody.listen(0, '127.0.0.1', resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise<void>((resolve) => void nobody.close(() => resolve()));
    const { exit, reasons, history } = await validated(`http://127.0.0.1:${port}`);
    expect({ exit, history }).toEqual({ exit: 0, history: undefined });
    expect([...reasons].join()).toMatch(/^the store github:blue-team\/detections cannot be read: .*ECONNREFUSED/);
  });

  it('where every answer is an error', async () => {
    const { server } = await placeOf(1);
    for (let index = 0; index < 100; index += 1) server.faults.set(index, '500-before');
    const { exit, reasons } = await validated(server.apiUrl);
    expect(exit).toBe(0);
    expect([...reasons].join()).toContain('GitHub answered 500');
    expect(server.requests.length).toBeLessThanOrEqual(4);
  });

  it('where a limit asks to come again later', async () => {
    const { server } = await placeOf(1);
    Object.assign(server.repository.quota, { remaining: 0, reset: Math.floor(Date.now() / 1000) + 900 });
    const { exit, reasons } = await validated(server.apiUrl);
    expect(exit).toBe(0);
    expect([...reasons].join()).toContain('GitHub asks to come again after');
  });
});

const silence: Fault[] = Array.from({ length: 50 }, () => 'slow-before');
describe('who is in a hurry', () => {
  it('does not wait for a server that never answers', async () => {
    const { failure, paused, requests } = await reading(silence, true);
    expect(failure?.code).toBe('github-unreachable');
    expect(requests).toBe(2);
    expect(paused).toBeLessThan(budget);
  });

  it.each<Fault>(['500-before', 'reset-before', '403-retry-after'])(
    'goes on after one try that ends with %s',
    async (fault) => {
      expect((await reading([undefined, fault], true)).failure).toBeUndefined();
    },
  );

  it.each<[Fault, string]>([
    ['500-before', 'github-unreachable'],
    ['403-retry-after', 'rate-limited'],
    ['429-date', 'rate-limited'],
  ])(
    'gives up after ten seconds of trouble in all, however often it may try: each second request ends with %s',
    async (fault, code) => {
      const { server, open } = await placeOf(40);
      // Nothing has an index: every manifest is read, and there is trouble for a minute.
      for (const { assets } of server.repository.releases) assets.splice(2, 1);
      for (let index = 0; index < 400; index += 2) server.faults.set(index, fault);
      const clock = quickClock();
      const failure = await failureOf(readHistory(open({ clock, hurried: true, patience: { tries: 99 } }), {}));
      const paused = clock.pauses.reduce((sum, pause) => sum + pause, 0);
      expect(failure?.code).toBe(code);
      expect(paused).toBeGreaterThan(budget / 2);
      expect(paused).toBeLessThanOrEqual(budget);
    },
  );

  it('does not wait for a limit that lasts', async () => {
    const limited: Fault[] = Array.from({ length: 20 }, () => '403-reset-past');
    expect((await reading(limited, true)).failure?.code).toBe('rate-limited');
    const { server, open } = await placeOf(3);
    Object.assign(server.repository.quota, { remaining: 0, reset: Math.floor(Date.now() / 1000) + 60 });
    const clock = quickClock();
    expect((await failureOf(open({ clock, hurried: true }).list()))?.code).toBe('rate-limited');
    expect(clock.pauses).toEqual([]);
  });

  it('gives a download up that never ends', async () => {
    const { server, open } = await placeOf(30);
    server.storageFaults.push(...Array.from({ length: 40 }, () => 'cut' as const));
    const clock = quickClock();
    const failure = await failureOf(readHistory(open({ clock, hurried: true }), { sparing: true }));
    expect(failure?.code).toBe('github-unreachable');
    expect(clock.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(budget);
  });
});

it('whoever must have an answer waits for it', async () => {
  const { failure, paused } = await reading([undefined, '500-before', '500-before', '500-before'], false);
  expect(failure).toBeUndefined();
  expect(paused).toBeGreaterThan(0);
  expect((await reading(silence, false)).requests).toBe(5);
});
