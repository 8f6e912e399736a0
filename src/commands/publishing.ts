import type { ReleaseResult, SubjectReport } from '../domain/report.ts';
import type { ProgressLine } from '../host.ts';
import type { PublishEvent } from '../publish/event.ts';
import type { PreparedRelease } from '../publish/prepare.ts';
import type { Published } from '../publish/publish.ts';
import { humanSize } from '../reporters/measure.ts';

/**
 * What a person sees of each event while a release is being published; undefined where it says nothing new.
 * @param clock milliseconds, from any start
 */
export function progressOf(clock: () => number = () => performance.now()) {
  const begun = new Map<string, number>();
  return (event: PublishEvent): ProgressLine | undefined => {
    if (event.type !== 'putting') return lineOf(event);
    const { name, size } = event.asset;
    const start = begun.get(name) ?? clock();
    begun.set(name, start);
    return { key: name, text: `put      ${name}  ${upload(event.bytes, size, clock() - start)}`, done: false };
  };
}

function lineOf(event: Exclude<PublishEvent, { type: 'putting' }>): ProgressLine | undefined {
  switch (event.type) {
    case 'claimed':
      return line(
        event.name,
        `claim    ${event.name}${event.resumed ? '  (going on with the draft of an earlier try)' : ''}`,
      );
    case 'put':
      return line(
        event.asset.name,
        `put      ${event.asset.name}  ${humanSize(event.asset.size)}${event.kept ? '  (kept)' : ''}`,
      );
    case 'sealed':
      return line('seal', 'read back: every digest is as planned');
    case 'committed':
      return line('commit', `commit   ${event.name}`);
    case 'left':
      return line('left', `leave    ${event.name} as a draft: a person publishes it`);
    case 'renamed':
      return line('renamed', `another run took ${event.from}: going on as ${event.to}`);
    case 'abandoned':
      return line('abandoned', `the draft of ${event.name} was removed`);
    case 'replanned':
      return line('replanned', 'others published meanwhile: the index was made anew');
    case 'read':
      return undefined;
  }
}

function line(key: string, text: string): ProgressLine {
  return { key, text, done: true };
}

const barWidth = 20;

/** `█████░░░░░░░░░░░░░░░  25 % of 300 MB · 12.3 MB/s`; no rate before there is one. */
function upload(bytes: number, size: number, milliseconds: number): string {
  const share = Math.min(1, bytes / Math.max(1, size));
  const full = Math.floor(share * barWidth);
  const percent = `${Math.floor(100 * share)}`.padStart(3);
  const rate = milliseconds < 100 ? '' : ` · ${humanSize(Math.round((1000 * bytes) / milliseconds))}/s`;
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${percent} % of ${humanSize(size)}${rate}`;
}

/** The subject of a release that is planned and not carried out. */
export function plannedSubject(
  subject: SubjectReport,
  { plan, request, assets, models }: PreparedRelease,
): SubjectReport {
  const release: ReleaseResult = {
    name: plan.release,
    state: plan.operations.length === 0 ? 'unchanged' : 'planned',
    assets: assets.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    models: models.map(({ id, sha256 }) => ({ id, sha256 })),
  };
  return { ...subject, plan, notes: request.notes, release };
}

/** The subject of a release that is published: from what was read back, not from the plan. */
export function publishedSubject(subject: SubjectReport, { state, verification, release }: Published): SubjectReport {
  const { name, url, assets, models } = verification;
  return {
    ...subject,
    plan: release.plan,
    notes: release.request.notes,
    release: { name, state, url, assets, models },
  };
}
