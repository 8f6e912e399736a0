import { createHash } from 'node:crypto';
import type { ArchiveCheckId, ContentSink } from '../archive.ts';
import { archiveFormat, magicLength } from '../archive-magic.ts';
import { quoteName } from '../entry-name.ts';
import { crc32 } from './crc32.ts';
import type { PlacedEntry } from './tiling.ts';

/** What is wrong with an entry's content. */
export interface ContentDefect {
  readonly check: ArchiveCheckId;
  readonly message: string;
  readonly help?: string;
}

const nestedHelp = 'Put its files into the bundle one by one, or give their role `nesting` in the kind.';

/** Follows the content of one entry as it is expanded: length, nesting, CRC-32 and SHA-256 in one pass. */
export class ContentCheck {
  readonly #entry: PlacedEntry;
  readonly #nesting: boolean;
  readonly #sink: ContentSink | undefined;
  readonly #hash = createHash('sha256');
  #crc = 0;
  #taken = 0;
  /** The first bytes, until there are enough to know an archive by; undefined afterwards. */
  #head: Buffer | undefined = Buffer.alloc(0);

  /**
   * @param nesting whether the content may be an archive
   * @param sink gets the content once its first bytes have been looked at
   */
  constructor(entry: PlacedEntry, nesting: boolean, sink: ContentSink | undefined) {
    this.#entry = entry;
    this.#nesting = nesting;
    this.#sink = sink;
  }

  /** Takes the next bytes. @returns a defect, behind which there is nothing more to take */
  take(chunk: Buffer): ContentDefect | undefined {
    this.#taken += chunk.length;
    if (this.#taken > this.#entry.size) return longer(this.#entry);
    if (this.#head === undefined) {
      this.#pass(chunk);
      return undefined;
    }
    const head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    if (head.length < magicLength && this.#taken < this.#entry.size) {
      this.#head = head;
      return undefined;
    }
    this.#head = undefined;
    const format = this.#nesting ? undefined : archiveFormat(head);
    if (format !== undefined) {
      const message = `${quoteName(this.#entry.path)} is itself an archive or compressed (${format}).`;
      return { check: 'archive-nested', message, help: nestedHelp };
    }
    this.#pass(head);
    return undefined;
  }

  /**
   * To be called when there is no more.
   * @param consumed bytes of the archive that the content took
   * @returns lower-case hex SHA-256, or a defect
   */
  finish(consumed: number): string | ContentDefect {
    const { path, size, compressedSize, crc } = this.#entry;
    const name = quoteName(path);
    if (this.#taken !== size) {
      return {
        check: 'archive-corrupt',
        message: `${name} has ${this.#taken} bytes of content; its headers say ${size}.`,
      };
    }
    if (consumed !== compressedSize) {
      const surplus = compressedSize - consumed;
      return {
        check: 'archive-corrupt',
        message: `Behind the compressed content of ${name} stand ${surplus} bytes of something else.`,
      };
    }
    if (this.#crc !== crc) {
      const message = `The CRC-32 of ${name} is ${hex(this.#crc)}; its headers say ${hex(crc)}.`;
      return { check: 'archive-corrupt', message, help: 'The content was damaged: zip it again from the source.' };
    }
    return this.#hash.digest('hex');
  }

  #pass(chunk: Buffer): void {
    this.#crc = crc32(chunk, this.#crc);
    this.#hash.update(chunk);
    this.#sink?.(chunk);
  }
}

/** The defect of content that goes on beyond the size that its headers declare. */
export function longer({ path, size }: PlacedEntry): ContentDefect {
  return {
    check: 'archive-bomb',
    message: `${quoteName(path)} expands to more than the ${size} bytes that its headers say.`,
  };
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
