import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal } from '../../src/deploy/journal.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import { codeOf, failureOf } from './assets.ts';

/** A fresh and empty place for a journal. */
export interface JournalPlace {
  /** A client of the place, as each process opens its own. */
  open(): Journal;
  /** Takes the place away. */
  close(): Promise<void>;
}

/** A record in the form that a deployment writes. */
export function record(number: number, more: Partial<Deployment> = {}): Deployment {
  return {
    number,
    action: 'deploy',
    state: 'running',
    target: 'staging',
    release: `ML-DGA-20261122-${number}`,
    digest: '9f2c',
    family: 'ML-DGA',
    prefix: '',
    run: `run-${number}`,
    process: { host: 'here', pid: 7, start: '1', machine: 'm', boot: 'b', space: 's' },
    startedAt: '2026-11-22T10:00:00.000Z',
    writtenAt: '2026-11-22T10:00:00.000Z',
    tool: 'ml-detection-release 1',
    steps: [
      {
        operation: { do: 'keep', object: { type: 'model', id: 'm' }, digest: 'aa', foreign: true },
        state: 'done',
      },
      {
        operation: {
          do: 'update',
          object: { type: 'pipeline', id: 'outer' },
          digest: 'bb',
          requires: { digest: 'cc' },
        },
        state: 'begun',
        before: { processors: [], _meta: { 'a.b': null }, 'ü\u2028': [1, -0.5, 1e21, true, '', '𝔘'] },
        wanted: null,
        after: 'bb',
      },
      { operation: { do: 'prove', proof: 'simulate', objects: [{ type: 'script', id: 's' }] }, state: 'waiting' },
      {
        operation: { do: 'create', object: { type: 'job', id: 'j' }, digest: 'dd', requires: { absent: true } },
        state: 'waiting',
      },
      { operation: { do: 'remove', object: { type: 'rule', id: 'r' }, requires: { digest: 'ee' } }, state: 'undone' },
    ],
    objects: [{ object: { type: 'pipeline', id: 'outer' }, digest: 'bb' }],
    ...more,
  };
}

/**
 * What every journal does, wherever it lies.
 * @param makePlace makes a place for the target `staging`; each test has its own
 */
