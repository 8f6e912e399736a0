import type { PlannedAsset, PublishPlan } from '../domain/plan.ts';
import type { ReleaseResult, SubjectReport } from '../domain/report.ts';
import type { Block } from './budget.ts';
import { escapeMarkdown, escapeName, fenced } from './escape-markdown.ts';
import { link, releaseAddress } from './links.ts';
import { humanSize } from './measure.ts';
import type { RenderOptions } from './options.ts';
import { folded, leftOutOf, tableHead, tableRow } from './table.ts';

const longestNotes = 64 * 1024;

const titles: Readonly<Record<ReleaseResult['state'], string>> = {
  planned: 'What would be published',
  packed: 'What was packed',
  published: 'What was published',
  unchanged: 'What is published',
  draft: 'What a person is to publish',
};

/** The assets of a release with size and digest, and its description folded; nothing where none is planned. */
export function publicationBlocks({ plan, release, notes }: SubjectReport, { links }: RenderOptions): Block[] {
  const assets = release?.assets ?? (plan === undefined ? [] : plannedAssets(plan));
  const blocks: Block[] = [];
  if (assets.length > 0) {
    const where =
      release?.url === undefined
        ? ''
        : `\nAt ${link(escapeMarkdown(release.url), releaseAddress(release.url, links))}\n`;
    const rows = assets.map(({ name, size, sha256 }) =>
      tableRow([escapeName(name), humanSize(size).replace(' ', '&nbsp;'), `<code>${escapeMarkdown(sha256)}</code>`]),
    );
    const head = `### ${titles[release?.state ?? 'planned']}\n\n${tableHead(['Asset', 'Size', 'SHA-256'])}`;
    blocks.push({ head, rows, tail: `${where}\n`, leftOut: leftOutOf('asset') });
  }
  if (notes !== undefined && notes !== '') blocks.push(folded('Release notes', fenced(cutNotes(notes), 'markdown')));
  return blocks;
}

function plannedAssets(plan: PublishPlan): PlannedAsset[] {
  return plan.operations.flatMap((operation) => (operation.do === 'put' ? [operation.asset] : []));
}

function cutNotes(notes: string): string {
  return notes.length <= longestNotes ? notes : `${notes.slice(0, longestNotes)}\n… (cut here)`;
}
