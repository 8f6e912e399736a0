import { knownScripts } from '../domain/known-scripts.ts';
import type { ScriptText } from '../domain/script.ts';
import type { CheckContext } from './check.ts';
import { readsOnly } from './condition.ts';
import { cut } from './datum.ts';

/** What approving takes, and means, behind the words on where the script runs. */
export const approveHelp =
  'Read it. Who answers for exactly this source adds `[[script]]` with its `sha256` and a `reason` to ml-detection-release.toml.';

/**
 * Why nobody has answered for a program yet; undefined where someone has. A digest stands for a source and for
 * nothing else, so it covers no other language and no compiler options.
 */
export function unapproved(script: ScriptText, { approvedScripts = [] }: CheckContext): string | undefined {
  const { source, sha256, lang, options, use } = script;
  const what = use === 'condition' ? 'condition' : 'script';
  if (source === undefined || sha256 === undefined)
    return `What this ${what} runs cannot be read, so no digest stands for it.`;
  if (lang !== undefined && lang !== 'painless') {
    return `The ${what} is written in \`${cut(lang)}\`: only painless can be approved.`;
  }
  if (options) return `The ${what} sets compiler options, which no digest of its source covers: remove them.`;
  if (use === 'condition' && readsOnly(source)) return undefined;
  if (Object.hasOwn(knownScripts, sha256) || approvedScripts.some((known) => known.sha256 === sha256)) return undefined;
  const more = use === 'condition' ? ' It does more than read and compare.' : '';
  return `Nobody has approved this ${what}: its sha256 is ${sha256}.${more}`;
}
