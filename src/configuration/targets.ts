import { isArray, isObject, member, type Value } from '../domain/document.ts';
import { nameDefects, parseReleaseName } from '../domain/tag.ts';

/** A target of the configuration: what it says in place of flags, by their names. Secrets are none of it. */
export interface TargetSettings {
  readonly name: string;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Releases that it is to hold, at most one a family: `NAME` or `NAME@sha256:<digest of its manifest>`. */
  readonly releases: readonly string[];
}

/** Why a target is not as it should be. */
interface TargetDefect {
  /** Pointer into the file. */
  readonly pointer: string;
  readonly message: string;
  readonly help?: string;
}

/** Reads the `[targets.<name>]` tables of a configuration that is as its schema says. */
export function readTargets(configuration: Value): {
  readonly targets: readonly TargetSettings[];
  readonly defects: readonly TargetDefect[];
} {
  const tables = member(configuration, 'targets');
  const targets: TargetSettings[] = [];
  const defects: TargetDefect[] = [];
  for (const [name, table] of Object.entries(isObject(tables) ? tables : {})) {
    const { release, ...settings } = isObject(table) ? table : {};
    const values = Object.fromEntries(Object.entries(settings).flatMap(([key, value]) => textsOf(key, value)));
    const releases = isArray(release) ? release : release === undefined ? [] : [release];
    const names = releases.filter((each) => typeof each === 'string');
    for (const [index, each] of names.entries()) {
      const place = isArray(release) ? `/targets/${name}/release/${index}` : `/targets/${name}/release`;
      const defect = releaseDefect(each, names.slice(0, index));
      if (defect !== undefined) defects.push({ pointer: place, ...defect });
    }
    for (const key of ['elasticsearch-url', 'kibana-url'] as const) {
      const defect = addressDefect(values[key]);
      if (defect !== undefined) defects.push({ pointer: `/targets/${name}/${key}`, ...defect });
    }
    if (values['elasticsearch-url'] !== undefined && values['cloud-id'] !== undefined) {
      const message = 'Address and cloud id are both given, and may be two clusters.';
      defects.push({ pointer: `/targets/${name}/cloud-id`, message, help: 'Keep one of them.' });
    }
    targets.push({ name, values, releases: names });
  }
  return { targets, defects };
}

function textsOf(key: string, value: Value): [string, string | readonly string[]][] {
  if (typeof value === 'string') return [[key, value]];
  return isArray(value) ? [[key, value.filter((each) => typeof each === 'string')]] : [];
}

function releaseDefect(text: string, before: readonly string[]): Omit<TargetDefect, 'pointer'> | undefined {
  const [, name = ''] = /^([^@]*)(?:@sha256:[0-9a-fA-F]{64})?$/.exec(text) ?? [];
  const parsed = parseReleaseName(name);
  if (typeof parsed === 'string') {
    const why = name === '' ? 'it is not NAME or NAME@sha256:<64 hexadecimal digits>' : nameDefects[parsed];
    return { message: `\`${text}\` names no release: ${why}.` };
  }
  if (before.some((each) => familyOf(each) === parsed.family)) {
    return { message: `A target holds one release of a family, and \`${parsed.family}\` has one above.` };
  }
  return undefined;
}

/** Family of a pinned release; undefined where its name is none. */
export function familyOf(text: string): string | undefined {
  const parsed = parseReleaseName(text.split('@')[0] ?? '');
  return typeof parsed === 'string' ? undefined : parsed.family;
}

function addressDefect(address: string | readonly string[] | undefined): Omit<TargetDefect, 'pointer'> | undefined {
  if (typeof address !== 'string') return undefined;
  if (!URL.canParse(address)) return { message: 'The address is no URL.' };
  // Shown to nobody: it may be the password itself that stands there.
  if (new URL(address).password === '' && new URL(address).username === '') return undefined;
  return {
    message: 'There is a user or a password in the address, where everybody can read it.',
    help: 'Set ELASTIC_API_KEY in the environment instead, or ELASTIC_USERNAME and ELASTIC_PASSWORD.',
  };
}
