import type { MemberPlace } from '../../deploy/merging.ts';
import type { Bundle } from '../../domain/bundle.ts';
import { step } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';

/** Finds a member of a rule in the file that it comes from; the table `rule` where the file has no such member. */
export function rulePlaces(bundles: readonly Bundle[]): MemberPlace {
  return async ({ file }, name) => {
    const entry = bundles.flatMap(({ entries }) => entries).find(({ path }) => path === file);
    const document = entry?.document;
    const span = (await document?.locate(step('/rule', name))) ?? (await document?.locate('/rule'));
    return span === undefined ? safe(file) : `${safe(file)}:${span.line}:${span.column}`;
  };
}
