import type { Report, SubjectReport } from '../domain/report.ts';
import { fingerprint } from './fingerprint.ts';
import { jsonText } from './json-text.ts';
import { pageAddress } from './links.ts';
import type { RenderOptions } from './options.ts';
import { encodePath, placeOf, positionText, workspacePath } from './place.ts';
import { type Ranked, sortedBy, worstOfAll } from './rank.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** The report as SARIF 2.1.0 (OASIS Standard with Errata 01): one run, as code scanning of GitHub takes it. */
export function sarif(report: Report, options: RenderOptions = {}): string {
  const ranked = worstOfAll(report);
  const rules = rulesOf(ranked, options);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const seen = new Map<string, number>();
  const run = {
    tool: { driver: { name: report.tool.name, version: report.tool.version, rules } },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notificationsOf(report) }],
    artifacts: artifactsOf(report.subjects, options),
    results: ranked.map((item) => resultOf(item, indexes, seen, options)),
  };
  return jsonText({ $schema: schema, version: '2.1.0', runs: [run] });
}

function rulesOf(ranked: readonly Ranked[], { checks }: RenderOptions) {
  const pages = new Map(ranked.map(({ diagnostic }) => [diagnostic.check, pageAddress(diagnostic.url)]));
  return sortedBy([...pages], ([id]) => id).map(([id, helpUri]) => {
    const text = checks?.get(id);
    return {
      id,
      shortDescription: text && { text: text.title },
      help: text && { text: text.help },
      helpUri,
    };
  });
}

// A skipped check is an outcome with a reason: without it, no result would read as "nothing wrong".
function notificationsOf(report: Report) {
  return report.subjects.flatMap((subject) =>
    sortedBy(subject.skipped, ({ check, reason }) => `${check}\n${reason}`).map(({ check, reason }) => ({
      level: 'note',
      message: { text: plain(`${check} was skipped on ${subject.name}: ${reason}`) },
      associatedRule: { id: check },
    })),
  );
}

interface Artifact {
  readonly location: { readonly uri: string };
  readonly parentIndex?: number;
  readonly length?: number;
  readonly hashes?: { readonly 'sha-256': string };
}

function artifactsOf(subjects: readonly SubjectReport[], options: RenderOptions): Artifact[] {
  const artifacts: Artifact[] = [];
  const indexes = new Map<string, number>();
  const add = (key: string, artifact: Artifact): number => {
    const index = indexes.get(key) ?? artifacts.push(artifact) - 1;
    indexes.set(key, index);
    return index;
  };
  for (const subject of subjects) {
    for (const entry of sortedBy(subject.entries, ({ path }) => path)) {
      const { path, inner } = placeOf(subject, { file: entry.path });
      const uri = uriOf(path, options);
      const content = { length: entry.size, hashes: { 'sha-256': entry.sha256 } };
      if (inner === undefined) add(uri, { location: { uri }, ...content });
      else {
        const parentIndex = add(uri, { location: { uri } });
        const nested = `/${encodePath(inner)}`;
        add(`${uri}\n${nested}`, { location: { uri: nested }, parentIndex, ...content });
      }
    }
  }
  return artifacts;
}

function resultOf(
  { subject, diagnostic }: Ranked,
  indexes: ReadonlyMap<string, number>,
  seen: Map<string, number>,
  options: RenderOptions,
) {
  const { check, severity, message, help } = diagnostic;
  const { path, inner } = placeOf(subject, diagnostic);
  const uri = uriOf(path, options);
  const prefix = inner === undefined ? '' : `${inner}${positionText(diagnostic)}: `;
  const hash = fingerprint([check, uri, inner ?? '', message]);
  const occurrence = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, occurrence);
  return {
    ruleId: check,
    ruleIndex: indexes.get(check),
    level: severity,
    message: { text: plain(help === '' ? `${prefix}${message}` : `${prefix}${message}\n\n${help}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri }, region: inner === undefined ? regionOf(diagnostic) : undefined },
      },
    ],
    partialFingerprints: { 'checkFileMessage/v1': `${hash}:${occurrence}` },
  };
}

function regionOf({ line, column, endLine, endColumn }: Ranked['diagnostic']) {
  return line === undefined ? undefined : { startLine: line, startColumn: column, endLine, endColumn };
}

function uriOf(path: string, { workspace }: RenderOptions): string {
  const inside = workspacePath(path, workspace);
  if (inside !== undefined) return encodePath(inside);
  const slashed = path.replaceAll('\\', '/');
  if (/^[A-Za-z]:\//.test(slashed)) return `file:///${slashed.slice(0, 2)}${encodePath(slashed.slice(2))}`;
  return slashed.startsWith('/') ? `file://${encodePath(slashed)}` : encodePath(slashed);
}

// `[text](target)` in a message of SARIF is a link: no untrusted text makes one.
function plain(text: string): string {
  return text.replaceAll('](', '] (');
}
