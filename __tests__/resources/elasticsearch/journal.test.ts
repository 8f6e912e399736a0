import { describe, expect, it, onTestFinished } from 'vitest';
import type { Journal } from '../../../src/deploy/journal.ts';
import { isDeployment } from '../../../src/deploy/record.ts';
import { unfinishedOf } from '../../../src/deploy/unfinished.ts';
import { journalIndex, openIndexJournal } from '../../../src/resources/elasticsearch/journal.ts';
import { targetAddress } from '../../../src/resources/http/address.ts';
import { openTargetClient } from '../../../src/resources/http/client.ts';
import { codeOf } from '../../contracts/assets.ts';
import { journalContract, record } from '../../contracts/journal.ts';
import { type ElasticServer, startElastic } from '../../elastic-server/server.ts';
import { person } from './stack-world.ts';

function open({ url }: ElasticServer, version: string): Journal {
  const client = openTargetClient(targetAddress('elasticsearch', { url }), { reasonOf: () => undefined, pauses: [] });
  return openIndexJournal(
    { client, version, title: '', distribution: 'elasticsearch', since: () => true },
    isDeployment,
    unfinishedOf,
  );
}

for (const version of ['8.17.2', '7.10.2']) {
  journalContract(`an index on ${version}`, async () => {
    const server = await startElastic({ version, accounts: 'off' });
    return { open: () => open(server, version), close: () => server.close() };
  });

  describe(`a journal in an index on ${version}`, () => {
    const started = async () => {
      const server = await startElastic({ version, accounts: 'off' });
      onTestFinished(() => server.close());
      return { server, journal: () => open(server, version) };
    };
    const doc = (number: number): string => `/${journalIndex}/_doc/${number}?refresh=true`;

    it('touches nothing by a look', async () => {
      const { server, journal } = await started();
      expect(await journal().list()).toEqual([]);
      expect(server.stack.indices.size).toBe(0);
    });

    it.each([
      ['no text', { number: 1, record: record(1) }],
      ['no JSON', { number: 1, record: '{' }],
      ['no record', { number: 1, record: '{}' }],
      ['another one', { number: 1, record: JSON.stringify(record(2)) }],
      ['nothing', { number: 1 }],
    ])('says so where a person left %s', async (_, source) => {
      const { server, journal } = await started();
      await journal().begin(record(1, { state: 'done' }));
      await person(server, 'PUT', doc(1), JSON.parse(JSON.stringify(source)));
      expect(await codeOf(journal().list())).toBe('state-invalid');
      expect(await codeOf(journal().begin(record(2)))).toBe('state-invalid');
    });

    it('keeps a body with whatever keys and values, to the last character', async () => {
      const { journal } = await started();
      const deep = `${'{"a":'.repeat(1500)}1${'}'.repeat(1500)}`;
      const text = `{"":1," ":2,".":3,"a..b":4,"a.b":{"a.b":5},"a":{"b":6},"big":9007199254740991,"deep":${deep}}`;
      const [, step] = record(1).steps;
      const before = JSON.parse(text);
      await journal().begin(record(1, { steps: [{ ...(step ?? expect.unreachable()), before }] }));
      const [read] = await journal().list();
      expect(JSON.stringify(read?.steps[0]?.before)).toBe(text);
    });

    it('lists more than a thousand', async () => {
      const { server, journal } = await started();
      await journal().begin(record(1, { state: 'done' }));
      for (let number = 2; number <= 1105; number += 1) {
        const text = JSON.stringify(record(number, { state: 'done', steps: [] }));
        await person(server, 'PUT', doc(number), { number, state: 'done', record: text });
      }
      const numbers = (await journal().list()).map(({ number }) => number);
      expect(numbers).toEqual(Array.from({ length: 1105 }, (_, index) => 1105 - index));
      expect(await codeOf(journal().begin(record(1105)))).toBe('deployment-held');
      expect(await codeOf(journal().begin(record(1106)))).toBe('done');
    });

    it('knows its own write whose answer was lost', async () => {
      const { server, journal } = await started();
      const own = journal();
      await own.begin(record(1));
      server.faults.set(server.requests.length, 'reset-after');
      await expect(own.write(record(1, { state: 'undoing' }))).rejects.toThrow();
      await own.write(record(1, { state: 'undoing' }));
      await own.write(record(1, { state: 'undone' }));
      expect(await journal().list()).toEqual([record(1, { state: 'undone' })]);
    });
  });
}
