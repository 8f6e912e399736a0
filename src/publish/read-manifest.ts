import { compareText } from '../domain/diagnostic.ts';
import { isArray, isObject, member, type Value } from '../domain/document.ts';
import type { KnownEntry, KnownRelease } from '../domain/history.ts';
import { type Space, spaces } from '../domain/reference.ts';
import { safe } from '../domain/safe.ts';
import { digestIn, parseJson, textIn } from './untrusted.ts';

/** An entry of a manifest. */
export interface ManifestEntry extends KnownEntry {
  /** Bytes. */
  readonly size?: number;
}

/** An asset of a manifest: a zip and what it holds. */
export interface ManifestAsset {
  readonly name: string;
  readonly sha256?: string;
  readonly entries: readonly ManifestEntry[];
  /** Version of our own additions; undefined in a manifest of the historic tool. */
  readonly schemaVersion?: number;
}

/** What a manifest says, of our own tool or of the historic one. */
export interface Manifest {
  readonly name: string;
  readonly kind?: string;
  readonly builtOn?: string;
  /** Source commit. */
  readonly commit?: string;
  readonly assets: readonly ManifestAsset[];
  readonly models: readonly string[];
  /** The models with the digests of their files, in a manifest of ours. */
  readonly modelFiles: readonly { readonly id: string; readonly sha256: string }[];
  /** Undefined in a manifest of the historic tool. */
  readonly definitions?: Readonly<Partial<Record<Space, readonly string[]>>>;
}

/** A manifest as far as it can be read, and why the rest cannot. */
export interface ManifestReading {
  readonly manifest?: Manifest;
  readonly reasons: readonly string[];
}

/** Far above the ceiling of a bundle's entries, far below what would fill the memory. */
const mostEntries = 100_000;
const longestName = 4096;

/**
 * Reads a manifest of ours or of the historic tool (elastic.md §3): any field may be missing or null, there may be
 * several assets. What cannot be used is left out and named; nothing throws.
 * @param name the release that it was found in
 */
export function readManifest(bytes: Uint8Array, name: string): ManifestReading {
  const value = parseJson(bytes);
  if (!isObject(value)) return { reasons: ['the manifest is not a JSON object'] };
  for (const key of ['name', 'tag_name']) {
    const said = member(value, key);
    if (typeof said === 'string' && said !== name) {
      return { reasons: [`the manifest says that it is that of \`${safe(said)}\``] };
    }
  }
  const listed = member(value, 'assets');
  if (listed !== undefined && listed !== null && !isObject(listed)) return { reasons: ['`assets` is not an object'] };
  const reasons: string[] = [];
  const records = Object.entries(listed ?? {});
  const assets = records.flatMap(([key, record]) => assetIn(key, record, reasons));
  if (assets.reduce((sum, { entries }) => sum + entries.length, 0) > mostEntries) {
    return { reasons: [`the manifest lists more than ${mostEntries} files`] };
  }
  const own = records
    .map(([, record]) => record)
    .find((record) => typeof member(record, 'schema_version') === 'number');
  const definitions = own === undefined ? undefined : definitionsIn(own, reasons);
  const [kind, builtOn] = [textIn(own, 'kind'), textIn(own, 'built_on')];
  const commit = textIn(member(own, 'source'), 'commit');
  const modelFiles = modelsIn(own);
  const manifest: Manifest = {
    name,
    assets,
    models: own === undefined ? historicModels(assets) : unique(modelFiles.map(({ id }) => id)),
    modelFiles,
    ...(kind === undefined ? {} : { kind }),
    ...(builtOn === undefined ? {} : { builtOn }),
    ...(commit === undefined ? {} : { commit }),
    ...(definitions === undefined ? {} : { definitions }),
  };
  return { manifest, reasons };
}

/** What a history keeps of a manifest. */
export function knownFromManifest(manifest: Manifest, manifestSha256: string): KnownRelease {
  const entries = manifest.assets.flatMap((asset) =>
    asset.entries.map(({ path, sha256, canonicalSha256 }) => ({
      path,
      sha256,
      ...(canonicalSha256 === undefined ? {} : { canonicalSha256 }),
    })),
  );
  return { name: manifest.name, manifestSha256, models: manifest.models, entries };
}

function assetIn(name: string, record: Value, reasons: string[]): ManifestAsset[] {
  if (!isObject(record)) {
    reasons.push(`asset \`${safe(name)}\` is not an object`);
    return [];
  }
  const listed = member(record, 'entries');
  if (listed !== undefined && listed !== null && !isObject(listed)) {
    reasons.push(`the entries of \`${safe(name)}\` are not an object`);
    return [];
  }
  const sha256 = digestIn(record, 'zipped_sha256');
  const version = member(record, 'schema_version');
  return [
    {
      name,
      entries: Object.entries(listed ?? {}).flatMap(([key, entry]) => entryIn(key, entry, reasons)),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(typeof version === 'number' ? { schemaVersion: version } : {}),
    },
  ];
}

function entryIn(key: string, record: Value, reasons: string[]): ManifestEntry[] {
  const path = textIn(record, 'path') ?? key;
  const sha256 = digestIn(record, 'sha256');
  if (sha256 === undefined || path === '' || path.length > longestName) {
    reasons.push(`file \`${safe(key)}\` has no ${sha256 === undefined ? 'sha256' : 'usable path'}`);
    return [];
  }
  const canonicalSha256 = digestIn(record, 'canonical_sha256');
  const size = member(record, 'size');
  return [
    {
      path,
      sha256,
      ...(canonicalSha256 === undefined ? {} : { canonicalSha256 }),
      ...(typeof size === 'number' ? { size } : {}),
    },
  ];
}

function definitionsIn(record: Value, reasons: string[]): Partial<Record<Space, readonly string[]>> {
  const found: Partial<Record<Space, readonly string[]>> = {};
  for (const space of spaces) {
    const ids = member(member(record, 'definitions'), space);
    if (ids === undefined) continue;
    if (isArray(ids) && ids.every((id) => typeof id === 'string')) found[space] = ids;
    else reasons.push(`the ids of ${space} are not a list of texts`);
  }
  return found;
}

function modelsIn(record: Value | undefined): { readonly id: string; readonly sha256: string }[] {
  const models = member(record, 'models');
  if (!isArray(models)) return [];
  return models.flatMap((model) => {
    const [id, sha256] = [textIn(model, 'id'), digestIn(model, 'sha256')];
    return id === undefined || sha256 === undefined ? [] : [{ id, sha256 }];
  });
}

/** As the historic tool finds them: the name of a model file without its last part (elastic.md §3.4). */
function historicModels(assets: readonly ManifestAsset[]): string[] {
  const files = assets.flatMap(({ entries }) => entries.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)));
  return unique(files.filter((file) => /._model\.json$/.test(file)).map((file) => file.replace(/_model\.json$/, '')));
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort(compareText);
}
