import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import AdmZip from 'adm-zip';
import { describe, expect, test } from 'vitest';
import { type CorpusRow, corpusRows } from '../corpus.ts';
import { cli, environment, mldr, noStack, temporary } from './mldr.ts';
import { impureLines } from './pure.ts';

const corpus = resolve('__tests__/fixtures/corpus');
/** Notebooks that hold something like a credential are not committed. */
const absent = ['N05', 'N06', 'N09'];
const areas = ['archive-zip', 'archive-tar', 'document', 'elastic', 'inputs', 'model', 'notebook'];
const every = areas.flatMap(corpusRows).filter(({ id }) => !absent.includes(id));

interface Subject {
  readonly path: string;
  readonly verdict: string;
  readonly diagnostics: readonly { readonly check: string; readonly severity: string; readonly message: string }[];
  readonly skipped: readonly { readonly check: string; readonly reason: string }[];
}

function scan(rows: readonly CorpusRow[]): Map<string, Subject> {
  const ran = mldr(corpus, ['scan', ...rows.map(({ file }) => file), '--report', 'json']);
  expect(noStack(ran)).toBe(true);
  const { subjects }: { subjects: Subject[] } = JSON.parse(ran.stdout);
  expect(subjects).toHaveLength(rows.length);
  return new Map(subjects.map((subject) => [subject.path, subject]));
}

describe.each(['archive-zip', 'document', 'elastic'])('the area %s of the corpus', (area) => {
  const rows = corpusRows(area);
  const found = scan(rows);

  test.each(rows.map((row) => [row.id, row.wrong, row] as const))(
    '%s: %s',
    (_id, _wrong, { file, expected, check }) => {
      const subject = found.get(file);
      expect(subject?.verdict).toBe(expected);
      const heavy = (subject?.diagnostics ?? []).filter(({ severity }) => severity !== 'note');
      if (check === '') expect(heavy).toEqual([]);
      else expect(heavy.map((each) => each.check)).toContain(check);
    },
  );
});

describe('the release names of the area inputs', () => {
  const rows = corpusRows('inputs');
  const tags = rows.map((row): [CorpusRow, string] => {
    const { tag }: { tag: string } = JSON.parse(readFileSync(join(corpus, row.file), 'utf8'));
    return [row, tag];
  });

  test.each(tags)('$id as the name of a folder: $wrong', ({ expected, check }, tag) => {
    const folder = temporary();
    mkdirSync(join(folder, tag));
    writeFileSync(join(folder, tag, 'README.md'), 'x\n');
    const kind = ['--kind', 'ml-experimental-detections'];
    const { code, stdout } = mldr(folder, ['validate', tag, ...kind, '--report', 'json']);
    const [subject]: Subject[] = JSON.parse(stdout).subjects;
    expect(subject?.verdict).toBe(expected);
    expect(subject?.diagnostics.map((each) => each.check)).toContain(check);
    expect(code).toBe(1);
    const shown = mldr(folder, ['validate', tag, ...kind]);
    expect(impureLines(shown.stdout + shown.stderr)).toEqual([]);
  });

  test.each(tags)('$id as the name of a release: $wrong', (_row, tag) => {
    const folder = temporary();
    mkdirSync(join(folder, tag));
    writeFileSync(join(folder, tag, 'README.md'), 'x\n');
    const words = [tag, '--kind', 'ml-experimental-detections', '--release', tag, '--accept-warnings'];
    for (const command of ['release', 'pack']) {
      const ran = mldr(folder, [command, ...words]);
      expect(ran.code).toBe(1);
      expect(impureLines(ran.stdout + ran.stderr)).toEqual([]);
    }
    for (const command of ['verify', 'get']) {
      const ran = mldr(folder, [command, tag]);
      expect(ran.code).toBe(2);
      expect(impureLines(ran.stdout + ran.stderr)).toEqual([]);
    }
  });
});

