import type { ReleaseResult, SubjectReport } from '../domain/report.ts';
import type { ProgressLine } from '../host.ts';
import type { PublishEvent } from '../publish/event.ts';
import type { PreparedRelease } from '../publish/prepare.ts';
import type { Published } from '../publish/publish.ts';
import { humanSize } from '../reporters/measure.ts';

/** What a person sees of an event while a release is being published; undefined where it says nothing new. */
export function progressOf(event: PublishEvent): ProgressLine | undefined {
  switch (event.type) {
    case 'claimed':
      return line(
        event.name,
        `claim    ${event.name}${event.resumed ? '  (going on with the draft of an earlier try)' : ''}`,
      );
    case 'putting':
      return {
        ...line(event.asset.name, `put      ${event.asset.name}  ${share(event.bytes, event.asset.size)}`),
        done: false,
      };
    case 'put':
      return line(
        event.asset.name,
        `put      ${event.asset.name}  ${humanSize(event.asset.size)}${event.kept ? '  (kept)' : ''}`,
      );
    case 'sealed':
      return line('seal', 'read back: every digest is as planned');
    case 'committed':
      return line('commit', `commit   ${event.name}`);
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

function share(bytes: number, size: number): string {
  return `${Math.floor((100 * bytes) / Math.max(1, size))} % of ${humanSize(size)}`;
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