export function journalContract(title: string, makePlace: () => Promise<JournalPlace>): void {
  describe(`${title} as a journal`, () => {
    let place: JournalPlace;
    beforeEach(async () => {
      place = await makePlace();
    });
    afterEach(async () => {
      await place.close();
    });

    /** One deployment from begin to end. */
    const finished = async (number: number, state: 'done' | 'undone' = 'done'): Promise<Deployment> => {
      const journal = place.open();
      await journal.begin(record(number));
      const end = record(number, { state, finishedAt: '2026-11-22T10:01:00.000Z' });
      await journal.write(end);
      return end;
    };

    it('is empty at first, and says where it is', async () => {
      expect(await place.open().list()).toEqual([]);
      expect(place.open().address).not.toBe('');
    });

    it('gives back to every client what was begun, to the last character', async () => {
      await place.open().begin(record(1));
      expect(await place.open().list()).toEqual([record(1)]);
    });

    it('keeps keys that are names of a prototype', async () => {
      const before = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}');
      const step = {
        operation: record(1).steps[1]?.operation ?? expect.unreachable(),
        state: 'begun',
        before,
      } as const;
      await place.open().begin(record(1, { steps: [step] }));
      const [read] = await place.open().list();
      expect(JSON.stringify(read?.steps[0]?.before)).toBe(JSON.stringify(before));
    });

    it('holds a body of a megabyte', async () => {
      const [step] = record(1).steps.slice(1);
      const large = record(1, {
        steps: [{ ...(step ?? expect.unreachable()), before: { text: 'ä'.repeat(500_000) } }],
      });
      await place.open().begin(large);
      expect(await place.open().list()).toEqual([large]);
    });

    it('lists the newest first, by number and not by text', async () => {
      for (let number = 1; number <= 11; number += 1) await finished(number, number % 2 === 0 ? 'done' : 'undone');
      const numbers = (await place.open().list()).map(({ number }) => number);
      expect(numbers).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    });

    it.each(['running', 'undoing'] as const)('begins nothing while one is %s', async (state) => {
      const journal = place.open();
      await journal.begin(record(1));
      if (state === 'undoing') await journal.write(record(1, { state }));
      const failure = await failureOf(place.open().begin(record(2)));
      expect(failure?.code).toBe('deployment-held');
      expect(failure?.message).toContain('run-1');
      expect(await place.open().list()).toEqual([record(1, { state })]);
    });

    it.each(['done', 'undone'] as const)('begins the next one when the last is %s', async (state) => {
      const first = await finished(1, state);
      await place.open().begin(record(2));
      expect(await place.open().list()).toEqual([record(2), first]);
    });

    it('never begins a number again', async () => {
      const [first, second] = [await finished(1), await finished(2)];
      expect(await codeOf(place.open().begin(record(2, { run: 'other' })))).toBe('deployment-held');
      expect(await codeOf(place.open().begin(record(1, { run: 'other' })))).toBe('deployment-held');
      expect(await place.open().list()).toEqual([second, first]);
    });

    it('never begins a number below the newest', async () => {
      const third = await finished(3);
      expect(await codeOf(place.open().begin(record(2)))).toBe('deployment-held');
      expect(await place.open().list()).toEqual([third]);
    });

    it('is begun by exactly one of many at once', async () => {
      const runs = Array.from({ length: 8 }, (_, index) => record(1, { run: `run-${index}` }));
      const codes = await Promise.all(runs.map((wanted) => codeOf(place.open().begin(wanted))));
      expect(codes.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'deployment-held'), 'done']);
      expect(await place.open().list()).toEqual([runs[codes.indexOf('done')]]);
    });

    it('is written again and again by whoever began it', async () => {
      const journal = place.open();
      await journal.begin(record(1));
      for (let turn = 1; turn <= 12; turn += 1) {
        const next = record(1, { objects: [], writtenAt: `2026-11-22T10:00:${10 + turn}.000Z` });
        await journal.write(next);
        expect(await place.open().list()).toEqual([next]);
      }
    });

    it('is written by a client that listed it, and then no more by the one before', async () => {
      const [slow, quick] = [place.open(), place.open()];
      await slow.begin(record(1));
      await quick.list();
      await quick.write(record(1, { state: 'undoing' }));
      expect(await codeOf(slow.write(record(1, { state: 'done' })))).toBe('deployment-lost');
      await quick.write(record(1, { state: 'undoing', objects: [] }));
      expect(await codeOf(slow.write(record(1, { state: 'done' })))).toBe('deployment-lost');
      await quick.write(record(1, { state: 'undone' }));
      expect(await codeOf(slow.write(record(1, { state: 'done' })))).toBe('deployment-lost');
      expect(await place.open().list()).toEqual([record(1, { state: 'undone' })]);
    });

    it('is not written by a client that has neither begun nor listed it', async () => {
      await place.open().begin(record(1));
      expect(await codeOf(place.open().write(record(1, { state: 'done' })))).toBe('deployment-lost');
      expect(await place.open().list()).toEqual([record(1)]);
    });

    it('is taken over by exactly one of many at once', async () => {
      await place.open().begin(record(1));
      const takers = Array.from({ length: 8 }, () => place.open());
      await Promise.all(takers.map((taker) => taker.list()));
      const taken = takers.map((_, index) => record(1, { state: 'undoing', run: `taker-${index}` }));
      const codes = await Promise.all(takers.map((taker, index) => codeOf(taker.write(taken[index] ?? record(1)))));
      expect(codes.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'deployment-lost'), 'done']);
      expect(await place.open().list()).toEqual([taken[codes.indexOf('done')]]);
    });
  });
}
