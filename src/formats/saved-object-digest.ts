import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Value } from '../domain/document.ts';

/** Members of a saved object that say which migrations it has seen: they change with every server. */
export const migrationVersions = ['coreMigrationVersion', 'migrationVersion', 'typeMigrationVersion'];

/** Object digest of a saved object: of its attributes and references. */
export function savedObjectDigest(body: Value): string {
  return createHash('sha256')
    .update(canonicalJson(body, new Set(migrationVersions)))
    .digest('hex');
}
