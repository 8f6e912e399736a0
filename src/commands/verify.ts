import { readKnown } from '../publish/history.ts';
import { type Verification, verifyRelease } from '../publish/verify.ts';
import { humanSize } from '../reporters/measure.ts';
import type { CommandResult } from '../result.ts';
import { openStore, type Session } from '../session.ts';
import { yankedFields, yankedMarks, yankedReleases } from './yanked.ts';

/** Reads a release back and proves it: against itself, and against the newest index. */
export async function verify(session: Session): Promise<CommandResult> {
  const store = await openStore(session);
  const name = session.inputs.release ?? '';
  const yanking = await yankedReleases(session, store);
  const verification = await verifyRelease(store, name, {
    limits: session.limits,
    ...(await readKnown(store, name)),
    onAsset: (asset) => session.host.progress({ key: asset.name, text: `read     ${asset.name}`, done: true }),
  });
  const bad = verification.problems.length > 0;
  return {
    subjects: [],
    store: store.address,
    result: { ...verification, ...yankedFields(yanking, name) },
    text: verificationLines(verification, yankedMarks(yanking, verification)),
    ...(bad ? { no: true as const } : {}),
  };
}

/**
 * What a person reads of a verification.
 * @param marks what is to be known of the release besides: it is yanked
 */
export function verificationLines(
  { name, assets, models, problems, unproven, publishedAt }: Verification,
  marks: readonly string[],
): string[] {
  const width = Math.max(...assets.map((asset) => asset.name.length), 0);
  return [
    `${name} · published ${publishedAt}`,
    ...assets.map(
      (asset) => `  ${asset.name.padEnd(width)}  ${humanSize(asset.size).padStart(8)}  sha256 ${asset.sha256}`,
    ),
    ...models.map(({ id, sha256 }) => `  model ${id} (sha256 ${sha256})`),
    ...unproven.map((what) => `  cannot be proven: ${what}`),
    ...marks.map((mark) => `  ! ${mark}`),
    ...problems.map((problem) => `  ✗ ${problem}`),
    problems.length === 0
      ? '✓ verified: everything is as it was published'
      : '✗ not as it was published: do not use it',
  ];
}
