import type { Entry } from '../../domain/bundle.ts';
import type { Finding } from '../../domain/diagnostic.ts';
import { member } from '../../domain/document.ts';
import type { Limits } from '../../domain/limits.ts';
import type { Assignment } from '../../kinds/assign.ts';
import { type Format, formats } from '../formats.ts';
import { isLabels } from '../label-name.ts';
import type { RawFile } from './raw-file.ts';

interface EntryReading {
  readonly entry: Entry;
  readonly findings: readonly Finding[];
}

/** Gives a file its role and, where the role's format is a document, reads it. */
export async function readEntry(file: RawFile, roles: readonly Assignment[], limits: Limits): Promise<EntryReading> {
  const plain = { path: file.path, size: file.size, sha256: file.sha256 };
  const [assigned, ...more] = roles;
  if (assigned === undefined) return { entry: plain, findings: [] };
  if (more.length > 0) return { entry: { ...plain, ambiguous: roles.map(({ role }) => role.id) }, findings: [] };
  const format = formats[assigned.role.format];
  const entry = { ...plain, role: assigned.role.id, capture: assigned.capture };
  if (file.bytes === undefined || format.syntax === 'none') return { entry, findings: [] };
  return readDocument(entry, file.bytes, format, limits);
}

/** Reads a file below `_dev/` whose bytes were kept: a test document, or a labelled set. */
export async function readDevFile({ path, size, sha256, bytes }: RawFile, limits: Limits): Promise<EntryReading> {
  const entry = { path, size, sha256 };
  if (bytes === undefined) return { entry, findings: [] };
  return readDocument(entry, bytes, isLabels(path) ? formats.text : formats.json, limits);
}

async function readDocument(entry: Entry, bytes: Buffer, format: Format, limits: Limits): Promise<EntryReading> {
  if (format.syntax === 'toml') {
    const { readToml } = await import('../toml/read.ts');
    const { document, findings, line } = await readToml(bytes, entry.path, limits);
    return finish(withScripts({ ...entry, line }, document, format), document, findings);
  }
  if (format.syntax === 'text') {
    const { createLines, decodeText } = await import('../text.ts');
    const { text, finding } = decodeText(bytes, entry.path, 'text-encoding');
    if (finding !== undefined) return { entry: { ...entry, unreadable: finding.check }, findings: [finding] };
    return { entry: { ...entry, line: createLines(text).line }, findings: [] };
  }
  if (format.syntax === 'ndjson') {
    const { readNdjson } = await import('../json/ndjson.ts');
    const { document, findings, line } = await readNdjson(bytes, entry.path, { depth: limits.jsonDepth });
    return finish(withScripts({ ...entry, line }, document, format), document, findings);
  }
  const { readJson } = await import('../json/read.ts');
  const depth = format.model === true ? limits.modelDepth : limits.jsonDepth;
  const { document, findings, line, text } = await readJson(bytes, entry.path, { depth });
  const located = withScripts({ ...entry, line }, document, format);
  if (format.model !== true || document === undefined || text === undefined) return finish(located, document, findings);
  const { canonicalSha256 } = await import('../json/canonical.ts');
  let known = '';
  // Only histories of the historic tool ask for it, so it is computed when first asked.
  const historic = () => {
    if (known === '') known = canonicalSha256(text);
    return known;
  };
  const whole = { ...located, canonicalSha256: historic };
  if (member(document.value, 'compressed_definition') === undefined) return finish(whole, document, findings);
  const { openCompressedDefinition } = await import('../json/compressed.ts');
  const { definition, findings: inside } = await openCompressedDefinition(document, entry.path, limits);
  const opened = definition === undefined ? {} : { openedDefinition: definition };
  return finish({ ...whole, ...opened }, document, [...findings, ...inside]);
}

function withScripts(entry: Entry, document: Entry['document'], format: Format): Entry {
  if (document === undefined || format.scripts === undefined) return entry;
  return { ...entry, scripts: format.scripts(document.value) };
}

function finish(entry: Entry, document: Entry['document'], findings: readonly Finding[]): EntryReading {
  if (document !== undefined) return { entry: { ...entry, document }, findings };
  const reason = findings[0]?.check ?? 'it could not be read';
  return { entry: { ...entry, unreadable: reason }, findings };
}
