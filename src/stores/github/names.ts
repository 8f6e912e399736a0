import type { PlannedAsset } from '../../domain/plan.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';

// A part of a reference's path that Git takes (git-check-ref-format) and no address needs escaping for.
const tagForm = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?$/;
const runForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
// GitHub replaces every other character, and dots at either end (upload operation, notes).
const assetForm = /^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,253}[A-Za-z0-9_+-])?$/;
/** 2 GiB; the limit itself is refused by some servers. */
const mostBytes = 2_147_483_647;

/** What a replacement is called until it is whole. */
export const temporaryName = (name: string, mark: string): string => `${name.slice(0, 200)}-${mark}.part`;
const temporaryForm = /-[0-9a-f]{12}\.part$/;

/** Whether an asset is what an interrupted replacement left. */
export function isTemporary(name: string): boolean {
  return temporaryForm.test(name);
}

/** Whether a text can be a release's name and its tag. */
export function isTag(text: string): boolean {
  return tagForm.test(text) && !text.includes('..') && !text.endsWith('.lock');
}

/** Whether a text can name an asset without GitHub changing it. */
export function isAssetName(text: string): boolean {
  return assetForm.test(text) && !text.includes('..');
}

/** @throws Failure `write-failed` where a name cannot stand on GitHub as it is */
export function requireNames(name: string, run: string): void {
  if (!isTag(name)) throw refused(name, 'a release');
  if (!runForm.test(run)) throw refused(run, 'a run');
}

/** @throws Failure `write-failed` for a name that GitHub would change, an empty file, or one of 2 GiB */
export function requireAsset({ name, size }: PlannedAsset): void {
  if (!isAssetName(name) || isTemporary(name)) throw refused(name, 'an asset');
  if (size >= 1 && size <= mostBytes) return;
  throw new Failure('write-failed', `\`${safe(name)}\` has ${size} bytes; GitHub takes files of 1 to ${mostBytes}.`, {
    help: 'Leave an empty file out, and split one that is too large.',
  });
}

function refused(text: string, what: string): Failure {
  return new Failure('write-failed', `\`${safe(text)}\` cannot name ${what} on GitHub.`, {
    help: 'Use letters, digits, `.`, `_` and `-`, neither first nor last a dot.',
  });
}
