import { stemOf } from '../../deploy/desired.ts';
import { jobTypes } from '../../deploy/desired-jobs.ts';
import { isObject, type ObjectValue, type Value } from '../../domain/document.ts';
import type { Kind, Role } from '../../domain/kind.ts';
import type { Reference } from '../../domain/reference.ts';
import { render } from '../../domain/render.ts';
import { keyText, type ObjectKey, type ResourceTypeId } from '../../domain/resource.ts';
import { rulePlace } from '../../domain/rule-key.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { formats } from '../../formats/formats.ts';
import { captureOf, fileName } from '../../kinds/file-name.ts';
import { peoples } from '../../resources/kibana/rule-shape.ts';
import type { Found } from './collect.ts';

/** A file of the new bundle. */
export interface PulledFile {
  readonly key: ObjectKey;
  readonly path: string;
  /** What it holds; a model has no definition yet. */
  readonly value: Value;
}

/** Types whose ids may carry the version that an update gave them. */
const versioned: readonly ResourceTypeId[] = ['script', 'pipeline'];

/** The id that an object of a target has in a bundle: without the prefix of its line, and without a version. */
function plainId({ type, id: key }: ObjectKey, prefix: string): string {
  const id = type === 'rule' ? rulePlace(key).ruleId : key;
  const bare = id.startsWith(prefix) ? id.slice(prefix.length) : id;
  return versioned.includes(type) ? stemOf(bare) : bare;
}

/** The place of an object in a kind; undefined where there is none. */
export function placeOf(kind: Kind, key: ObjectKey, prefix: string, shared: string) {
  return fileName(kind, key.type, plainId(key, prefix), shared);
}

/** The objects that one uses, as far as the kind could hold them. @param types that the target has */
export function usesOf({ key, body }: Found, kind: Kind, types: readonly ResourceTypeId[]): ObjectKey[] {
  const role = roleFor(kind, key);
  if (role === undefined) return [];
  const holdable = new Set(
    kind.roles.flatMap(({ defines = [], format }) => [
      ...defines.map(({ space }) => space),
      ...formats[format].defines,
    ]),
  );
  return references(role, documentOf(key, key.id, body)).flatMap(({ space, id }): ObjectKey[] => {
    const type = types.find((each) => each === space);
    return type === undefined || !holdable.has(space) ? [] : [{ type, id }];
  });
}

/**
 * The files of a bundle: every id as the bundle has it, in names and in references.
 * @throws Failure `pull-refused` where the kind has no place for one of the objects, or one place for two
 */
export function filesOf(kind: Kind, found: readonly Found[], prefix: string): PulledFile[] {
  const shared = found.flatMap(({ key }) => captureOf(kind, key.type, plainId(key, prefix)) ?? [])[0];
  if (shared === undefined && kind.sharedCapture === true) {
    throw refused(`none of them holds what the names of all files of \`${kind.id}\` begin with (a model's id)`);
  }
  const files = found.map(({ key, body }): PulledFile => {
    const place = placeOf(kind, key, prefix, shared ?? '');
    if (place === undefined) throw refused(`\`${safe(keyText(key))}\` has no place in it${expected(kind, key)}`);
    const document = documentOf(key, plainId(key, prefix), body);
    const texts = new Map(
      references(place.role, document).flatMap(({ space, id, at }) => {
        const target = found.find((other) => other.key.type === space && other.key.id === id);
        return target === undefined || at.pointer === undefined ? [] : [[at.pointer, plainId(target.key, prefix)]];
      }),
    );
    return { key, path: place.path, value: render(document, texts) };
  });
  for (const [index, { key, path }] of files.entries()) {
    const twin = files.slice(0, index).find((other) => other.path === path);
    if (twin !== undefined) {
      throw refused(`\`${safe(keyText(twin.key))}\` and \`${safe(keyText(key))}\` would both be \`${path}\``);
    }
  }
  return files;
}

function roleFor(kind: Kind, key: ObjectKey): Role | undefined {
  const isJob = [...jobTypes.values()].includes(key.type);
  return kind.roles.find(({ defines = [], format }) => {
    if (key.type === 'rule') return format === 'elastic-rule';
    return defines.some(({ space }) => space === key.type) || (isJob && format === 'elastic-job');
  });
}

function references(role: Role, document: Value): Reference[] {
  const found = formats[role.format].references?.(document, '') ?? [];
  return found.filter((reference) => reference.role === 'uses');
}

/** What a file of an object holds: jobs stand in a wrapper, and a model says its id. */
function documentOf({ type }: ObjectKey, id: string, body: Value): Value {
  const word = [...jobTypes].find(([, each]) => each === type)?.[0];
  if (word !== undefined) return { name: id, type: word, body };
  if (type === 'rule' && isObject(body)) return ruleDocument(body, id);
  return type === 'model' && isObject(body) ? { model_id: id, ...body } : body;
}

/** A rule as its author writes it: whether it runs, what it does and what it leaves out are those who run it to say. */
function ruleDocument(body: ObjectValue, id: string): Value {
  const own = Object.entries(body).filter(([key, value]) => !theirs.includes(key) && value !== null);
  return { metadata: { maturity: 'experimental' }, rule: { ...Object.fromEntries(own), rule_id: id } };
}

const theirs = [...peoples, 'immutable', 'version', 'meta'];

function expected(kind: Kind, { type }: ObjectKey): string {
  const ids = kind.roles.flatMap(({ defines = [] }) =>
    defines.flatMap(({ space, id }) => (space === type ? [`\`${id}\``] : [])),
  );
  return ids.length === 0 ? '' : `: an id of this type there is ${ids.join(' or ')}`;
}

function refused(why: string): Failure {
  return new Failure('pull-refused', `The objects make no such bundle: ${why}.`);
}
