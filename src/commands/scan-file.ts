import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { examine } from '../checks/examine.ts';
import { checks } from '../checks/registry.ts';
import type { Bundle, Entry } from '../domain/bundle.ts';
import type { Finding } from '../domain/diagnostic.ts';
import { isObject, type Value } from '../domain/document.ts';
import type { Kind, Role } from '../domain/kind.ts';
import type { SubjectReport } from '../domain/report.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import { readEntry } from '../formats/bundle/entry.ts';
import { openFileSource } from '../formats/file-source.ts';
import { formats } from '../formats/formats.ts';
import { enrichSorts } from '../formats/references/enrich-policy.ts';
import { bufferSource } from '../formats/source.ts';
import { readZip } from '../formats/zip/read.ts';
import type { Session } from '../session.ts';
import { scannedGraph } from './scanned-graph.ts';
import { subjectReport } from './subject-report.ts';

const role = (id: string, pattern: string, format: Role['format']): Role => ({ id, pattern, format, count: 'any' });
const json = role('json', '*.json', 'json');
const toml = role('toml', '*.toml', 'toml');
const savedObjects = role('saved-objects', '*.ndjson', 'elastic-saved-objects');

/** What `scan` takes a file for, by its content (design.md §4), and by the members that tell. */
const told: readonly { readonly role: Role; is(value: Value): boolean }[] = [
  { role: role('job', '*.json', 'elastic-job'), is: (value) => has(value, ['name', 'type', 'body']) },
  {
    role: role('pipeline', '*.json', 'elastic-pipeline'),
    is: (value) => has(value, ['processors']) || has(value, ['on_failure']),
  },
  { role: role('script', '*.json', 'elastic-script'), is: (value) => has(value, ['script']) },
  {
    role: role('transform', '*.json', 'elastic-transform'),
    is: (value) => has(value, ['source', 'dest']) && (has(value, ['pivot']) || has(value, ['latest'])),
  },
  {
    role: role('enrich-policy', '*.json', 'elastic-enrich-policy'),
    is: (value) => enrichSorts.some((sort) => has(value, [sort])),
  },
  { role: role('rule', '*.toml', 'elastic-rule'), is: (value) => has(value, ['rule']) },
];

/** No kind that a release can have. */
const scanned: Kind = {
  id: 'scan',
  family: '',
  title: 'A single file',
  unexpected: 'warning',
  roles: [...told.map((each) => each.role), savedObjects, json, toml],
};

function has(value: Value, keys: readonly string[]): boolean {
  return isObject(value) && keys.every((key) => Object.hasOwn(value, key));
}

/**
 * Runs the safety checks on one file. A file that no check understands is skipped with that reason, never accepted.
 * @returns the file as a bundle of one, and what the checks say of it
 * @throws Failure `path-not-found`, `file-unreadable`, `file-changed`
 */
