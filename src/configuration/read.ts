import { firmReason } from '../checks/firm.ts';
import { nearest } from '../checks/near.ts';
import { checks } from '../checks/registry.ts';
import type { Finding, Span } from '../domain/diagnostic.ts';
import { type Document, isArray, isObject, member, type ObjectValue, type Value } from '../domain/document.ts';
import type { Kind } from '../domain/kind.ts';
import { defaultLimits } from '../domain/limits.ts';
import type { SeverityRule } from '../domain/severity.ts';
import { isCalendarDay } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import { openFileSource } from '../formats/file-source.ts';
import { readToml } from '../formats/toml/read.ts';
import { builtInKinds } from '../kinds/kinds.ts';
import { validateConfiguration } from '../schemas/generated/configuration.js';
import type { Configuration } from './configuration.ts';
import { readKind, sharedWith } from './kind.ts';
import { liftedLimits, withLimits } from './limits.ts';
import { readTargets } from './targets.ts';
import { describeViolation } from './violation.ts';
import { readYanked } from './yanked.ts';

/**
 * Reads `ml-detection-release.toml`.
 * @param file its name in messages
 * @param location where it lies
 * @returns undefined where the file is not there and `required` is false
 * @throws Failure `configuration-invalid` with file, line and column; `file-unreadable`
 */
export async function readConfiguration(
  file: string,
  location: string,
  required: boolean,
): Promise<Configuration | undefined> {
  const bytes = contentOf(file, location, required);
  if (bytes === undefined) return undefined;
  const { document, findings } = await readToml(bytes, file, defaultLimits);
  const [broken] = findings;
  if (document === undefined)
    throw invalid(file, broken?.at?.span, broken?.message ?? 'It cannot be read.', broken?.help);
  const violations = validateConfiguration(document.value);
  // A key with a slip in it is missing too, under the name that was meant: the slip is the better news.
  const violation = violations.find(({ keyword }) => keyword === 'additionalProperties') ?? violations[0];
  if (violation !== undefined) {
    const { pointer, part, message, help } = describeViolation(violation);
    throw invalid(file, await document.locate(pointer, part), message, help);
  }
  return interpret(file, document);
}

function contentOf(file: string, location: string, required: boolean): Buffer | undefined {
  try {
    // A pipe or a device is no configuration, and might never end.
    const source = openFileSource(location);
    try {
      return source.read(0, source.size);
    } finally {
      source.close();
    }
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    if (cause.code === 'path-not-found' && !required) return undefined;
    throw new Failure(cause.code, `The configuration file ${file} cannot be read: ${cause.message}`, { cause });
  }
}

async function interpret(file: string, document: Document): Promise<Configuration> {
  const { value } = document;
  const fail = async (pointer: string, finding: Pick<Finding, 'message' | 'help'>) =>
    invalid(file, await document.locate(pointer), finding.message, finding.help);

  const limits = withLimits(defaultLimits, new Map(Object.entries(numbers(member(value, 'limits')))));
  if ('message' in limits) throw await fail(`/limits/${limits.name}`, limits);

  const severities: SeverityRule[] = [];
  for (const [index, row] of objects(member(value, 'severity')).entries()) {
    const rule = readSeverity(row);
    if ('message' in rule) throw await fail(`/severity/${index}/${rule.key}`, rule);
    severities.push(rule);
  }
  const kinds: Kind[] = [];
  for (const [index, row] of objects(member(value, 'kind')).entries()) {
    const kind = readKind(row);
    const defect = 'message' in kind ? kind : sharedWith(kind, [...builtInKinds, ...kinds]);
    if (defect !== undefined) throw await fail(`/kind/${index}${defect.pointer}`, defect);
    if (!('message' in kind)) kinds.push(kind);
  }
  const { releases: yanked, defects } = readYanked(value, file);
  const { targets, defects: others } = readTargets(value);
  const [wrong] = [...defects, ...others];
  if (wrong !== undefined) throw await fail(wrong.pointer, wrong);
  const store = member(value, 'store');
  const failOn = member(value, 'fail-on');
  return {
    file,
    ...(typeof store === 'string' ? { store } : {}),
    ...(failOn === 'error' || failOn === 'warning' ? { failOn } : {}),
    severities,
    limits,
    kinds,
    yanked,
    targets,
    scripts: objects(member(value, 'script')).flatMap(({ sha256, reason }) =>
      typeof sha256 === 'string' && typeof reason === 'string' ? [{ sha256, reason }] : [],
    ),
    lifted: liftedLimits(limits),
  };
}

function readSeverity(row: ObjectValue): SeverityRule | { key: string; message: string; help?: string } {
  const { check, severity, reason, until } = row;
  if (typeof check !== 'string' || !checks.some(({ id }) => id === check)) {
    const near = nearest(
      String(check),
      checks.map(({ id }) => id),
    );
    const help = near === undefined ? 'See docs/checks.' : `Did you mean \`${near}\`?`;
    return { key: 'check', message: `There is no check \`${String(check)}\`.`, help };
  }
  const firm = severity === 'error' ? undefined : firmReason(check);
  if (firm !== undefined) {
    return { key: 'severity', message: `The check \`${check}\` cannot be made lighter.`, help: firm };
  }
  if (typeof until === 'string' && !isCalendarDay(until.replaceAll('-', ''))) {
    return { key: 'until', message: `\`${until}\` is no day of the calendar.` };
  }
  return {
    check,
    severity: severity === 'off' || severity === 'note' || severity === 'warning' ? severity : 'error',
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(typeof until === 'string' ? { until } : {}),
  };
}

function objects(value: Value | undefined): ObjectValue[] {
  return isArray(value) ? value.filter(isObject) : [];
}

function numbers(value: Value | undefined): Record<string, number> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (typeof item === 'number' ? [[key, item]] : [])),
  );
}

function invalid(file: string, span: Span | undefined, message: string, help?: string): Failure {
  const place = span === undefined ? file : `${file}:${span.line}:${span.column}`;
  return new Failure('configuration-invalid', `${place}: ${message}`, help === undefined ? {} : { help });
}
