import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { requireInside } from '../../confinement.ts';
import { safe } from '../../domain/safe.ts';
import { errnoOf, Failure } from '../../errors.ts';
import type { Host } from '../../host.ts';

/** One line of an input that is read as a stream. */
export interface InputLine {
  /** 1-based. */
  readonly number: number;
  /** Undefined where it is not UTF-8, or too long. */
  readonly text?: string;
}

/** Bytes of a line; a row of a model has hundreds of fields, not a million. */
const longest = 1024 * 1024;
const newline = 0x0a;

/** The lines of a file, or of standard input for `-`. @throws Failure `path-not-found`, `file-unreadable`, `path-refused` */
export async function* linesOf(host: Pick<Host, 'cwd' | 'workspace'>, path: string): AsyncGenerator<InputLine> {
  if (path !== '-') requireInside(host, path);
  const stream: Readable = path === '-' ? process.stdin : createReadStream(resolve(host.cwd, path));
  try {
    yield* split(stream);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const code = errnoOf(cause) === 'ENOENT' ? 'path-not-found' : 'file-unreadable';
    throw new Failure(code, `${path === '-' ? 'Standard input' : safe(path, 1000)} cannot be read.`, { cause });
  }
}

async function* split(stream: AsyncIterable<Buffer>): AsyncGenerator<InputLine> {
  let number = 0;
  let kept: Buffer[] = [];
  let size = 0;
  const finish = (): InputLine => {
    const bytes = size > longest ? undefined : Buffer.concat(kept);
    kept = [];
    size = 0;
    number += 1;
    return bytes !== undefined && isUtf8(bytes)
      ? { number, text: bytes.toString('utf8').replace(/\r$/, '') }
      : { number };
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      kept.push(chunk.subarray(from, at));
      size += at - from;
      from = at + 1;
      yield finish();
    }
    size += chunk.length - from;
    // What is too long already is not kept.
    if (size <= longest) kept.push(chunk.subarray(from));
    else kept = [];
  }
  if (size > 0) yield finish();
}
