import type { DeploymentReport, PlannedChange } from '../domain/deployment-report.ts';
import { safe } from '../domain/safe.ts';
import { padEnd } from './line.ts';
import { counted } from './measure.ts';

/** Sign of what happens to an object. */
export const deploymentSigns = { keep: '=', create: '+', update: '~', replace: '~', remove: '-' } as const;

/** A deployment for people: the target, a line for each object, what should be known besides, and the tally. */
export function deploymentLines(report: DeploymentReport): string[] {
  const { target, server, before, changes, attention } = report;
  const now = before === undefined ? 'nothing of this family' : before;
  const objects = [...changes.map(({ object }) => object), ...attention.map(({ object }) => object)];
  const type = Math.max(0, ...objects.map((object) => object.type.length));
  const id = Math.max(0, ...objects.map((object) => safe(object.id).length));
  const row = (sign: string, object: { type: string; id: string }, remark: string): string =>
    `  ${sign} ${object.type.padEnd(type)}  ${padEnd(safe(object.id), id)}  ${remark}`.trimEnd();
  return [
    `${report.named === undefined ? '' : `${safe(report.named)} · `}${safe(target, 1000)} · ${safe(server)} · ${report.state === 'done' ? 'before' : 'now'}: ${safe(now)}`,
    '',
    ...changes.flatMap((change) => [
      row(deploymentSigns[change.do], change.object, change.remark ?? ''),
      ...(change.difference ?? []).map((line) => `        ${safe(line)}`),
    ]),
    ...attention.map(({ object, text }) => row('!', object, text)),
    ...(objects.length === 0 ? [] : ['']),
    deploymentTally(report),
    ...nextLines(report),
  ];
}

function nextLines({ next = [] }: DeploymentReport): string[] {
  if (next.length === 0) return [];
  const steps = next.flatMap(({ text, lines }) => [`  ${text}:`, ...lines.map((line) => `      ${safe(line)}`)]);
  return ['', 'Next:', ...steps];
}

/** How many objects of each sort, and how it ended: `5 added · deployment 1, 28 requests, read back`. */
export function deploymentTally({ changes, attention, state, number, requests, flags = [] }: DeploymentReport): string {
  const count = (...kinds: PlannedChange['do'][]): number =>
    changes.filter((change) => kinds.includes(change.do)).length;
  const planned = state === 'planned';
  const parts = [
    [count('create'), planned ? 'to add' : 'added'],
    [count('update', 'replace'), planned ? 'to change' : 'changed'],
    [count('remove'), planned ? 'to remove' : 'removed'],
    [count('keep'), 'unchanged'],
    [attention.length, 'attention'],
  ] as const;
  const numbers = parts.filter(([many]) => many > 0).map(([many, word]) => `${many} ${word}`);
  const ends = {
    planned: 'nothing was written',
    unchanged: 'nothing to do',
    done: `deployment ${number}, ${counted(requests, 'request')}, read back`,
  };
  const by = flags.length === 0 ? '' : `with ${flags.join(', ')}`;
  return [numbers.join(', '), ends[state], by].filter((part) => part !== '').join(' · ');
}
