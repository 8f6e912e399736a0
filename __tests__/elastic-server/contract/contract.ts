import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../ask.ts';
import { documentCases } from './documents.ts';
import { pipelineCases } from './pipelines.ts';
import { scriptCases } from './scripts.ts';
import { simulateCases } from './simulate.ts';
import { templateCases } from './templates.ts';

/** A server that the contract is held against. */
export interface Place {
  readonly url: string;
  /** Takes everything off it. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** What the stand-in and a real Elasticsearch 7.10.2 answer alike: one suite for both. */
export function elasticContract(name: string, open: () => Promise<Place>): void {
  describe(`${name} answers as Elasticsearch 7.10.2`, () => {
    let place: Place;
    beforeAll(async () => {
      place = await open();
    });
    beforeEach(() => place.reset());
    afterAll(() => place.close());
    const cases = { scriptCases, pipelineCases, simulateCases, templateCases, documentCases };
    for (const [topic, list] of Object.entries(cases)) {
      it.each(list)(`${topic.replace('Cases', '')}: $title`, async ({ steps }) => {
        for (const [method, path, body, status, answer] of steps) {
          const { status: given, body: said } = await ask(place, method, path, body);
          expect({ asked: `${method} ${path}`, status: given, said }).toMatchObject({
            asked: `${method} ${path}`,
            status,
            ...(answer === undefined ? {} : { said: answer }),
          });
        }
      });
    }
  });
}
