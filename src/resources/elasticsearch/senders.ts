import { isArray, member, type Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import type { TargetClient } from '../http/client.ts';
import { sharedLook } from '../http/shared-look.ts';
import { membersOf } from './users.ts';

/**
 * What sends every document through a pipeline, as its default or final one, in words for a person: indices, those
 * behind data streams too, and the templates of all three sorts from which indices are made.
 * @throws Failure the client's
 */
export async function sendersThrough(client: TargetClient, id: string): Promise<string[]> {
  const get = async (...path: readonly string[]): Promise<Value | undefined> => {
    // An index behind a data stream is hidden, and one that is closed may be opened again.
    const query = path[0] === '_all' ? { expand_wildcards: 'all' } : {};
    return (await sharedLook(client, { method: 'GET', path, query }, [404])).value;
  };
  const [indices, templates, components, legacy] = await Promise.all([
    get('_all', '_settings'),
    get('_index_template'),
    get('_component_template'),
    get('_template'),
  ]);
  return [
    ...membersOf(indices).flatMap(([name, index]) => named('index', name, member(index, 'settings'), id)),
    ...each(templates, 'index_templates').flatMap((row) => {
      return named('index template', member(row, 'name'), inside(member(row, 'index_template')), id);
    }),
    ...each(components, 'component_templates').flatMap((row) => {
      return named('component template', member(row, 'name'), inside(member(row, 'component_template')), id);
    }),
    ...membersOf(legacy).flatMap(([name, body]) => named('legacy template', name, member(body, 'settings'), id)),
  ];
}

function each(value: Value | undefined, key: string): readonly Value[] {
  const rows = member(value, key);
  return isArray(rows) ? rows : [];
}

function inside(body: Value | undefined): Value | undefined {
  return member(member(body, 'template'), 'settings');
}

function named(sort: string, name: Value | undefined, settings: Value | undefined, id: string): string[] {
  return typeof name === 'string' && sendsThrough(settings, id) ? [`${sort} ${safe(name)}`] : [];
}

function sendsThrough(settings: Value | undefined, id: string): boolean {
  const index = member(settings, 'index');
  return ['default_pipeline', 'final_pipeline'].some((key) => member(index, key) === id);
}
