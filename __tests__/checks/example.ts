import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import AdmZip from 'adm-zip';
import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import type { Check, CheckContext } from '../../src/checks/check.ts';
import { type Examination, examine } from '../../src/checks/examine.ts';
import { checks } from '../../src/checks/registry.ts';
import type { Bundle } from '../../src/domain/bundle.ts';
import { steps as pointerSteps } from '../../src/domain/document.ts';
import { emptyHistory, type History, type KnownRelease } from '../../src/domain/history.ts';
import type { Kind } from '../../src/domain/kind.ts';
import { defaultLimits, type Limits } from '../../src/domain/limits.ts';
import type { YankedRelease } from '../../src/domain/yanked.ts';
import { readBundle } from '../../src/formats/bundle/read.ts';
import { builtInKinds, kindOfName } from '../../src/kinds/kinds.ts';
import { builtOn } from '../../src/publish/built-on.ts';
import { judgedModel } from './judged-model.ts';
import type { Example, Step } from './page.ts';

const dgaExample = 'examples/ML-DGA-20261122-2';
/** Blocks that are no files. */
const told = ['answers', 'history', 'kind', 'yanked'];
const detectionsExample = 'examples/ML-experimental-detections-20261122-1';

/** Builds the bundle of an example in a temporary folder, reads it and runs every check on it. */
export async function examineExample(example: Example, check: Check): Promise<Examination> {
  const scratch = mkdtempSync(join(tmpdir(), 'mldr-page-'));
  try {
    const path = build(example, check, scratch);
    const limits = limitsOf(example);
    const kind = ownKind(example);
    const bundle = await readBundle(path, { limits, kindOf: (name) => kind ?? kindOfName(name, builtInKinds) });
    const now = new Date(`${one(example, 'Today')?.codes[0] ?? '2026-11-22'}T12:00:00Z`);
    const context = { bundle, limits, now, ...forkOf(example), ...(await judgedModel(bundle)), ...answersOf(example) };
    if (one(example, 'Store')?.codes[0] === 'none') {
      return await examine(checks, { ...context, historyMissing: 'no store was given' }, []);
    }
    const history = historyOf(example, bundle);
    const base = builtOn(bundle, history);
    const rests = base === undefined ? {} : { builtOn: base };
    return await examine(checks, { ...context, history, yanked: yankedOf(example), ...rests }, []);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function forkOf(example: Example): Pick<CheckContext, 'forkSettings'> {
  const told = one(example, 'Fork')?.codes[0];
  if (told === undefined) return {};
  const change = told === 'none' || told === 'written' || told === 'removed' ? told : { unknown: told };
  return { forkSettings: { file: 'ml-detection-release.toml', change } };
}

/** What a stack answers to the test documents. */
function answersOf(example: Example): Pick<CheckContext, 'simulated'> {
  const text = block(example, 'answers');
  return text === undefined ? {} : { simulated: { tests: JSON.parse(text) } };
}

function one(example: Example, word: string): Step | undefined {
  return example.steps.find((step) => step.word === word);
}

function block(example: Example, name: string): string | undefined {
  return example.steps.find((step) => step.word === 'Block' && step.text === name)?.codes[0];
}

/** Writes the bundle; gives the path to read it from. */
function build(example: Example, check: Check, scratch: string): string {
  const detections = check.kinds?.length === 1 && check.kinds[0] === 'ml-experimental-detections';
  const base = one(example, 'Base')?.codes[0] ?? (detections ? detectionsExample : dgaExample);
  const name = one(example, 'Name')?.codes[0] ?? basename(base);
  const archive = one(example, 'File')?.codes[0];
  const folder = join(scratch, name);
  if (archive !== undefined) {
    cpSync(archive, `${folder}.zip`);
    return `${folder}.zip`;
  }
  mkdirSync(folder);
  if (base !== 'nothing') cpSync(base, folder, { recursive: true });
  for (const step of example.steps) change(folder, step);
  if (one(example, 'As')?.codes[0] !== 'zip') return folder;
  const zip = new AdmZip();
  zip.addLocalFolder(folder, one(example, 'Top folder')?.codes[0] ?? name);
  zip.writeZip(`${folder}.zip`);
  return `${folder}.zip`;
}

function change(folder: string, { word, text, codes }: Step): void {
  const [first = '', second = '', third = ''] = codes;
  if (word === 'Remove') rmSync(join(folder, first));
  if (word === 'Copy') put(folder, second, readFileSync(first));
  if (word === 'Block' && !told.includes(text)) put(folder, text, first);
  if (word === 'Replace') {
    const parts = readFileSync(join(folder, first), 'utf8').split(second);
    if (parts.length !== 2) throw new Error(`"${second}" stands ${parts.length - 1} times in ${first}.`);
    put(folder, first, parts.join(third));
  }
  if (word === 'Patch') {
    const before = readFileSync(join(folder, first), 'utf8');
    put(folder, first, patch(before, second, text.endsWith(' removed') ? undefined : third));
  }
}

function put(folder: string, file: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
}

/** Puts a text where a value stands, so that it may be what no serialiser writes (`NaN`, a key twice). */
function patch(json: string, pointer: string, value: string | undefined): string {
  const path = pointerSteps(pointer).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  if (value === undefined) return applyEdits(json, modify(json, path, undefined, {}));
  const tree = parseTree(json);
  const node = tree && findNodeAtLocation(tree, path);
  if (node === undefined) return applyEdits(json, modify(json, path, JSON.parse(value), {}));
  return json.slice(0, node.offset) + value + json.slice(node.offset + node.length);
}

function limitsOf(example: Example): Limits {
  const lowered = example.steps.filter(({ word }) => word === 'Limit').map(({ codes }) => [codes[0], Number(codes[1])]);
  for (const [limit] of lowered) {
    if (!Object.hasOwn(defaultLimits, String(limit))) throw new Error(`There is no limit ${limit}.`);
  }
  return { ...defaultLimits, ...Object.fromEntries(lowered) };
}

function ownKind(example: Example): Kind | undefined {
  const text = block(example, 'kind');
  return text === undefined ? undefined : JSON.parse(text);
}

/** How a page writes a release of the store. */
type ToldRelease =
  | 'the same files'
  | 'no manifest'
  | 'removed'
  | { readonly unreadable: string }
  | {
      readonly entries?: Readonly<Record<string, string>>;
      readonly models?: readonly string[];
      readonly definitions?: NonNullable<KnownRelease['definitions']>;
    };

function historyOf(example: Example, bundle: Bundle): History {
  const text = block(example, 'history');
  if (text === undefined) return emptyHistory('dir:releases');
  const told: Readonly<Record<string, ToldRelease>> = JSON.parse(text);
  const names = Object.keys(told);
  const all = Object.entries(told);
  return {
    ...emptyHistory('dir:releases'),
    names,
    releases: all.flatMap(([name, release]) => known(name, release, bundle)),
    removed: names.filter((name) => told[name] === 'removed'),
    withoutManifest: names.filter((name) => told[name] === 'no manifest'),
    unreadable: all.flatMap(([name, release]) =>
      typeof release === 'object' && 'unreadable' in release ? [{ name, reason: release.unreadable }] : [],
    ),
  };
}

/** The yanked releases of the configuration; the digest is that of the release, where the page gives none. */
function yankedOf(example: Example): { releases: YankedRelease[]; remarks: string[] } {
  const text = block(example, 'yanked');
  if (text === undefined) return { releases: [], remarks: [] };
  const rows: readonly Partial<YankedRelease>[] = JSON.parse(text);
  const releases = rows.map(({ name = '', reason = '', ...more }) => {
    return { name, reason, manifestSha256: manifestOf(name), source: 'ml-detection-release.toml', ...more };
  });
  return { releases, remarks: [] };
}

function manifestOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

function known(name: string, release: ToldRelease, bundle: Bundle): KnownRelease[] {
  const manifestSha256 = manifestOf(name);
  if (release === 'no manifest' || release === 'removed' || (typeof release === 'object' && 'unreadable' in release))
    return [];
  if (release === 'the same files') return [{ name, manifestSha256, models: [], entries: bundle.entries.map(bare) }];
  const entries = Object.entries(release.entries ?? {}).map(([path, sha256]) => ({ path, sha256 }));
  const { models = [], definitions } = release;
  return [{ name, manifestSha256, models, entries, ...(definitions === undefined ? {} : { definitions }) }];
}

function bare({ path, sha256 }: Bundle['entries'][number]): { path: string; sha256: string } {
  return { path, sha256 };
}
