import type { DeploymentReport, PlannedChange } from '../domain/deployment-report.ts';
import { keyText } from '../domain/resource.ts';
import type { Block } from './budget.ts';
import { deploymentTally } from './deployment.ts';
import { escapeMarkdown, escapeMessage, escapeName } from './escape-markdown.ts';
import { leftOutOf, tableHead, tableRow } from './table.ts';

const titles: Readonly<Record<DeploymentReport['state'], string>> = {
  planned: 'What would change',
  unchanged: 'What stands on the target',
  done: 'What changed',
};

/** What becomes of an object: when it is planned, and when it is done. */
const words: Readonly<Record<PlannedChange['do'], readonly [planned: string, done: string]>> = {
  keep: ['stays', 'stayed'],
  create: ['**add**', '**added**'],
  update: ['**change**', '**changed**'],
  replace: ['**replace**', '**replaced**'],
  remove: ['**remove**', '**removed**'],
};

/** A deployment in the summary of a job: what people should look at first, then a row for each object. */
export function deploymentBlocks(report: DeploymentReport): Block[] {
  const { state, changes, attention } = report;
  const blocks: Block[] = [`### ${titles[state]}\n\n${placeLine(report)}`];
  if (attention.length > 0) {
    const rows = attention.map(({ object, text }) => tableRow([escapeName(keyText(object)), escapeMessage(text)]));
    blocks.push({ head: tableHead(['Attention', 'Why']), rows, tail: '\n', leftOut: leftOutOf('object') });
  }
  if (changes.length > 0) {
    const rows = changes.map((change) => {
      const [planned, done] = words[change.do];
      const { object, remark = '' } = change;
      return tableRow([
        escapeMarkdown(object.type),
        escapeName(object.id),
        state === 'planned' ? planned : done,
        escapeMessage(remark),
      ]);
    });
    const head = tableHead(['Object', 'Id', 'Change', 'Remark']);
    blocks.push({ head, rows, tail: '\n', leftOut: leftOutOf('object') });
  }
  blocks.push(`${escapeMarkdown(deploymentTally(report))}\n\n`);
  return blocks;
}

/** `prod-eu · https://es.example:9243 · Elasticsearch 8.17.2 · ML-DGA-20261122-2 → ML-DGA-20261123-3` */
function placeLine({ named, target, server, before, release, action }: DeploymentReport): string {
  const left = action === 'undeploy' && release === undefined ? 'nothing' : release;
  const names = [before ?? 'nothing', ...(left === undefined || left === before ? [] : [left])];
  const place = [...(named === undefined ? [] : [named]), target, server].map((part) => escapeMarkdown(part));
  return `${[...place, names.map((name) => escapeMarkdown(name)).join(' → ')].join(' · ')}\n\n`;
}
