import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { requireInside } from '../confinement.ts';
import type { Bundle } from '../domain/bundle.ts';
import type { GoldenFile, GoldenJudgement } from '../domain/golden.ts';
import { safe } from '../domain/safe.ts';
import { errnoOf, Failure } from '../errors.ts';
import { goldenEntries, readGoldenFile } from '../formats/golden.ts';
import { createLines, decodeText } from '../formats/text.ts';
import { judgeBundle, usualCoverage } from '../inference/golden/bundle.ts';
import type { WantedCoverage } from '../inference/golden/judge.ts';
import type { Session } from '../session.ts';

/**
 * Compares the model of a bundle with the golden predictions in it and those that `--golden` names.
 * @throws Failure `usage`, `path-not-found`, `file-unreadable`, `path-refused`
 */
export async function goldenJudgement(session: Session, bundle: Bundle): Promise<GoldenJudgement> {
  const wanted = wantedCoverage(session.inputs['min-coverage']);
  const given = await Promise.all((session.inputs.golden ?? []).map((path) => givenFile(session, path)));
  return judgeBundle(bundle, [...(await goldenEntries(bundle)), ...given], wanted);
}

/** Reads a file of golden predictions that lies outside of any bundle. */
export async function givenFile({ host, limits }: Session, path: string): Promise<GoldenFile> {
  requireInside(host, path);
  const bytes = bytesOf(resolve(host.cwd, path), path, limits.entryBytes);
  const { text, finding } = decodeText(bytes, path, 'golden-row-invalid');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (finding !== undefined) return { path, sha256, rows: [], findings: [finding] };
  return readGoldenFile(path, sha256, createLines(text).line);
}

function bytesOf(location: string, path: string, most: number): Buffer {
  try {
    const { size } = statSync(location);
    if (size <= most) return readFileSync(location);
    throw new Failure('file-unreadable', `${safe(path, 1000)} has ${size} bytes; the limit is ${most}.`);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const code = errnoOf(cause) === 'ENOENT' ? 'path-not-found' : 'file-unreadable';
    throw new Failure(code, `The golden predictions ${safe(path, 1000)} cannot be read.`, { cause });
  }
}

/** `0.8` or `80%`. @throws Failure `usage` */
function wantedCoverage(text: string | undefined): WantedCoverage {
  if (text === undefined) return usualCoverage;
  const [, number = '', sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim()) ?? [];
  const share = Number(number) / (sign === '%' ? 100 : 1);
  if (number !== '' && share <= 1) return { share, asked: true };
  throw new Failure('usage', `\`--min-coverage ${safe(text)}\` is no share: write 0.8, or 80%.`);
}
