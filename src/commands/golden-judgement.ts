import { type Bundle, besideName } from '../domain/bundle.ts';
import type { GoldenFile, GoldenJudgement } from '../domain/golden.ts';
import { goldenEntries, readGoldenFile } from '../formats/golden.ts';
import { createLines, decodeText } from '../formats/text.ts';
import { judgeBundle, usualCoverage } from '../inference/golden/bundle.ts';
import type { Session } from '../session.ts';
import { givenFile } from './given-file.ts';
import { givenShare } from './given-share.ts';

/**
 * Compares the model of a bundle with the golden predictions in it and those that `--golden` names.
 * @throws Failure `usage`, `path-not-found`, `file-unreadable`, `path-refused`
 */
export async function goldenJudgement(session: Session, bundle: Bundle): Promise<GoldenJudgement> {
  const share = givenShare(session.inputs, 'min-coverage');
  const given = await Promise.all(
    (session.inputs.golden ?? []).map((path) => goldenFile(session, path, besideName(bundle, path))),
  );
  const wanted = share === undefined ? usualCoverage : { share, asked: true };
  return judgeBundle(bundle, [...(await goldenEntries(bundle)), ...given], wanted);
}

async function goldenFile(session: Session, given: string, path: string): Promise<GoldenFile> {
  const { bytes, sha256 } = givenFile(session, given, 'golden predictions');
  const { text, finding } = decodeText(bytes, path, 'golden-row-invalid');
  if (finding !== undefined) return { path, sha256, rows: [], findings: [finding] };
  return readGoldenFile(path, sha256, createLines(text).line);
}
