import { constants } from 'node:buffer';
import type { Finding } from '../../domain/diagnostic.ts';
import { type Document, member, type Value } from '../../domain/document.ts';
import type { Limits } from '../../domain/limits.ts';
import { unzipMember } from './gzip.ts';
import { readJson } from './read.ts';

/** What a model's `compressed_definition` holds. */
export interface OpenedDefinition {
  /** Undefined where the model has none, or one with an error. */
  readonly definition?: Value;
  readonly findings: readonly Finding[];
}

const check = 'model-definition-unreadable';
const pointer = '/compressed_definition';
/** The ratio counts from here on: a small text of blanks is no bomb (security.md §3.2). */
const ratioFrom = 1024 * 1024;

/**
 * Opens the `compressed_definition` of a model: base64 of one gzip member of JSON, each read strictly and within the
 * limits, which hold while it is inflated (entry size, ratio, depth).
 * @param file path of the model file: findings stand at its pointer `/compressed_definition` and say where inside
 */
export async function openCompressedDefinition(
  document: Document,
  file: string,
  limits: Limits,
): Promise<OpenedDefinition> {
  const text = member(document.value, 'compressed_definition');
  if (text === undefined) return { findings: [] };
  const at = { file, pointer };
  const fault = (message: string): OpenedDefinition => ({ findings: [{ check, message, at }] });
  if (typeof text !== 'string') return fault('`compressed_definition` is not a string.');
  const bytes = Buffer.from(text, 'base64');
  // Decoding passes over what is not base64, so the way back has to give the same text.
  if (bytes.toString('base64') !== text) return fault(notBase64(text));
  const unzipped = unzipMember(bytes, contentLimit(bytes.length, limits));
  if ('defect' in unzipped) return fault(`What \`compressed_definition\` holds in base64 ${unzipped.defect}.`);
  const { document: inner, findings } = await readJson(unzipped.content, file, { depth: limits.modelDepth });
  return {
    ...(inner === undefined ? {} : { definition: inner.value }),
    findings: findings.map((finding) => outside(finding, file)),
  };
}

function contentLimit(compressed: number, limits: Limits): number {
  return Math.min(limits.entryBytes, constants.MAX_STRING_LENGTH, Math.max(ratioFrom, compressed * limits.ratio));
}

function notBase64(text: string): string {
  const wrong = /[^A-Za-z0-9+/]/.exec(text);
  const padding = wrong !== null && /^={1,2}$/.test(text.slice(wrong.index, wrong.index + 3));
  const where = wrong === null || padding ? 'its end is incomplete' : `character ${wrong.index + 1} is none of base64`;
  return `\`compressed_definition\` is not base64: ${where}.`;
}

/** A finding inside the definition, at the place that the file has for it. A warning stays what it is. */
function outside({ check: inner, message, help, at }: Finding, file: string): Finding {
  const place =
    at?.span === undefined ? '' : ` (line ${at.span.line}, column ${at.span.column} of the opened definition)`;
  const told = `Inside \`compressed_definition\`: ${message}${place}`;
  const id = inner === 'json-number-range' ? inner : check;
  return { check: id, message: told, ...(help === undefined ? {} : { help }), at: { file, pointer } };
}
