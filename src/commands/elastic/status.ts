import { standingDeployments } from '../../deploy/ownership.ts';
import { readObjects } from '../../deploy/target-state.ts';
import { unfinishedOf } from '../../deploy/unfinished.ts';
import type { Deployment } from '../../domain/deployment.ts';
import { type ActualObject, keyText, type ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { padEnd } from '../../reporters/line.ts';
import { elasticTypes } from '../../resources/elasticsearch/types.ts';
import type { CommandResult } from '../../result.ts';
import { kindById, type Session } from '../../session.ts';
import { kibanaText, openKibana } from './kibana.ts';
import { openTarget, tool } from './target.ts';

/** How an object stands beside what the journal says of it. */
type Standing = 'ok' | 'missing' | 'changed by hand' | 'foreign';

interface Row {
  readonly object: ObjectKey;
  readonly release: string;
  readonly state: Standing;
}

/** What is on a target of ours, and how it stands. Anything else than as it was left is exit 4. */
export async function status(session: Session): Promise<CommandResult> {
  const { elasticsearch, journal, name } = await openTarget(session);
  const kibana = await openKibana(session);
  const deployments = await journal.list();
  const prefix = session.inputs['id-prefix'];
  const family = session.inputs.kind === undefined ? undefined : kindById(session, session.inputs.kind).family;
  const lines = standingDeployments(deployments).filter((each) => {
    return (prefix ?? each.prefix) === each.prefix && (family ?? each.family) === each.family;
  });
  const types = elasticTypes(elasticsearch, { tool, release: '' });
  const keys = lines.flatMap((each) => [...each.objects.map(({ object }) => object), ...foreignOf(each)]);
  const actual = await readObjects(types, keys);
  const rows = lines.toReversed().flatMap((each) => rowsOf(each, actual));
  const unfinished = unfinishedOf(deployments);
  const drift =
    unfinished !== undefined || rows.some(({ state }) => state === 'missing' || state === 'changed by hand');
  const left = unfinished === undefined ? [] : [`deployment ${unfinished.number} was left unfinished`];
  return {
    subjects: [],
    result: {
      target: name,
      objects: rows,
      ...(unfinished === undefined ? {} : { unfinished: unfinished.number }),
    },
    text: [`${name} · Elasticsearch ${elasticsearch.version}${kibanaText(kibana)}`, '', ...table(rows), ...left],
    ...(drift ? { drift } : {}),
  };
}

function rowsOf(deployment: Deployment, actual: ReadonlyMap<string, ActualObject>): Row[] {
  const release = deployment.release ?? `deployment ${deployment.number}`;
  const own = deployment.objects.map(({ object, digest }): Row => {
    const found = actual.get(keyText(object));
    const state = found === undefined ? 'missing' : found.digest === digest ? 'ok' : 'changed by hand';
    return { object, release, state };
  });
  const others = foreignOf(deployment).map((object): Row => {
    return { object, release, state: actual.has(keyText(object)) ? 'foreign' : 'missing' };
  });
  return [...own, ...others];
}

/** What the deployment uses and somebody else put there. */
function foreignOf({ steps }: Deployment): ObjectKey[] {
  return steps.flatMap(({ operation }) => {
    return operation.do === 'keep' && operation.foreign === true ? [operation.object] : [];
  });
}

function table(rows: readonly Row[]): string[] {
  if (rows.length === 0) return ['nothing of ours is there'];
  const cells = [
    ['object', 'release', 'state'],
    ...rows.map(({ object, release, state }) => [`${object.type} ${safe(object.id)}`, safe(release), state]),
  ];
  const width = (column: number): number => Math.max(...cells.map((row) => row[column]?.length ?? 0));
  const [first, second] = [width(0), width(1)];
  return cells.map(([object = '', release = '', state = '']) => {
    return `${padEnd(object, first)}  ${padEnd(release, second)}  ${state}`;
  });
}
