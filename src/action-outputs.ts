import type { Report } from './domain/report.ts';
import { parseReleaseName } from './domain/tag.ts';

/** Every output of the action with its description; `action.yml` is generated from here. */
export const outputDescriptions = {
  outcome: '`passed` or `failed`.',
  'release-name': 'Name of the release: published, found unchanged, packed, or planned.',
  'release-url': 'Where a person can look at the release; empty until it is published.',
  'manifest-path': 'The manifest, for a release in a folder or a packed bundle: its path.',
  'bundle-sha256': 'SHA-256 of the zip.',
  'report-path': 'The JSON report of this run.',
  deployment: 'What became of a target: `done`, `unchanged` or `planned`; empty for other commands.',
  'deployed-release': 'The release that the target holds behind a deployment, or would; empty for none.',
  errors: 'Number of errors.',
  warnings: 'Number of warnings.',
  notes: 'Number of notes.',
} as const;

/** Name of an output. */
type OutputName = keyof typeof outputDescriptions;

// An address or a path of letters and digits of any script, and nothing that a shell or an expression reads.
const harmless = /^[\p{L}\p{M}\p{N}._/\\:@+~ -]{1,4096}$/u;

/**
 * The outputs of a run, by constant names. Values are our own words, numbers and digests, a name that has the exact
 * form of a release name, and addresses and paths of harmless characters; any other is empty (security.md A7).
 */
export function actionOutputs(report: Report, reportPath: string): Record<OutputName, string> {
  const release = report.subjects.find((subject) => subject.release !== undefined)?.release;
  const named = release !== undefined && typeof parseReleaseName(release.name) === 'object';
  // The address of a draft dies when it is published.
  const shown = release?.state === 'draft' ? '' : (release?.url ?? '');
  const url = harmless.test(shown) ? shown : '';
  const zip = release?.assets.find(({ name }) => name === `${release.name}.zip`);
  const manifest = named && release.assets.some(({ name }) => name === `manifest-${release.name}.json`);
  const local = url !== '' && !url.startsWith('https://') && !url.startsWith('http://');
  return {
    outcome: report.outcome,
    'release-name': named ? release.name : '',
    'release-url': url,
    'manifest-path': local && manifest ? `${url}/manifest-${release?.name}.json` : '',
    'bundle-sha256': zip !== undefined && /^[0-9a-f]{64}$/.test(zip.sha256) ? zip.sha256 : '',
    'report-path': reportPath,
    deployment: report.deployment?.state ?? '',
    'deployed-release': releaseOn(report.deployment?.release ?? ''),
    errors: String(report.counts.error),
    warnings: String(report.counts.warning),
    notes: String(report.counts.note),
  };
}

function releaseOn(name: string): string {
  return typeof parseReleaseName(name) === 'object' ? name : '';
}
