import type { Bundle } from '../domain/bundle.ts';
import type { Finding, Span } from '../domain/diagnostic.ts';
import { isObject } from '../domain/document.ts';
import type { GoldenFile, GoldenRow } from '../domain/golden.ts';
import { isGolden } from './golden-name.ts';
import { readJson } from './json/read.ts';

/** Brackets that a row may have open at once: `fields` may nest. */
const depth = 16;
const check = 'golden-row-invalid';
/** Findings that a report lists one by one. */
const told = 20;

/** Reads the golden predictions of a bundle; what is no text was told when the bundle was read. */
export function goldenEntries({ entries }: Bundle): Promise<GoldenFile[]> {
  const files = entries.flatMap(({ path, sha256, line }) =>
    isGolden(path) && line !== undefined ? [{ path, sha256, line }] : [],
  );
  return Promise.all(files.map(({ path, sha256, line }) => readGoldenFile(path, sha256, line)));
}

/**
 * Reads golden predictions: one JSON object a line, each read as strictly as any JSON file. Blank lines are passed over
 * at the end only.
 * @param line gives a line of the file (1-based), undefined behind the last
 */
export async function readGoldenFile(
  path: string,
  sha256: string,
  line: (number: number) => string | undefined,
): Promise<GoldenFile> {
  const rows: GoldenRow[] = [];
  const findings: Finding[] = [];
  for (let number = 1, text = line(1); text !== undefined; number += 1, text = line(number)) {
    if (text === '' && line(number + 1) === undefined) break;
    const { document, findings: inside } = await readJson(Buffer.from(text), path, { depth });
    if (inside.length > 0) findings.push(...(await defects(path, number, text, findings.length < told)));
    if (document === undefined) continue;
    if (!isObject(document.value)) {
      const message = 'A golden row must be a JSON object.';
      findings.push({ check, message, at: { file: path, span: wholeLine(number, text) } });
      continue;
    }
    const locate = async (pointer: string, part?: 'key' | 'value'): Promise<Span | undefined> => {
      const span = await document.locate(pointer, part);
      return span && moved(span, number);
    };
    rows.push({ line: number, value: document.value, locate });
  }
  return { path, sha256, rows, findings };
}

/**
 * What is wrong with a row, as the reader says it of the whole file: messages name places too.
 * @param exact whether to read it at its line once more; of very many rows only the first are listed
 */
async function defects(path: string, line: number, text: string, exact: boolean): Promise<Finding[]> {
  const above = exact ? line - 1 : 0;
  const { findings } = await readJson(Buffer.from('\n'.repeat(above) + text), path, { depth });
  return findings.map(({ message, help, at }) => {
    const span = at?.span === undefined ? wholeLine(line, text) : moved(at.span, line);
    return { check, message, ...(help === undefined ? {} : { help }), at: { file: path, span } };
  });
}

function moved(span: Span, line: number): Span {
  return { ...span, line, endLine: line };
}

function wholeLine(line: number, text: string): Span {
  return { line, column: 1, endLine: line, endColumn: text.length + 1 };
}
