import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { Inputs } from '../inputs.ts';

type ShareInput = 'min-coverage' | 'max-false-positive-rate' | 'min-recall' | 'min-recall-per-family' | 'max-drift';

/** A share that an input gives: `0.8` or `80%`; undefined where it is not given. @throws Failure `usage` */
export function givenShare(inputs: Inputs, name: ShareInput): number | undefined {
  const text = inputs[name];
  if (text === undefined) return undefined;
  const [, number = '', sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim()) ?? [];
  const share = Number(number) / (sign === '%' ? 100 : 1);
  if (number !== '' && share <= 1) return share;
  throw new Failure('usage', `\`--${name} ${safe(text)}\` is no share: write 0.8, or 80%.`);
}
