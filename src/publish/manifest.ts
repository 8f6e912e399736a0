import type { Bundle, Entry } from '../domain/bundle.ts';
import { compareText } from '../domain/diagnostic.ts';
import { isArray, isObject, type Value } from '../domain/document.ts';
import type { FormatId } from '../domain/kind.ts';
import type { PlannedAsset } from '../domain/plan.ts';
import type { Fact } from '../domain/report.ts';
import { holdsObject, objectBody, objectDigest } from '../formats/object-body.ts';
import type { AssetContent } from '../stores/store.ts';
import { manifestName, memoryAsset } from './asset.ts';
import { definitionsOf, formatOf, modelsOf } from './content.ts';

/** Who makes a release, when and from what; injected, so that equal input gives equal bytes. */
export interface Provenance {
  readonly now: Date;
  readonly tool: { readonly name: string; readonly version: string };
  /** Source commit, where it is known. */
  readonly commit?: string;
  /** Login of whoever publishes, where it is known. */
  readonly author?: string;
  /** The release of another family that this one rests on. */
  readonly builtOn?: string;
  /** What evaluating its model gave: golden predictions, labelled sets. */
  readonly facts?: readonly Fact[];
  /** Addresses that are known before anything is uploaded. */
  readonly links?: ManifestLinks;
}

/** The manifest's addresses; those that a store gives only after the upload stay empty. */
interface ManifestLinks {
  readonly html: string;
  /** Address of the zip. */
  readonly zip: string;
}

/** What the zip turned out to be. */
export interface PackedZip extends PlannedAsset {
  /** Bytes that each entry takes in it, by path. */
  readonly compressedSizes: ReadonlyMap<string, number>;
}

/**
 * The manifest of a release: the twelve top-level fields of the historic tool (elastic.md §3.2), so that its reader
 * loads it; what is new stands inside the asset and its entries. It is made from local bytes alone: `id` is 0, and
 * addresses are empty where only the store knows them after the upload (`relative_url` is then the zip's name,
 * which stands beside the manifest). Keys are sorted, times are UTC.
 */
export function manifestAsset(
  bundle: Bundle,
  name: string,
  zip: PackedZip,
  notes: string,
  provenance: Provenance,
): AssetContent {
  const { links } = provenance;
  const moment = utc(provenance.now);
  const manifest = {
    assets: Object.fromEntries([[zip.name, zipRecord(bundle, zip, provenance)]]),
    assets_url: '',
    author: provenance.author ?? '',
    created_at: moment,
    description: notes,
    html_url: links?.html ?? '',
    id: 0,
    name,
    published_at: moment,
    tag_name: name,
    url: '',
    zipball_url: '',
  };
  return memoryAsset(manifestName(name), Buffer.from(`${JSON.stringify(sorted(manifest), null, 2)}\n`));
}

function zipRecord(bundle: Bundle, zip: PackedZip, provenance: Provenance): Value {
  const { now, tool, commit, builtOn, links, facts = [] } = provenance;
  const told = facts.map(({ section, data }): [string, Value] => [section, JSON.parse(JSON.stringify(data))]);
  const keys = entryKeys(bundle.entries);
  const records = bundle.entries.map((entry) => [keys.get(entry) ?? entry.path, entryRecord(bundle, entry, zip, now)]);
  return {
    bundle_sha256: bundle.sha256,
    ...(builtOn === undefined ? {} : { built_on: builtOn }),
    created_at: utc(now),
    definitions: { ...definitionsOf(bundle) },
    description: zip.name,
    entries: Object.fromEntries(records),
    ...(told.length === 0 ? {} : { facts: Object.fromEntries(told) }),
    ...(bundle.kind === undefined ? {} : { kind: bundle.kind.id }),
    models: modelsOf(bundle).map(({ id, file, sha256 }) => ({ id, file, sha256 })),
    relative_url: links?.zip ?? zip.name,
    schema_version: 1,
    size: zip.size,
    source: commit === undefined ? {} : { commit },
    tool: { name: tool.name, version: tool.version },
    zipped_sha256: zip.sha256,
  };
}

function digestOfObject(format: FormatId, { document, openedDefinition }: Entry): string | undefined {
  if (document === undefined || !holdsObject(format)) return undefined;
  const body = objectBody(format, document.value, openedDefinition);
  return body === undefined ? undefined : objectDigest(format, body);
}

function entryRecord(bundle: Bundle, entry: Entry, zip: PackedZip, now: Date): Value {
  const format = formatOf(bundle, entry);
  const object = format === undefined ? undefined : digestOfObject(format, entry);
  return {
    ...(entry.canonicalSha256 === undefined ? {} : { canonical_sha256: entry.canonicalSha256() }),
    compress_size: zip.compressedSizes.get(entry.path) ?? 0,
    created_at: utc(now),
    name: baseName(entry.path),
    ...(object === undefined ? {} : { object_sha256: object }),
    path: entry.path,
    ...(entry.role === undefined ? {} : { role: entry.role }),
    sha256: entry.sha256,
    size: entry.size,
  };
}

/**
 * The historic reader finds entries by base name. An entry whose base name another one has too is keyed by its path,
 * which has a `/` in it or is the base name itself, so that no two keys are equal.
 */
function entryKeys(entries: readonly Entry[]): Map<Entry, string> {
  const counts = new Map<string, number>();
  for (const { path } of entries) counts.set(baseName(path), (counts.get(baseName(path)) ?? 0) + 1);
  return new Map(
    entries.map((entry) => [entry, counts.get(baseName(entry.path)) === 1 ? baseName(entry.path) : entry.path]),
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `YYYY-MM-DDTHH:MM:SSZ`, as the historic tool writes times. */
function utc(moment: Date): string {
  return moment.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function sorted(value: Value): Value {
  if (isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const members = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(members.map(([key, inner]) => [key, sorted(inner)]));
}
