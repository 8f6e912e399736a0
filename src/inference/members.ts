import { isArray, isObject, member, type ObjectValue, step, type Value } from '../domain/document.ts';
import type { Refuse } from './problem.ts';

/** Reads members of objects by their types; what is of another type, or missing where it is needed, is refused. */
export class Members {
  readonly refuse: Refuse;

  constructor(refuse: Refuse) {
    this.refuse = refuse;
  }

  /** Elasticsearch's strict parsers refuse a key that they do not know; so do we, before it changes a meaning. */
  known(body: ObjectValue, pointer: string, keys: readonly string[]): void {
    for (const key of Object.keys(body)) {
      if (!keys.includes(key))
        this.refuse(step(pointer, key), `\`${key}\` is unknown here; known: ${keys.join(', ')}.`);
    }
  }

  text(body: ObjectValue, key: string, pointer: string): string | undefined {
    const value = member(body, key);
    return typeof value === 'string' ? value : this.#wrong(value, pointer, key, 'a string');
  }

  number(body: ObjectValue, key: string, pointer: string): number | undefined {
    const value = member(body, key);
    return isNumber(value) ? value : this.#wrong(value, pointer, key, 'a finite number');
  }

  /** A whole number, or the one that holds where the key is absent. */
  whole(body: ObjectValue, key: string, pointer: string, otherwise: number): number | undefined {
    const value = member(body, key) ?? otherwise;
    return Number.isInteger(value) ? Number(value) : this.#wrong(value, pointer, key, 'a whole number');
  }

  object(body: ObjectValue, key: string, pointer: string): ObjectValue | undefined {
    const value = member(body, key);
    return isObject(value) ? value : this.#wrong(value, pointer, key, 'an object');
  }

  list(body: ObjectValue, key: string, pointer: string): readonly Value[] | undefined {
    const value = member(body, key);
    return isArray(value) ? value : this.#wrong(value, pointer, key, 'an array');
  }

  /** An array of strings; undefined where the key is absent. */
  texts(body: ObjectValue, key: string, pointer: string): readonly string[] | undefined {
    if (member(body, key) === undefined) return undefined;
    const list = this.list(body, key, pointer) ?? [];
    const wrong = list.findIndex((value) => typeof value !== 'string');
    if (wrong >= 0) this.refuse(step(step(pointer, key), wrong), 'This must be a string.');
    return list.map(String);
  }

  /**
   * A map of numbers, such as the frequencies of an encoding, as a look-up that knows its own keys alone. Models are
   * made of these by half: each is looked at once, and not copied.
   */
  numbers(body: ObjectValue, key: string, pointer: string): ((name: string) => number | undefined) | undefined {
    const object = this.object(body, key, pointer);
    if (object === undefined) return undefined;
    if (!Object.values(object).every(isNumber)) {
      const wrong = Object.keys(object).find((name) => !isNumber(object[name])) ?? '';
      return this.refuse(step(step(pointer, key), wrong), 'This must be a finite number.');
    }
    return (name) => (Object.hasOwn(object, name) ? Number(object[name]) : undefined);
  }

  #wrong(value: Value | undefined, pointer: string, key: string, wanted: string): undefined {
    if (value === undefined) return this.refuse(pointer, `There is no \`${key}\` here: it must be ${wanted}.`);
    return this.refuse(step(pointer, key), `\`${key}\` must be ${wanted}.`);
  }
}

function isNumber(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
