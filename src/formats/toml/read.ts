import type { Finding } from '../../domain/diagnostic.ts';
import { type Document, steps } from '../../domain/document.ts';
import type { Limits } from '../../domain/limits.ts';
import { shownPerCheck } from '../collector.ts';
import { createLines, decodeText, type Lines } from '../text.ts';
import type { Locator } from './locate.ts';

/** What reading a TOML file gives. */
export interface TomlReading {
  /** Undefined with any finding. */
  readonly document?: Document;
  readonly findings: readonly Finding[];
  /** A line of the text (1-based), for excerpts; also of a text that is not valid. */
  readonly line: (number: number) => string | undefined;
}

type Locate = Document['locate'];

/**
 * Reads a TOML file strictly (security.md A12 to A14). The verdict and its place are smol-toml's; the places of keys
 * and values need a second parser, which is loaded when somebody asks. Dates become ISO text.
 * @param file path for the findings
 */
export async function readToml(
  bytes: Buffer,
  file: string,
  limits: Pick<Limits, 'tomlBytes' | 'tomlDepth'>,
): Promise<TomlReading> {
  if (bytes.length > limits.tomlBytes) {
    const message = `The file has ${bytes.length} bytes; a TOML file may have ${limits.tomlBytes}.`;
    return { findings: [{ check: 'toml-too-large', message, at: { file } }], line: () => undefined };
  }
  const { text, finding } = decodeText(bytes, file, 'toml-syntax');
  const lines = createLines(text);
  if (finding !== undefined) return { findings: [finding], line: lines.line };
  return { ...(await readText(text, file, lines, limits.tomlDepth)), line: lines.line };
}

async function readText(text: string, file: string, lines: Lines, depth: number): Promise<Omit<TomlReading, 'line'>> {
  const { parseToml } = await import('./parse.ts');
  const parsed = parseToml(text, file, lines, depth);
  if ('fault' in parsed) return { findings: [parsed.fault] };
  const date = parsed.dates ? await wrongDate(text, file, lines) : undefined;
  if (date !== undefined) return { findings: [date] };
  const locate = locateIn(text, lines);
  const keyFinding = async (check: string, pointer: string, message: string): Promise<Finding> => {
    const span = await locate(pointer, 'key');
    return { check, message, at: span === undefined ? { file, pointer } : { file, span } };
  };
  const { value, forbidden, tooDeep } = parsed;
  if (tooDeep !== undefined) {
    const message = `This lies deeper than ${depth} tables and arrays.`;
    return { findings: [await keyFinding('toml-too-deep', tooDeep, message)] };
  }
  const findings = forbidden.slice(0, shownPerCheck).map((pointer) => {
    const name = pointer.endsWith('/prototype') ? 'constructor.prototype' : '__proto__';
    const message = `The key \`${name}\` changes the objects of programs that merge this document.`;
    return keyFinding('toml-forbidden-key', pointer, message);
  });
  return findings.length > 0
    ? { findings: await Promise.all(findings) }
    : { document: { value, locate }, findings: [] };
}

/**
 * Asks a second parser about the dates of a text, which smol-toml leaves to JavaScript: that moves 30 February into
 * March and takes `2026-11- 2`. Rules write their dates as strings, so the parser is seldom loaded.
 */
async function wrongDate(text: string, file: string, lines: Lines): Promise<Finding | undefined> {
  const { strictDefect } = await import('./strict.ts');
  const defect = strictDefect(text);
  if (defect === undefined) return undefined;
  const span = lines.span(defect.start, defect.end);
  return { check: 'toml-syntax', message: defect.message, help: 'Write a day of the calendar.', at: { file, span } };
}

function locateIn(text: string, lines: Lines): Locate {
  let locator: Promise<Locator> | undefined;
  return async (pointer, part = 'value') => {
    if (pointer !== '' && !pointer.startsWith('/')) return undefined;
    locator ??= import('./locate.ts').then(({ createLocator }) => createLocator(text));
    const range = (await locator)(steps(pointer), part);
    return range && lines.span(range.start, range.end);
  };
}
