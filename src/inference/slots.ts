import type { Value } from '../domain/document.ts';

/** The fields and features of one document: each has its slot. What is absent is undefined. */
export type Row = (Value | undefined)[];

/** Gives every name of a definition a place in the row. */
export class Slots {
  readonly #places = new Map<string, number>();

  /** The place of a name, a new one where it has none. */
  of(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.#places.size);
    return this.#places.size - 1;
  }

  get size(): number {
    return this.#places.size;
  }
}
