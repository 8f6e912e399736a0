import { standingDeployments } from '../../deploy/ownership.ts';
import { readObjects } from '../../deploy/target-state.ts';
import { unfinishedOf } from '../../deploy/unfinished.ts';
import type { Deployment } from '../../domain/deployment.ts';
import type { Health } from '../../domain/health.ts';
import { keyText, type ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { kindById, type Session } from '../../session.ts';
import { pinned } from './content.ts';
import { readHealth, toleranceOf } from './health.ts';
import type { KibanaAccess } from './kibana.ts';
import { isElsewhere } from './same-kibana.ts';
import { foreignOf, rowsOf } from './status-rows.ts';
import type { StatusRow } from './status-table.ts';
import { openTarget } from './target.ts';
import { isOfKibana, targetTypes } from './target-types.ts';

/** How one target stands. */
export interface TargetView {
  /** Its name in the configuration, where it has one. */
  readonly target?: string;
  /** Its address without user information. */
  readonly address: string;
  /** `Elasticsearch 8.17.2, Kibana 8.17.2`. */
  readonly server: string;
  readonly rows: readonly StatusRow[];
  readonly health: readonly Health[];
  /** What should be known besides; sentences without a full stop, safe to print. */
  readonly remarks: readonly string[];
  /** Number of a deployment that was left unfinished. */
  readonly unfinished?: number;
  /** Whether it is not as it was left, or ill. */
  readonly drift: boolean;
  /** Whether something could not be seen. */
  readonly unclear: boolean;
}

/** Looks at the target of a session, and changes nothing. @throws Failure `usage`, those of `openTarget`, the client's */
export async function lookAt(session: Session): Promise<TargetView> {
  const tolerance = toleranceOf(session);
  const { elasticsearch, kibana, journal, name } = await openTarget(session);
  const deployments = await journal.list();
  const prefix = session.inputs['id-prefix'];
  const family = session.inputs.kind === undefined ? undefined : kindById(session, session.inputs.kind).family;
  const lines = standingDeployments(deployments).filter((each) => {
    return (prefix ?? each.prefix) === each.prefix && (family ?? each.family) === each.family;
  });
  const elsewhere = lines.find((each) => isElsewhere(each, kibana));
  const shut =
    elsewhere === undefined
      ? await shutKibana(kibana)
      : `it stands in the one at ${safe(elsewhere.kibana ?? '', 1000)}`;
  const types = targetTypes({ elasticsearch, kibana });
  const keys = lines.flatMap((each) => [...each.objects.map(({ object }) => object), ...foreignOf(each)]);
  const hidden = (key: ObjectKey): boolean => isOfKibana(key) && shut !== undefined;
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
  const strayed = pinnedElsewise(session, standingDeployments(deployments));
  const drift =
    unfinished !== undefined ||
    strayed.length > 0 ||
    rows.some(({ state, health }) => state === 'missing' || state === 'changed by hand' || health?.state === 'ill');
  return {
    ...(session.target === undefined ? {} : { target: session.target }),
    address: name,
    server: `${elasticsearch.title}${kibana.text()}`,
    rows,
    health: [...seen.values()],
    remarks: [
      ...(shut !== undefined && (blind || kibana.given) ? [`what is in Kibana was not looked at: ${shut}`] : []),
      ...(unfinished === undefined ? [] : [`deployment ${unfinished.number} was left unfinished`]),
      ...strayed,
    ],
    ...(unfinished === undefined ? {} : { unfinished: unfinished.number }),
    drift,
    unclear: blind || (shut !== undefined && kibana.given) || rows.some(({ health }) => health?.state === 'unknown'),
  };
}

/** Why Kibana cannot be looked into, and what helps; undefined where it can: Elasticsearch is told of in any case. */
async function shutKibana(kibana: KibanaAccess): Promise<string | undefined> {
  if (!kibana.given) return 'set KIBANA_URL, or pass --kibana-url';
  try {
    await kibana.open();
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'internal') throw error;
    return safe(`${error.message} ${error.help}`, 1000);
  }
}

/** Releases that the configuration pins for the target and that are not the ones there: by name, and by digest. */
function pinnedElsewise({ configuration, target }: Session, standing: readonly Deployment[]): string[] {
  const releases = configuration.targets.find(({ name }) => name === target)?.releases ?? [];
  return releases.flatMap((each) => {
    const { name, digest } = pinned(each);
    const there = standing.filter(({ release }) => release === name);
    if (there.length === 0) return [`\`${safe(name)}\` is pinned for it, and not there`];
    if (digest === undefined || there.some((one) => one.digest === digest)) return [];
    return [`\`${safe(name)}\` is pinned for it with another digest than the one that is there`];
  });
}
