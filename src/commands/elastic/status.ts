import { standingDeployments } from '../../deploy/ownership.ts';
import { readObjects } from '../../deploy/target-state.ts';
import { unfinishedOf } from '../../deploy/unfinished.ts';
import type { Health } from '../../domain/health.ts';
import { keyText, type ObjectKey } from '../../domain/resource.ts';
import type { CommandResult } from '../../result.ts';
import { kindById, type Session } from '../../session.ts';
import { healthTally, readHealth, toleranceOf } from './health.ts';
import { foreignOf, rowsOf } from './status-rows.ts';
import { type StatusRow, statusTable } from './status-table.ts';
import { openTarget } from './target.ts';
import { isOfKibana, targetTypes } from './target-types.ts';

/**
 * What is on a target of ours, and how it stands; with `--health` how it does its work too. Anything else than as it was
 * left, and ill health, is exit 4; health that could not be seen is exit 2.
 */
export async function status(session: Session): Promise<CommandResult> {
  const tolerance = toleranceOf(session);
  const { elasticsearch, kibana, journal, name } = await openTarget(session);
  if (kibana.given) await kibana.open();
  const deployments = await journal.list();
  const prefix = session.inputs['id-prefix'];
  const family = session.inputs.kind === undefined ? undefined : kindById(session, session.inputs.kind).family;
  const lines = standingDeployments(deployments).filter((each) => {
    return (prefix ?? each.prefix) === each.prefix && (family ?? each.family) === each.family;
  });
  const types = targetTypes({ elasticsearch, kibana });
  const keys = lines.flatMap((each) => [...each.objects.map(({ object }) => object), ...foreignOf(each)]);
  const hidden = (key: ObjectKey): boolean => isOfKibana(key) && !kibana.given;
  const actual = await readObjects(
    types,
    keys.filter((key) => !hidden(key)),
  );
  const standing = lines
    .toReversed()
    .flatMap((each) => rowsOf(each, actual, types))
    .map((row): StatusRow => (hidden(row.object) ? { ...row, state: 'not looked at' } : row));
  const blind = standing.some(({ state }) => state === 'not looked at');
  const present = standing
    .filter(({ state }) => state !== 'missing' && state !== 'not looked at')
    .map(({ object }) => object);
  const seen = session.inputs.health === true ? await readHealth(types, present, tolerance) : new Map<string, Health>();
  const rows = standing.map((row): StatusRow => {
    const health = seen.get(keyText(row.object));
    return health === undefined ? row : { ...row, health };
  });
  const unfinished = unfinishedOf(deployments);
  const drift =
    unfinished !== undefined ||
    rows.some(({ state, health }) => state === 'missing' || state === 'changed by hand' || health?.state === 'ill');
  const unclear = !drift && (blind || rows.some(({ health }) => health?.state === 'unknown'));
  const left = unfinished === undefined ? [] : [`deployment ${unfinished.number} was left unfinished`];
  return {
    subjects: [],
    result: {
      target: name,
      objects: rows,
      ...(unfinished === undefined ? {} : { unfinished: unfinished.number }),
    },
    text: [
      `${name} · Elasticsearch ${elasticsearch.version}${kibana.text()}`,
      '',
      ...statusTable(rows),
      ...(seen.size > 0 ? ['', healthTally([...seen.values()])] : []),
      ...(blind ? ['what is in Kibana was not looked at: set KIBANA_URL, or pass --kibana-url'] : []),
      ...left,
    ],
    ...(drift ? { drift } : {}),
    ...(unclear ? { unclear: true as const } : {}),
  };
}