describe('the whole corpus', () => {
  test.each(['terminal', 'json', 'sarif', 'markdown'])(
    'leaves no command and no raw control or bidirectional character in the report %s',
    (format) => {
      const ran = mldr(corpus, ['scan', ...every.map(({ file }) => file), '--report', format]);
      expect(ran.code).toBe(1);
      expect(impureLines(ran.stdout + ran.stderr)).toEqual([]);
      expect(noStack(ran)).toBe(true);
    },
  );

  test('accepts nothing that no check of ours understands yet: archives of another kind, models, notebooks', () => {
    const rows = ['archive-tar', 'model', 'notebook'].flatMap(corpusRows).filter(({ id }) => !absent.includes(id));
    const found = scan(rows);
    for (const { id, file, expected } of rows) {
      const { verdict = '', diagnostics = [], skipped = [] } = found.get(file) ?? {};
      if (verdict === 'accept') expect([id, expected]).toEqual([id, 'accept']);
      // What is refused says why: by a finding, or because nobody looked into it.
      else expect([id, diagnostics.length + skipped.length]).not.toEqual([id, 0]);
    }
  });

  test('is scanned within 300 MiB, in one process', () => {
    const tell = "process.on('exit',()=>require('node:fs').writeSync(3,String(process.resourceUsage().maxRSS)))";
    const preload = join(temporary(), 'peak.cjs');
    writeFileSync(preload, tell);
    const { output, signal } = spawnSync(
      process.execPath,
      ['--require', preload, cli, 'scan', ...every.map(({ file }) => file), '--quiet'],
      { cwd: corpus, env: environment(), stdio: ['ignore', 'pipe', 'pipe', 'pipe'], timeout: 120_000 },
    );
    expect(signal).toBeNull();
    const kibibytes = Number(output[3]);
    expect(kibibytes).toBeGreaterThan(10_000);
    expect(kibibytes).toBeLessThan(300 * 1024);
  });
});

