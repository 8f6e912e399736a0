import { isArray, isObject, member, step, type Value } from '../../domain/document.ts';
import { eachProcessor } from '../../domain/processor.ts';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';

/** Largest number that a script gets as a parameter; those of the examples count n-grams and their letters. */
const largest = 10_000;

/** A digest covers the source alone: the same script with `limit` at two thousand million never ends. */
export const pipelineScriptParameterLarge = defineCheck({
  id: 'pipeline-script-parameter-large',
  severity: 'warning',
  scan: true,
  title: 'A script gets a parameter so large that it may never end',
  help: 'Pass the smallest number that does; a threshold that is meant to be large can stand in the script.',
  run: (context) =>
    eachDocument(context, 'elastic-pipeline', function* ({ value, at }) {
      for (const { body, pointer } of eachProcessor(value)) {
        const held = [
          { value: member(body, 'params'), pointer: `${pointer}/params` },
          { value: member(member(body, 'if'), 'params'), pointer: `${pointer}/if/params` },
        ];
        for (const { pointer: place, number } of held.flatMap((each) => numbers(each.value, each.pointer))) {
          if (Math.abs(number) <= largest) continue;
          yield { message: `The parameter is ${number}; more than ${largest} needs a reason.`, at: at(place) };
        }
      }
    }),
});

/** The numbers in a value, those written as texts too: a script may read them. */
function numbers(value: Value | undefined, pointer: string): { pointer: string; number: number }[] {
  if (typeof value === 'number') return [{ pointer, number: value }];
  if (typeof value === 'string') return /^-?\d{1,300}$/.test(value) ? [{ pointer, number: Number(value) }] : [];
  if (isArray(value)) return value.flatMap((item, index) => numbers(item, step(pointer, index)));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => numbers(item, step(pointer, key)));
}
