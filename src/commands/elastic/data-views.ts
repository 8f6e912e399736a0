import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { findDataViews, type KnownView, refreshDataView } from '../../resources/kibana/data-view.ts';
import type { KibanaAccess } from './kibana.ts';

/** A data view whose fields were looked up anew. */
export interface RefreshedView extends KnownView {
  /** Of the fields that a release adds, those that it has now, and those that it has not. */
  readonly has: readonly string[];
  readonly lacks: readonly string[];
}

/**
 * The data views that are to be refreshed behind a deployment: looked for before anything is changed.
 * @throws Failure `target-invalid` where it is not said where Kibana is; see `findDataViews`
 */
export async function namedViews(kibana: KibanaAccess, names: readonly string[]): Promise<readonly KnownView[]> {
  if (names.length === 0) return [];
  if (!kibana.given) {
    throw new Failure('target-invalid', 'It is not said where Kibana is, which has the data views.', {
      help: 'Set KIBANA_URL or pass --kibana-url.',
    });
  }
  return await findDataViews(await kibana.open(), names);
}

/**
 * Refreshes them. @param fields that a release adds to documents
 * @throws Failure `refresh-failed`: what was deployed stays
 */
export async function refreshViews(
  kibana: KibanaAccess,
  views: readonly KnownView[],
  fields: readonly string[],
): Promise<RefreshedView[]> {
  const refreshed: RefreshedView[] = [];
  for (const view of views) {
    try {
      const { client } = await kibana.open();
      const now = await refreshDataView(client, view);
      const has = fields.filter((field) => now.has(field));
      refreshed.push({ ...view, has, lacks: fields.filter((field) => !now.has(field)) });
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause;
      const message = `The release is there, and the data view \`${safe(view.title)}\` is not refreshed: ${cause.message}`;
      throw new Failure('refresh-failed', message, { cause });
    }
  }
  return refreshed;
}

/** The same for people. */
export function refreshedLines(views: readonly RefreshedView[]): string[] {
  return views.map(({ title, has, lacks }) => {
    const missing = lacks.length === 0 ? '' : `; not in its indices yet: ${lacks.join(', ')}`;
    const found = has.length === 0 ? '' : `, it has ${has.join(', ')}`;
    return `  > data view  ${safe(title)}  fields looked up anew${found}${missing}`;
  });
}
