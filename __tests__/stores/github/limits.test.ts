import { describe, expect, it, onTestFinished } from 'vitest';
import type { Answer } from '../../../src/stores/github/answer.ts';
import { defaultPatience } from '../../../src/stores/github/clock.ts';
import { growingPause, isLimited, waitForLimit } from '../../../src/stores/github/pauses.ts';
import { failureOf, publishAll, request, threeAssets } from '../../contracts/assets.ts';
import { impatient, quickClock, startPlace } from './place.ts';

const now = Date.parse('2026-11-22T18:00:00Z');
const seconds = (offset: number): string => String(now / 1000 + offset);

function answer(status: number, headers: Record<string, string>, said = ''): Answer {
  return { status, headers, body: undefined, said };
}

/** What a limit makes a client sleep. */
async function pauseFor(limit: Answer, attempt = 1): Promise<number> {
  const pauses: number[] = [];
  const sleep = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
  await waitForLimit(limit, attempt, { now: () => new Date(now), sleep }, defaultPatience);
  return pauses[0] ?? -1;
}

describe('a limit', () => {
  it.each([
    ['Retry-After in seconds', { 'retry-after': '7' }, 7000, 7000],
    ['Retry-After as a date', { 'retry-after': 'Sun, 22 Nov 2026 18:00:30 GMT' }, 30_000, 30_000],
    ['Retry-After as a date that is past', { 'retry-after': 'Sun, 22 Nov 2026 17:00:00 GMT' }, 1000, 1000],
    [
      'Retry-After before the reset',
      { 'retry-after': '3', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(90) },
      3000,
      3000,
    ],
    ['the reset of the quota', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(90) }, 91_000, 91_000],
    ['a reset that is past', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(-90) }, 750, 1250],
    ['a quota that is not used up', { 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': seconds(9) }, 60_000, 60_000],
    ['nothing', {}, 60_000, 60_000],
    ['nonsense', { 'retry-after': 'soon' }, 60_000, 60_000],
  ])('that names %s is waited for', async (_, headers, least, most) => {
    const pause = await pauseFor(answer(429, headers));
    expect(pause).toBeGreaterThanOrEqual(least);
    expect(pause).toBeLessThanOrEqual(most);
  });

  it('without a time is waited for longer each time', async () => {
    expect([await pauseFor(answer(429, {}), 1), await pauseFor(answer(429, {}), 2)]).toEqual([60_000, 120_000]);
  });

  it.each([
    ['that lasts longer than the cap', { 'retry-after': '301' }, 1],
    ['that came as often as is tried', { 'retry-after': '1' }, defaultPatience.tries],
  ])('%s is a failure that says when to come again', async (_, headers, attempt) => {
    const failure = await failureOf(pauseFor(answer(403, headers, 'secondary rate limit'), attempt));
    expect(failure?.code).toBe('rate-limited');
    expect(failure?.message).toMatch(/come again after 2026-11-22T18:0\d:0\d\.000Z: secondary rate limit/);
  });

  it.each([
    [answer(429, {}), true],
    [answer(403, { 'retry-after': '1' }), true],
    [answer(403, { 'x-ratelimit-remaining': '0' }), true],
    [answer(403, {}, 'You have exceeded a secondary rate limit.'), true],
    [answer(403, {}, 'Resource not accessible by integration'), false],
    [answer(403, { 'x-ratelimit-remaining': '12' }), false],
    [answer(404, { 'retry-after': '1' }), false],
    [answer(503, { 'retry-after': '1' }), false],
  ])('is told from a refusal: %j', (given, limited) => {
    expect(isLimited(given)).toBe(limited);
  });
});

it('pauses grow by four and do not march in step', () => {
  for (const [attempt, base] of [
    [1, 1000],
    [2, 4000],
    [3, 16_000],
    [4, 64_000],
    [9, 256_000],
  ] as const) {
    const pauses = Array.from({ length: 50 }, () => growingPause(attempt));
    for (const pause of pauses) expect(Math.abs(pause - base)).toBeLessThanOrEqual(base / 4);
    expect(new Set(pauses).size).toBeGreaterThan(1);
  }
});

it.each([
  ['403', 'github-forbidden'],
  ['404', 'github-not-found'],
  ['422', 'github-refused'],
  ['401', 'github-unauthorised'],
] as const)('a %s is not asked for again', async (fault, code) => {
  const { server, open } = await startPlace();
  onTestFinished(() => server.close());
  server.faults.set(1, fault);
  const clock = quickClock();
  const failure = await failureOf(open({ clock }).begin(request('ML-DGA-20261122-2', 'run-1')));
  expect(failure?.code).toBe(code);
  expect(clock.pauses).toEqual([]);
  expect(server.requests).toHaveLength(2);
});

it('a server that never comes back is given up after five tries, and what was asked is named', async () => {
  const { server, open } = await startPlace();
  onTestFinished(() => server.close());
  for (let index = 0; index < 50; index += 1) server.faults.set(index, '500-before');
  const clock = quickClock();
  const failure = await failureOf(open({ clock }).list());
  expect(failure?.code).toBe('github-unreachable');
  expect(failure?.message).toBe('GET /repos/blue-team/detections/releases: GitHub answered 500.');
  expect(server.requests).toHaveLength(5);
  expect(clock.pauses).toHaveLength(4);
});

it('an upload that stands still is given up and tried anew', async () => {
  const { server, open } = await startPlace();
  onTestFinished(() => server.close());
  const { zip } = threeAssets('one');
  const store = open({ patience: impatient });
  const draft = await store.begin(request('ML-DGA-20261122-2', 'run-1'));
  server.faults.set(server.requests.length, 'slow-before');
  await store.put(draft, zip);
  await store.seal(draft, [zip]);
  expect(
    server.requests.filter(({ method, template }) => method === 'POST' && template.endsWith('assets')),
  ).toHaveLength(2);
});

it('a release of six assets takes no more than 20 requests', async () => {
  const { server, open } = await startPlace();
  onTestFinished(() => server.close());
  const six = [
    ...threeAssets('one').three,
    ...threeAssets('two').three.map((each) => ({ ...each, name: `2-${each.name}` })),
  ];
  await publishAll(open(), request('ML-DGA-20261122-2', 'run-1'), six);
  process.stdout.write(`  six assets: ${server.requests.length} requests\n`);
  expect(server.requests.length).toBeLessThanOrEqual(20);
});
