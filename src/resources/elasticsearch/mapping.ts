import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { member, type Value } from '../../domain/document.ts';
import type { ActualObject } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { elementTexts, memberTexts, objectText } from '../../formats/json/pieces.ts';
import type { ResourceType } from '../resource.ts';
import { templateTimes } from './component-template.ts';
import type { Elasticsearch, Mark } from './elasticsearch.ts';
import { fieldText, withField, withoutField } from './mapped-field.ts';
import { markKey } from './mark.ts';
import { atFile } from './refused.ts';

/** A field in a component template. */
interface FieldPlace {
  readonly template: string;
  readonly field: string;
}

/** Parts of a component template by name, as the server writes them. */
type Template = ReadonlyMap<string, string>;

const address = (id: string): string[] => ['_component_template', id];

/** Id of a mapping, as plan and journal have it. */
export function mappingId({ template, field }: FieldPlace): string {
  return `${template}/${field}`;
}

/** Object digest of the mapping of a field. */
export function mappingDigest(body: Value): string {
  const definition = canonicalJson(member(body, 'field') ?? null);
  return createHash('sha256').update(definition).digest('hex');
}

/**
 * Fields that we map in component templates of others (`…@custom`, which the index templates of Elastic Agent look for).
 * The object is the definition of one field; all else in the template stays as its text is. A template is made where
 * there is none, says in `_meta` that it is ours, and goes with the last of our fields when nothing else is in it.
 */
export function mappings({ client }: Elasticsearch, mark: Mark): ResourceType {
  const readTemplate = async (id: string): Promise<Template | undefined> => {
    const { status, text } = await client.send({ method: 'GET', path: address(id) }, [404]);
    if (status === 404) return undefined;
    const rows = elementTexts(memberTexts(text).get('component_templates') ?? '[]').map(memberTexts);
    const row = rows.find((each) => JSON.parse(each.get('name') ?? 'null') === id);
    const found = row?.get('component_template');
    if (found === undefined) return undefined;
    return new Map([...memberTexts(found)].filter(([key]) => !templateTimes.includes(key)));
  };
  const put = async (id: string, template: Template): Promise<void> => {
    await client.send({ method: 'PUT', path: address(id), body: objectText(template) });
  };
  const insert = async (id: string, body: Value): Promise<void> => {
    const { template, field } = required(id);
    const [saved, text] = [member(body, 'mark'), member(body, 'text')];
    const signature = typeof saved === 'string' ? saved : JSON.stringify({ [markKey]: mark });
    const found = (await readTemplate(template)) ?? new Map([['_meta', signature]]);
    const definition = typeof text === 'string' ? text : JSON.stringify(member(body, 'field') ?? {});
    await put(template, withMapping(found, withField(mappingOf(found), field.split('.'), definition)));
  };
  return {
    type: 'mapping',
    async read(id): Promise<ActualObject | undefined> {
      const place = placeOf(id);
      const template = place === undefined ? undefined : await readTemplate(place.template);
      if (place === undefined || template === undefined) return undefined;
      const text = fieldText(mappingOf(template), place.field.split('.'));
      if (text === undefined) return undefined;
      // Beside the definition, and outside the digest, what puts it back exactly.
      const own = isOurs(template) ? { mark: template.get('_meta') ?? '' } : {};
      const body: Value = { field: JSON.parse(text), text, ...own };
      return { body, digest: mappingDigest(body) };
    },
    equal: (desired, actual) => desired.digest === actual.digest,
    differing: () => ['field'],
    change: () => 'update',
    create: (desired) => atFile(desired, () => insert(desired.id, desired.body)),
    update: (desired) => atFile(desired, () => insert(desired.id, desired.body)),
    async remove({ id }) {
      const { template: name, field } = required(id);
      const template = await readTemplate(name);
      if (template === undefined || fieldText(mappingOf(template), field.split('.')) === undefined) return;
      const left = withMapping(template, withoutField(mappingOf(template), field.split('.')));
      if (!isOurs(left) || left.size > 2 || left.get('template') !== '{}') return await put(name, left);
      // A server refuses to take away one that an index template names by now: it stays, empty.
      const { status } = await client.send({ method: 'DELETE', path: address(name) }, [404, 400]);
      if (status === 400) await put(name, new Map([['template', '{}']]));
    },
    restore: ({ id }, before) => insert(id, before),
  };
}

function placeOf(id: string): FieldPlace | undefined {
  const slash = id.indexOf('/');
  if (slash < 1 || slash === id.length - 1) return undefined;
  return { template: id.slice(0, slash), field: id.slice(slash + 1) };
}

function required(id: string): FieldPlace {
  const place = placeOf(id);
  if (place !== undefined) return place;
  throw new Failure('internal', `\`${safe(id)}\` names no field of a template.`);
}

function mappingOf(template: Template): string {
  return memberTexts(template.get('template') ?? '{}').get('mappings') ?? '{}';
}

function withMapping(template: Template, mapping: string): Template {
  const parts = memberTexts(template.get('template') ?? '{}');
  if (mapping === '{}') parts.delete('mappings');
  else parts.set('mappings', mapping);
  return new Map([...template, ['template', objectText(parts)]]);
}

/** Whether nothing but our mark says whose it is. */
function isOurs(template: Template): boolean {
  const keys = [...memberTexts(template.get('_meta') ?? '{}').keys()];
  return keys.length === 1 && keys[0] === markKey;
}