describe('scan', () => {
  test('does not accept a zip of another name, nor a zip with a file in it that nobody looks into', () => {
    const folder = temporary();
    const [good] = corpusRows('archive-zip').filter(({ expected }) => expected === 'accept');
    copyFileSync(join(corpus, good?.file ?? ''), join(folder, 'model.keras'));
    const zip = new AdmZip(join(corpus, good?.file ?? ''));
    zip.addFile('ML-DGA-20250101-1/model.pkl', Buffer.from('not looked into'));
    zip.writeZip(join(folder, 'more.zip'));
    const { code, stdout } = mldr(folder, ['scan', 'model.keras', 'more.zip', '--report', 'json']);
    const subjects: Subject[] = JSON.parse(stdout).subjects;
    expect(subjects.map(({ verdict }) => verdict)).toEqual(['reject', 'reject']);
    expect(subjects[1]?.skipped[0]?.reason).toContain('model.pkl');
    expect(code).toBe(1);
  });

  test('takes an object with name, type and body for a job, and every other file for what it is', () => {
    const folder = temporary();
    writeFileSync(join(folder, 'job.json'), '{"name": "A b", "type": "anomaly_detection", "body": {}}');
    writeFileSync(join(folder, 'other.json'), '{"name": "A b", "type": "anomaly_detection"}');
    writeFileSync(join(folder, 'text.txt'), 'A b');
    const { stdout } = mldr(folder, ['scan', 'job.json', 'other.json', 'text.txt', '--report', 'json']);
    const subjects: Subject[] = JSON.parse(stdout).subjects;
    expect(subjects.map(({ verdict }) => verdict)).toEqual(['reject', 'accept', 'reject']);
    expect(subjects[0]?.diagnostics.map(({ check }) => check)).toContain('ml-job-bad-name');
    expect(subjects[2]?.skipped).toEqual([expect.objectContaining({ check: 'scan' })]);
  });

  test('knows pipelines, scripts and rules by their content, and one that is several things as each of them', () => {
    const folder = temporary();
    const write = (name: string, value: object) => writeFileSync(join(folder, name), JSON.stringify(value));
    const drop = { processors: [{ drop: {} }] };
    write('any-name.json', { on_failure: [{ drop: {} }] });
    write('both.json', { name: 'A b', type: 'anomaly_detection', body: {}, ...drop, script: { source: 'ctx.x = 1' } });
    write('foreign.json', { processors: [{ pipeline: { name: 'theirs' } }, { script: { id: 'theirs' } }] });
    write('no-bundle.json', { processors: [{ inference: { model_id: 'dga_7' } }] });
    write('dga_7_ingest_pipeline2.json', { processors: [{ inference: { model_id: 'dga_7' } }] });
    writeFileSync(join(folder, 'rule.toml'), '[rule]\nname = "a\\nb"\n');
    const files = ['any-name.json', 'both.json', 'foreign.json', 'no-bundle.json', 'dga_7_ingest_pipeline2.json'];
    writeFileSync(join(folder, 'rules.toml'), '[[rule]]\n[[rule.actions]]\nid = "c"\n');
    const { stdout } = mldr(folder, ['scan', ...files, 'rule.toml', 'rules.toml', '--report', 'json']);
    const subjects: Subject[] = JSON.parse(stdout).subjects;
    expect(subjects.map(({ diagnostics }) => diagnostics.map(({ check }) => check).sort())).toEqual([
      ['pipeline-forbidden-processor'],
      ['ml-job-bad-name', 'pipeline-forbidden-processor', 'pipeline-script-not-known', 'search-script-not-known'],
      ['reference-unresolved', 'reference-unresolved'],
      ['pipeline-unknown-model'],
      [],
      ['rule-bad-name'],
      ['rule-field-type'],
    ]);
    expect(subjects[4]?.verdict).toBe('accept');
  });

  test('accepts the good bundles, file by file and as zips', () => {
    const folder = temporary();
    const files = readdirSync('examples').map((name) => {
      const zip = new AdmZip();
      zip.addLocalFolder(join('examples', name), name);
      zip.writeZip(join(folder, `${name}.zip`));
      return `${name}.zip`;
    });
    const single = readdirSync('examples', { recursive: true, encoding: 'utf8' })
      // Pipelines and transforms of the later families name other files of their bundle by their stems.
      .filter((file) => /\.(json|toml|ndjson)$/.test(file) && !/_(pipeline|pivot_transform)\.json$/.test(file))
      .map((file) => resolve('examples', file));
    expect(single.length).toBeGreaterThan(20);
    const { stdout } = mldr(folder, ['scan', ...files, ...single, '--report', 'json']);
    const subjects: Subject[] = JSON.parse(stdout).subjects;
    expect(subjects.filter(({ verdict }) => verdict !== 'accept')).toEqual([]);
  });

  test('takes an approved script, and says in the report that it did', () => {
    const folder = temporary();
    const source = 'ctx.x = 1';
    writeFileSync(join(folder, 'script.json'), JSON.stringify({ script: { lang: 'painless', source } }));
    expect(mldr(folder, ['scan', 'script.json']).code).toBe(1);
    const sha256 = createHash('sha256').update(source).digest('hex');
    const approval = `[[script]]\nsha256 = "${sha256}"\nreason = "it sets x"\n`;
    writeFileSync(join(folder, 'ml-detection-release.toml'), approval);
    const ran = mldr(folder, ['scan', 'script.json']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain(`script ${sha256.slice(0, 12)}…: approved (it sets x)`);
    writeFileSync(join(folder, 'ml-detection-release.toml'), approval.replace(sha256, sha256.slice(1)));
    expect(mldr(folder, ['scan', 'script.json']).code).toBe(2);
  });

  test('fails for a file that is not there, and says which', () => {
    const ran = mldr(corpus, ['scan', 'none.zip']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('none.zip');
  });
});
