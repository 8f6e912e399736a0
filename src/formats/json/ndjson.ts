import type { Finding, Span } from '../../domain/diagnostic.ts';
import type { Document, Value } from '../../domain/document.ts';
import { step, steps } from '../../domain/document.ts';
import { type JsonReading, readJson } from './read.ts';

/** A line that holds a document, with its number (1-based). */
interface Line {
  readonly number: number;
  readonly document: Document;
}

const newline = 0x0a;

/**
 * Reads a file of one JSON document a line, each as strictly as a file of its own. Lines without any are passed over.
 * @returns a document whose value is the list of all; pointers begin with the place in that list
 */
export async function readNdjson(
  bytes: Buffer,
  file: string,
  options: { readonly depth: number },
): Promise<Omit<JsonReading, 'text'>> {
  const documents: Line[] = [];
  const findings: Finding[] = [];
  const texts = new Map<number, JsonReading['line']>();
  for (const { number, content } of linesOf(bytes)) {
    const reading = await readJson(content, file, options);
    texts.set(number, reading.line);
    findings.push(...reading.findings.map((finding) => atLine(finding, number)));
    if (reading.document !== undefined) documents.push({ number, document: reading.document });
    // What is no text at all is no text in its other lines either.
    else if (reading.findings.some(({ at }) => at?.span === undefined)) break;
  }
  const line = (number: number) => texts.get(number)?.(1);
  // A number that changes when it is read is told, and the document is there all the same.
  if (findings.some(({ check }) => check !== 'json-number-range')) return { findings, line };
  return { document: documentOf(documents), findings, line };
}

function* linesOf(bytes: Buffer): Iterable<{ readonly number: number; readonly content: Buffer }> {
  let start = 0;
  for (let number = 1; start < bytes.length; number += 1) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    const content = bytes.subarray(start, end);
    start = end + 1;
    if (content.some((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d)) yield { number, content };
  }
}

function atLine(finding: Finding, number: number): Finding {
  const span = finding.at?.span;
  if (finding.at === undefined || span === undefined) return finding;
  return { ...finding, at: { ...finding.at, span: moved(span, number) } };
}

function moved(span: Span, number: number): Span {
  return { ...span, line: number, endLine: number };
}

function documentOf(lines: readonly Line[]): Document {
  const value: readonly Value[] = lines.map(({ document }) => document.value);
  return {
    value,
    async locate(pointer, part) {
      const [first = '0', ...rest] = steps(pointer);
      const line = lines[Number(first)];
      if (line === undefined) return undefined;
      const span = await line.document.locate(rest.reduce<string>(step, ''), part);
      return span && moved(span, line.number);
    },
  };
}
