import { compareText } from '../domain/diagnostic.ts';
import type { KnownRelease } from '../domain/history.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { ReleaseStore, Survey } from '../stores/store.ts';
import { manifestName, sha256Of } from './asset.ts';
import { readSoundIndex, type SoundIndex } from './index-chain.ts';
import { largest, readAsset } from './read-asset.ts';
import { knownFromManifest, type Manifest, readManifest } from './read-manifest.ts';
import { indexLine, type MadeFrom } from './release-index.ts';

interface ReadManifest {
  readonly manifest: Manifest;
  readonly release: KnownRelease;
  /** What of it could not be used. */
  readonly reasons: readonly string[];
}

/** What is known of the releases of a store while its history is being read. */
export class Gathering {
  readonly store: ReleaseStore;
  readonly survey: Survey;
  /** Every name in the store, as far as it was looked into. */
  readonly names: Set<string>;
  readonly known = new Map<string, KnownRelease>();
  readonly withoutManifest: string[] = [];
  readonly unreadable: { readonly name: string; readonly reason: string }[] = [];
  readonly partial: string[] = [];
  readonly remarks: string[] = [];
  readonly #looked = new Set<string>();
  readonly #indexes: SoundIndex[] = [];
  readonly #manifests = new Map<string, ReadManifest>();

  constructor(store: ReleaseStore, survey: Survey) {
    this.store = store;
    this.survey = survey;
    this.names = new Set(survey.names);
  }

  /** Names of which nothing is known yet. */
  left(): string[] {
    return [...this.names].filter((name) => !this.known.has(name) && !this.#looked.has(name));
  }

  /** Looks up those of some names that only may be published, and drops the ones that are not. @throws Failure of the store */
  async settle(names: Iterable<string>): Promise<void> {
    const open = [...names].filter((name) => this.survey.uncertain.has(name) && this.names.has(name));
    if (open.length === 0) return;
    const found = new Set((await this.survey.look(open)).map(({ name }) => name));
    for (const name of open) if (!found.has(name)) this.names.delete(name);
  }

  /**
   * Looks at a release: its manifest and, where it has one, its index, which must list the manifest as it is.
   * @throws Failure `index-corrupt`, and those of the store
   */
  async look(name: string): Promise<SoundIndex | undefined> {
    const [index] = await Promise.all([readSoundIndex(this.store, name), this.#read(name)]);
    if (index !== undefined) {
      this.#indexes.push(index);
      for (const release of index.releases) this.know(release, `the index of ${safe(name)}`);
    }
    this.#take(name);
    return index;
  }

  /** Looks at the manifest of a release only. @throws Failure of the store */
  async lookAtManifest(name: string): Promise<void> {
    await this.#read(name);
    this.#take(name);
  }

  /** Adds what some index says of a release. @throws Failure `index-corrupt` where another says otherwise */
  know(release: KnownRelease, said: string): void {
    const before = this.known.get(release.name);
    if (before !== undefined && indexLine(before) !== indexLine(release)) {
      throw disagreement(release.name, `${said} lists other content of it than was read before`);
    }
    if (before === undefined) this.known.set(release.name, release);
  }

  /** The definitions of a known release, from its manifest. @throws Failure `index-corrupt`, and those of the store */
  async definitionsOf({ name }: KnownRelease): Promise<Manifest['definitions']> {
    if (!this.#manifests.has(name)) await this.lookAtManifest(name);
    return this.#manifests.get(name)?.manifest.definitions;
  }

  /** The indexes that all this rests on: those read, without the ones that another of them lists. */
  heads(): MadeFrom[] {
    const listedElsewhere = (release: string): boolean =>
      this.#indexes.some((index) => index.release !== release && index.releases.some(({ name }) => name === release));
    return this.#indexes
      .filter(({ release }) => !listedElsewhere(release))
      .map(({ release, sha256 }) => ({ release, sha256 }))
      .sort((a, b) => compareText(a.release, b.release));
  }

  async #read(name: string): Promise<void> {
    this.#looked.add(name);
    const reading = await readAsset(this.store, name, manifestName(name), largest.manifest);
    if ('missing' in reading) return;
    if ('reason' in reading) {
      this.unreadable.push({ name, reason: reading.reason });
      return;
    }
    const { manifest, reasons } = readManifest(reading.bytes, name);
    if (manifest === undefined) this.unreadable.push({ name, reason: reasons.join('; ') });
    else
      this.#manifests.set(name, { manifest, release: knownFromManifest(manifest, sha256Of(reading.bytes)), reasons });
  }

  /** Adds what the manifest says, or compares it with what an index says of it. */
  #take(name: string): void {
    const read = this.#manifests.get(name);
    const listed = this.known.get(name);
    if (listed !== undefined) {
      if (read !== undefined && indexLine(read.release) === indexLine(listed)) return;
      throw disagreement(
        name,
        `its manifest ${read === undefined ? 'is missing or cannot be read' : 'is not as the index says'}`,
      );
    }
    if (read === undefined) {
      if (!this.unreadable.some((release) => release.name === name)) this.withoutManifest.push(name);
      return;
    }
    this.known.set(name, read.release);
    if (read.reasons.length === 0) return;
    this.partial.push(name);
    const [first = '', ...more] = read.reasons;
    const others = more.length === 0 ? '' : `, and ${more.length} more of the kind`;
    this.remarks.push(`A part of the manifest of ${safe(name)} cannot be used: ${first}${others}.`);
  }
}

function disagreement(release: string, what: string): Failure {
  return new Failure('index-corrupt', `\`${safe(release)}\` is not what was published: ${what}.`);
}
