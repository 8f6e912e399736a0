import type { Limits } from '../domain/limits.ts';
import { collisionKey, type NameFinding, quoteName } from './entry-name.ts';

interface Taken {
  readonly path: string;
  readonly directory: boolean;
  /** False while a folder is known only from the names below it. */
  listed: boolean;
}

/** The names of one archive or folder, to find those that are one file on some disk. */
export class EntryNames {
  readonly #limits: Limits;
  readonly #taken = new Map<string, Taken>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /**
   * Takes a name. A file and a folder of one name collide, and so do two spellings of one folder.
   * A name longer or deeper than the limits was refused before and is not compared: its prefixes would cost too much.
   * @param path without a trailing `/`
   * @returns a finding where it collides with an earlier name
   */
  add(path: string, directory: boolean): NameFinding | undefined {
    if (path.length > this.#limits.pathBytes || path.split('/').length > this.#limits.pathDepth) return undefined;
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      const collision = this.#place(path.slice(0, slash), true, false);
      if (collision !== undefined) return collision;
    }
    return this.#place(path, directory, true);
  }

  #place(path: string, directory: boolean, listed: boolean): NameFinding | undefined {
    const key = collisionKey(path);
    const taken = this.#taken.get(key);
    if (taken === undefined) {
      this.#taken.set(key, { path, directory, listed });
      return undefined;
    }
    if (taken.path !== path) {
      const pair = `${quoteName(path)} and ${quoteName(taken.path)}`;
      return collision(`${pair} are one name where case, or the way a letter is composed, does not count.`);
    }
    if (taken.directory !== directory) return collision(`${quoteName(path)} is there as a file and as a folder.`);
    if (!directory || (listed && taken.listed)) return collision(`${quoteName(path)} is there twice.`);
    taken.listed ||= listed;
    return undefined;
  }
}

function collision(message: string): NameFinding {
  return { check: 'archive-name-collision', message };
}
