import type { Finding, Span } from '../../domain/diagnostic.ts';
import type { Document, Value } from '../../domain/document.ts';
import { createCollector } from '../collector.ts';
import { createLines, decodeText, type Lines, type Units, unitsOf } from '../text.ts';
import { countKeys, hasKeys } from './counted.ts';
import type { Locator } from './locate.ts';
import { looksLikePickle } from './pickle.ts';
import { isPlain } from './plain.ts';

/** What reading a JSON file gives. */
export interface JsonReading {
  /** Undefined with any finding but `json-number-range`. */
  readonly document?: Document;
  readonly findings: readonly Finding[];
  /** A line of the text (1-based), for excerpts; also of a text that is not valid. */
  readonly line: (number: number) => string | undefined;
  /** The decoded text, with `document` only. */
  readonly text?: string;
}

const pickleHelp =
  'A pickle is a program that runs when it is loaded, and no bundle of JSON files holds one. Export the model as JSON ' +
  '(Elasticsearch: `eland`, `GET _ml/trained_models/<id>?decompress_definition`).';

/**
 * Reads a JSON file strictly (security.md A12 to A14): UTF-8, one document of RFC 8259, each key once, no key that
 * changes prototypes, no number that changes when read. Values come from `JSON.parse`, places from one scan before it.
 * @param file path for the findings
 * @param options `depth`: open brackets allowed at once
 */
export async function readJson(bytes: Buffer, file: string, options: { readonly depth: number }): Promise<JsonReading> {
  if (looksLikePickle(bytes)) {
    const message = 'The file is a Python pickle, not JSON.';
    const finding = { check: 'model-pickle', message, help: pickleHelp, at: { file } };
    return { findings: [finding], line: () => undefined };
  }
  const { text, finding } = decodeText(bytes, file, 'json-encoding');
  const lines = createLines(text);
  if (finding !== undefined) return { findings: [finding], line: lines.line };
  const units = unitsOf(text, bytes);
  const plain = parsedPlain(text, units, options.depth);
  if (plain !== undefined) return { document: documentOf(text, lines, plain), findings: [], line: lines.line, text };
  const collector = createCollector(file, lines);
  const { scanJson } = await import('./scan.ts');
  scanJson(text, units, options.depth, lines, collector);
  const findings = collector.findings();
  if (findings.some(({ check }) => check !== 'json-number-range')) return { findings, line: lines.line };
  return { document: documentOf(text, lines, JSON.parse(text)), findings, line: lines.line, text };
}

/** The value of a text that needs no closer look; undefined where the scan has to look. */
function parsedPlain(text: string, units: Units, depth: number): Value | undefined {
  const keys = countKeys(text, units, depth);
  const value = keys < 0 ? undefined : parsed(text);
  if (value !== undefined && hasKeys(value, keys)) return value;
  return isPlain(units, depth) ? (value ?? parsed(text)) : undefined;
}

/** Undefined where the text is not valid: the scan knows what is wrong and where. */
function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function documentOf(text: string, lines: Lines, value: Value): Document {
  let locator: Locator | undefined;
  const locate = async (pointer: string, part: 'key' | 'value' = 'value'): Promise<Span | undefined> => {
    // Most files are never asked for a place.
    locator ??= (await import('./locate.ts')).createLocator(text);
    const range = locator(pointer, part);
    return range && lines.span(range.start, range.end);
  };
  return { value, locate };
}
