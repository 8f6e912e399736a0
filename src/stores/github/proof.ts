import type { AssetContent } from '../store.ts';
import type { Clock } from './clock.ts';

// About what an upload's answer takes: an older look is made again.
const fresh = 2000;

/**
 * The one look at a new draft, between its large files and what lists them: of a new draft nothing is deleted unasked,
 * so one is enough (22 requests). It is sent when every byte of the large files is, and is answered beside the last of
 * them: it costs no time, and what it says is no older than their answers.
 */
export class Proof {
  readonly #look: () => Promise<unknown>;
  readonly #clock: Clock;
  /** `due` when something was uploaded. */
  #state: 'none' | 'due' | 'had' = 'none';
  #uploading = 0;
  #last = false;
  readonly #unsent = new Set<AssetContent>();
  #early: { readonly began: number; readonly answer: Promise<unknown> } | undefined;

  /** @param look rejects where the draft is not what it was */
  constructor(clock: Clock, look: () => Promise<unknown>) {
    this.#clock = clock;
    this.#look = look;
  }

  /**
   * Uploads an asset, after a look where one is due and nothing else is under way.
   * @param last whether more comes when all that is under way has ended, and not before
   * @throws whatever the look or the upload throws; no look is under way afterwards
   */
  async around<T>(asset: AssetContent, last: boolean, upload: (asset: AssetContent) => Promise<T>): Promise<T> {
    const looks = this.#state === 'due' && this.#uploading === 0;
    this.#state = looks ? 'had' : this.#state === 'none' ? 'due' : this.#state;
    this.#last = last;
    this.#uploading += 1;
    this.#unsent.add(asset);
    try {
      if (looks) await this.#looked();
      return await upload({ ...asset, open: () => this.#followed(asset) });
    } finally {
      this.#unsent.delete(asset);
      await this.#early?.answer.catch(() => undefined);
      this.#uploading -= 1;
    }
  }

  async #looked(): Promise<void> {
    const early = this.#early;
    this.#early = undefined;
    const now = this.#clock.now().getTime();
    await (early !== undefined && now - early.began <= fresh ? early.answer : this.#look());
  }

  /** The bytes of an asset. Those that are sent again make an early look worthless. */
  async *#followed(asset: AssetContent): AsyncGenerator<Uint8Array> {
    this.#unsent.add(asset);
    this.#early = undefined;
    yield* asset.open();
    this.#unsent.delete(asset);
    if (this.#unsent.size > 0 || !this.#last || this.#state !== 'due') return;
    const answer = this.#look();
    this.#early = { began: this.#clock.now().getTime(), answer };
    // Whoever needs it learns why it failed; nobody may.
    answer.catch(() => undefined);
  }
}
