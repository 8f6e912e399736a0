import type { Report, SubjectReport } from '../domain/report.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { counted, countedSeverities, countSeverities } from './measure.ts';

interface Words {
  readonly can: string;
  readonly cannot: string;
}

const released: Words = { can: 'can be released', cannot: 'cannot be released' };
const deployed: Words = { can: 'can be deployed', cannot: 'cannot be deployed' };
const deployments = {
  done: 'is deployed: read back and verified',
  unchanged: 'was deployed before: nothing changed',
  planned: 'can be deployed: nothing was written',
} as const;
const words: ReadonlyMap<string, Words> = new Map([
  ['deploy', deployed],
  ['rollback', deployed],
  ['apply', deployed],
  ['elastic setup-model', deployed],
  ['scan', { can: 'is accepted', cannot: 'is refused' }],
  ['verify', { can: 'is what was published', cannot: 'is not what was published' }],
  ['get', { can: 'is what was published', cannot: 'is not what was published' }],
]);

/** What a watch is told: `failed` would be the tool's own trouble. */
const watched = {
  passed: 'Everything that was deployed is there as it was left.',
  failed: 'Not all that was deployed is as it was left and well, or could be seen.',
} as const;

/** The headline of a report without subjects, Markdown. */
export function headline({ command, outcome }: Report): string {
  if (command === 'status' || command === 'elastic status') return watched[outcome];
  return `mldr ${escapeMarkdown(command)}: ${outcome}`;
}

/** The one sentence about a subject, Markdown: `ML-DGA-20261122-2 cannot be released: 1 error, 1 warning.` */
export function sentence(report: Report, subject: SubjectReport): string {
  const unseen = subject.unseen === undefined ? '' : '; its history was not seen';
  return `${escapeMarkdown(subject.name)} ${predicate(report, subject)}${unseen}.`;
}

function predicate(report: Report, subject: SubjectReport): string {
  const { can, cannot } = words.get(report.command) ?? released;
  const counts = countSeverities(subject.diagnostics);
  if (report.deployment !== undefined) return deployments[report.deployment.state];
  if (subject.release?.state === 'published') {
    return `is published: ${counted(subject.release.assets.length, 'asset')}, read back and verified`;
  }
  if (subject.release?.state === 'draft') {
    const assets = counted(subject.release.assets.length, 'asset');
    return `is a draft that a person publishes: ${assets}, read back and verified`;
  }
  if (subject.release?.state === 'unchanged') return 'was published before with these very files: nothing changed';
  if (subject.plan?.operations.length === 0) return 'is published already, with these very files';
  if (subject.verdict === 'reject') return `${cannot}: ${countedSeverities(counts)}`;
  // The sentence that this becomes ends in a full stop of its own.
  if (subject.refused !== undefined) return `${cannot}: ${escapeMarkdown(subject.refused.replace(/\.$/, ''))}`;
  const warnings = counted(counts.warning, 'warning');
  if (subject.unseen !== undefined && report.outcome === 'passed') {
    const found = subject.verdict === 'accept' ? 'no error of its own' : warnings;
    return `has ${found}, and whether it ${can} is not known`;
  }
  if (subject.verdict === 'accept') return can;
  if (can !== released.can) return `${can}, with ${warnings}`;
  const accepted = counts.warning === 1 ? 'is accepted' : 'are accepted';
  return report.outcome === 'failed'
    ? `${cannot} before ${warnings} ${accepted}`
    : `${can} once ${warnings} ${accepted}`;
}
