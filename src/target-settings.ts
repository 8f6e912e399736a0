import { nearest } from './checks/near.ts';
import { type Configuration, configurationFile } from './configuration/configuration.ts';
import { familyOf, type TargetSettings } from './configuration/targets.ts';
import type { Kind } from './domain/kind.ts';
import { safe } from './domain/safe.ts';
import { Failure } from './errors.ts';
import type { Host } from './host.ts';
import { type Inputs, isInputName, reads } from './inputs.ts';
import { deploying } from './target-inputs.ts';

type Environment = Host['env'];

const addresses = ['ELASTICSEARCH_URL', 'ELASTIC_CLOUD_ID', 'KIBANA_URL'] as const;
const credentials = [
  'ELASTIC_API_KEY',
  'ELASTIC_USERNAME',
  'ELASTIC_PASSWORD',
  'ELASTIC_CA_FILE',
  'ELASTIC_FINGERPRINT',
] as const;

/** What a run on a named target goes by. */
interface TargetRun {
  readonly inputs: Inputs;
  readonly env: Environment;
}

/** The target that a flag names. @throws Failure `usage` where the configuration has none of that name */
export function targetNamed({ file, targets }: Configuration, name: string): TargetSettings {
  const target = targets.find((each) => each.name === name);
  if (target !== undefined) return target;
  const near = nearest(
    name,
    targets.map((each) => each.name),
  );
  const known = targets.map((each) => each.name).join(', ');
  const help = near === undefined ? `Targets: ${known || 'none'}.` : `Did you mean \`${near}\`?`;
  throw new Failure('usage', `There is no target \`${safe(name)}\` in ${file ?? configurationFile}.`, { help });
}

/**
 * What the settings of a target make of a run: flags go before the settings, and the settings before the environment.
 * @param alone whether the run is on this target only: then credentials without its name are meant for it
 * @throws Failure `usage` where it cannot be told which of its releases is meant
 */
export function onTarget(
  target: TargetSettings,
  inputs: Inputs,
  { env, kinds, alone }: { readonly env: Environment; readonly kinds: readonly Kind[]; readonly alone: boolean },
): TargetRun {
  const moved = inputs['elasticsearch-url'] !== undefined || inputs['cloud-id'] !== undefined;
  const given = new Map(Object.entries(inputs));
  const values = Object.entries(target.values).filter(([name]) => {
    // A flag that says where Elasticsearch is means another cluster, with a Kibana of its own.
    if (moved && ['elasticsearch-url', 'cloud-id', 'kibana-url'].includes(name)) return false;
    return isInputName(name) && !given.has(name) && reads(inputs.command, name);
  });
  const settled: Inputs = { ...Object.fromEntries(values), ...releaseOf(target, inputs, kinds), ...inputs };
  const addressed = settled['elasticsearch-url'] !== undefined || settled['cloud-id'] !== undefined;
  return { inputs: settled, env: environmentOf(target.name, env, { addressed, alone }) };
}

/**
 * The environment as a target sees it. A variable with its name in capitals at the end (`ELASTIC_API_KEY_STAGING`) goes
 * before the plain one; where any credential is given so, none is taken from the plain ones: half of one target's and
 * half of another's is nobody's.
 */
function environmentOf(
  name: string,
  env: Environment,
  { addressed, alone }: { readonly addressed: boolean; readonly alone: boolean },
): Environment {
  const suffix = name.toUpperCase().replaceAll('-', '_');
  const own = (variable: string): string | undefined => env[`${variable}_${suffix}`] || undefined;
  const apart = credentials.some((variable) => own(variable) !== undefined);
  const seen: Record<string, string | undefined> = { ...env };
  for (const variable of credentials) seen[variable] = own(variable) ?? (apart || !alone ? undefined : env[variable]);
  const located = addressed || addresses.some((variable) => own(variable) !== undefined);
  for (const variable of addresses) seen[variable] = own(variable) ?? (located || !alone ? undefined : env[variable]);
  return seen;
}

/** The release that is pinned for a target, where a command that deploys names none. @throws Failure `usage` */
function releaseOf(
  { name, releases }: TargetSettings,
  inputs: Inputs,
  kinds: readonly Kind[],
): Pick<Inputs, 'release'> {
  const wanted = deploying.some((command) => command === inputs.command);
  if (!wanted || inputs.release !== undefined || inputs.directory !== undefined || inputs.repair === true) return {};
  const kind = kinds.find(({ id, family }) => id === inputs.kind || family === inputs.kind);
  const meant = releases.filter((each) => inputs.kind === undefined || familyOf(each) === kind?.family);
  const [release] = meant;
  if (release !== undefined && meant.length === 1) return { release };
  if (releases.length === 0) return {};
  const held = releases.map((each) => `\`${each}\``).join(' and ');
  throw new Failure('usage', `Target \`${name}\` is to hold ${held}.`, {
    help: 'Name the one that is meant: as an argument, or by --kind.',
  });
}
