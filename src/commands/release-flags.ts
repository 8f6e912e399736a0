import type { SubjectReport } from '../domain/report.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { Session } from '../session.ts';
import type { ReleaseStore } from '../stores/store.ts';

/**
 * Refuses what a store cannot do, and what would be passed over in silence.
 * @throws Failure `usage`
 */
export function requireFlags({ inputs }: Session, store: ReleaseStore): void {
  const [draft, latest] = [inputs.draft === true, inputs['make-latest'] ?? 'false'];
  const where = safe(store.address, 1000);
  if (draft && store.leave === undefined) {
    throw new Failure('usage', `\`--draft\` leaves a draft for a person to publish, and nobody could in ${where}.`, {
      help: 'Use a repository (`--store github:owner/repo`); for a folder, look at the plan with --dry-run, or pack first.',
    });
  }
  if (latest === 'false') return;
  if (!store.address.startsWith('github:')) {
    throw new Failure('usage', `There is no "Latest" in ${where}: \`--make-latest ${latest}\` has no meaning there.`, {
      help: 'Leave it out; it is for repositories (`--store github:owner/repo`).',
    });
  }
  if (draft) {
    throw new Failure('usage', `\`--make-latest ${latest}\` and \`--draft\` do not go together.`, {
      help: 'Who publishes the draft decides whether it is the latest: leave one of them out.',
    });
  }
}

/** That a flag came to nothing, since the release was published before; no line where none did. */
export function idleFlags({ inputs }: Session, { release }: SubjectReport): string[] {
  if (release?.state !== 'unchanged') return [];
  const latest = inputs['make-latest'];
  const flags = [
    ...(inputs.draft === true ? ['--draft'] : []),
    ...(latest === undefined ? [] : [`--make-latest ${latest}`]),
  ];
  return flags.map((flag) => `\`${flag}\` had no effect: ${safe(release.name)} was published before.`);
}
