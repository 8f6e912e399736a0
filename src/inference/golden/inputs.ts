import type { Finding } from '../../domain/diagnostic.ts';
import { dig, type Fields, type Model } from '../model.ts';

/** Watches whether the inputs that a model decides by ever change: what never varies is not tested. */
export class Inputs {
  readonly #names: readonly string[];
  readonly #first = new Map<string, string>();
  readonly #varied = new Set<string>();

  constructor(model: Model) {
    const used = usedInputs(model);
    this.#names = model.parts.inputs.filter((name) => used.has(name));
  }

  see(fields: Fields): void {
    for (const name of this.#names) {
      if (this.#varied.has(name)) continue;
      const text = JSON.stringify(dig(fields, name)) ?? '';
      const first = this.#first.get(name);
      if (first === undefined) this.#first.set(name, text);
      else if (first !== text) this.#varied.add(name);
    }
  }

  findings(at: { readonly file: string }, rows: number): Finding[] {
    const constant = this.#names.filter((name) => !this.#varied.has(name));
    return constant.map((name) => {
      const value = this.#first.get(name) ?? '';
      const held = value === '' ? 'is absent' : `is ${value}`;
      const message = `The input \`${name}\` ${held} in ${rows === 1 ? 'the only row' : `all ${rows} rows`}: nothing would show if the model lost it.`;
      return { check: 'golden-input-constant', message, at };
    });
  }
}

/** The inputs that a split looks at, itself or through preprocessors. */
function usedInputs({ parts }: Model): ReadonlySet<string> {
  const used = new Set(parts.forest.columns.map(({ name }) => name));
  for (const { reads, writes } of [...parts.preprocessors].reverse()) {
    if (writes.some((name) => used.has(name))) for (const name of reads) used.add(name);
  }
  return used;
}
