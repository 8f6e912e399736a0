import type { Finding, Span } from '../../domain/diagnostic.ts';
import type { Document, Value } from '../../domain/document.ts';
import { createCollector } from '../collector.ts';
import { createLines, decodeText, type Lines, unitsOf } from '../text.ts';
import { createLocator, type Locator } from './locate.ts';
import { looksLikePickle } from './pickle.ts';
import { scanJson } from './scan.ts';

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
export function readJson(bytes: Buffer, file: string, options: { readonly depth: number }): JsonReading {
  if (looksLikePickle(bytes)) {
    const message = 'The file is a Python pickle, not JSON.';
    const finding = { check: 'model-pickle', message, help: pickleHelp, at: { file } };
    return { findings: [finding], line: () => undefined };
  }
  const { text, finding } = decodeText(bytes, file, 'json-encoding');
  const lines = createLines(text);
  if (finding !== undefined) return { findings: [finding], line: lines.line };
  const collector = createCollector(file, lines);
  scanJson(text, unitsOf(text, bytes), options.depth, lines, collector);
  const findings = collector.findings();
  if (findings.some(({ check }) => check !== 'json-number-range')) return { findings, line: lines.line };
  return { document: documentOf(text, lines, JSON.parse(text)), findings, line: lines.line, text };
}

function documentOf(text: string, lines: Lines, value: Value): Document {
  let locator: Locator | undefined;
  const locate = (pointer: string, part: 'key' | 'value'): Span | undefined => {
    locator ??= createLocator(text);
    const range = locator(pointer, part);
    return range && lines.span(range.start, range.end);
  };
  return { value, locate: (pointer, part = 'value') => Promise.resolve(locate(pointer, part)) };
}