export async function examineFile(
  session: Session,
  path: string,
): Promise<{ readonly bundle: Bundle; readonly subject: SubjectReport }> {
  const bytes = contentOf(session, path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const base = path.replace(/^.*[\\/]/, '');
  const { entries, findings, notUnderstood } = await lookInto(base, bytes, session);
  // Where it is known what the file is, the other roles are none of its business.
  const present = scanned.roles.filter(({ id }) =>
    entries.some((entry) => entry.role === id && id !== json.id && id !== toml.id),
  );
  const bundle: Bundle = {
    name: base,
    path,
    source: 'folder',
    kind: present.length > 0 ? { ...scanned, roles: present } : scanned,
    sha256,
    entries,
    dev: [],
    graph: scannedGraph(scanned, entries, session.kinds),
    findings,
  };
  const context = {
    bundle,
    limits: session.limits,
    now: session.now,
    approvedScripts: session.configuration.scripts,
    historyMissing: 'scan looks at no history',
  };
  const examination = await examine(
    checks.filter((check) => check.run === undefined || check.scan === true),
    context,
    session.severities,
  );
  const { kind: _, ...subject } = subjectReport(session, bundle, examination, undefined);
  // The file itself is what was scanned; what lies inside an archive stands in the findings.
  const scannedFile = { ...subject, source: 'file' as const, entries: [{ path: base, size: bytes.length, sha256 }] };
  if (notUnderstood === undefined) return { bundle, subject: scannedFile };
  // What nobody has looked into is not safe because nothing was found in it.
  const skipped = [{ check: 'scan', reason: notUnderstood }];
  return { bundle, subject: { ...scannedFile, verdict: 'reject', checks: 0, skipped } };
}

/** The same for who wants the report alone. */
export async function scanFile(session: Session, path: string): Promise<SubjectReport> {
  return (await examineFile(session, path)).subject;
}

function contentOf(session: Session, path: string): Buffer {
  const source = openFileSource(resolve(session.host.cwd, path));
  try {
    if (source.size > session.limits.archiveBytes) {
      throw new Failure('usage', `${path} has ${source.size} bytes; the limit is ${session.limits.archiveBytes}.`, {
        help: 'Raise it with --limit archive-bytes=NUMBER.',
      });
    }
    const bytes = Buffer.from(source.read(0, source.size));
    source.verifyUnchanged();
    return bytes;
  } finally {
    source.close();
  }
}

interface Insight {
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
  /** Why nothing was looked into. */
  readonly notUnderstood?: string;
}

async function lookInto(name: string, bytes: Buffer, session: Session): Promise<Insight> {
  if (/\.zip$/i.test(name)) return insideZip(name, bytes, session);
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'))) {
    const insight = await insideZip(name, bytes, session);
    // A zip under another name (.keras, .pt, .npz, .jar) means more than its entries, and nothing here knows what.
    const notUnderstood = `\`${safe(name)}\` is a zip by its content, and no check here knows what its name says it is`;
    return { ...insight, notUnderstood };
  }
  const insight = await document(name, bytes, session);
  if (insight !== undefined) return insight;
  return {
    entries: [],
    findings: [],
    notUnderstood: `no check here understands \`${safe(name)}\`: only zip, JSON, TOML and ndjson`,
  };
}

async function insideZip(name: string, bytes: Buffer, { limits, ...session }: Session): Promise<Insight> {
  const kept = new Map<string, Buffer[]>();
  const others: string[] = [];
  const { findings } = await readZip(bufferSource(name, bytes), limits, (path) => {
    if (!/\.(json|toml|ndjson|md|jsonl)$/.test(path)) others.push(path);
    if (!/\.(json|toml|ndjson)$/.test(path)) return undefined;
    const chunks: Buffer[] = [];
    kept.set(path, chunks);
    return (chunk) => chunks.push(Buffer.from(chunk));
  });
  if (findings.length > 0) return { entries: [], findings };
  const insights = await Promise.all(
    [...kept].map(([path, chunks]) => document(path, Buffer.concat(chunks), { limits, ...session })),
  );
  const [other, ...more] = others;
  const rest = more.length > 0 ? `, nor ${more.length} more` : '';
  return {
    entries: insights.flatMap((insight) => insight?.entries ?? []),
    findings: insights.flatMap((insight) => insight?.findings ?? []),
    ...(other === undefined ? {} : { notUnderstood: `no check here understands \`${safe(other)}\` inside it${rest}` }),
  };
}

async function document(path: string, bytes: Buffer, { limits }: Session): Promise<Insight | undefined> {
  const format = [json, toml, savedObjects].find(({ pattern }) => path.endsWith(pattern.slice(1)));
  if (format === undefined) return undefined;
  const file = { path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
  const { entry, findings } = await readEntry(file, [{ role: format, capture: '' }], limits);
  const value = entry.document?.value;
  if (value === undefined || format === savedObjects) return { entries: [entry], findings };
  // A file may be several things to several servers: it is each of them here.
  const roles = told.filter((each) => each.role.pattern === format.pattern && each.is(value)).map((each) => each.role);
  const read = roles.map(({ id, format: as }) => ({ ...entry, role: id, scripts: formats[as].scripts?.(value) ?? [] }));
  return { entries: read.length > 0 ? read : [entry], findings };
}
