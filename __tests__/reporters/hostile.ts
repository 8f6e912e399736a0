import type { Space } from '../../src/domain/reference.ts';
import type { FailureReport, Report } from '../../src/domain/report.ts';
import { type Severity, severities } from '../../src/domain/severity.ts';
import { diagnostic, report, subject } from './samples.ts';

/** Pieces that mean something to a terminal, a runner, Markdown, HTML, Mermaid, JSON, SARIF or a URL. */
export const pieces: readonly string[] = [
  '::error::x',
  '\n::error file=a::x',
  '\r\n::add-mask::x',
  ' \u00a0::stop-commands::x',
  '\u3000::warning::x',
  ':\u034f:',
  '##[error]x',
  'a ##[add-mask]x',
  '#\u034f#[group]x',
  '::',
  '%0A',
  '%25',
  ':',
  ',',
  '=',
  ';',
  '\u0000',
  '\u0007',
  '\b',
  '\t',
  '\r',
  '\n',
  '\u001b[31m',
  '\u001b]8;;https://evil.example\u0007',
  '\u009b2J',
  '\u0085',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\u00ad',
  '\u{e0041}',
  '\ud800',
  '\udc00',
  '`',
  '``',
  '```',
  '~~~',
  '|',
  '||',
  '\\',
  '\\|',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</details>',
  '</code>',
  '<!--',
  '-->',
  '&lt;',
  '&#124;',
  '![x](https://evil.example/x.png)',
  '[a](javascript:alert(1))',
  '](',
  ')',
  '[x]: y',
  '**b**',
  '_i_',
  '~~s~~',
  '# h',
  '- l',
  '1. l',
  '> q',
  '$x$',
  '$$',
  '@org/team',
  '#1',
  'GH-7',
  'a@evil.example',
  ':tada:',
  'https://evil.example/',
  'www.evil.example',
  'http://',
  '"]',
  '" end',
  'n0 --> n1',
  'click n0 href "javascript:1"',
  '%%{init: {"securityLevel":"loose"}}%%',
  'subgraph x',
  'end',
  ';',
  'linkStyle 0 stroke:red',
  '#quot;',
  '#35;',
  '---',
  '{0}',
  '$' + '{{ secrets.GITHUB_TOKEN }}',
  '../',
  '..',
  '/',
  'C:\\',
  '?',
  '*',
  "'",
  '"',
  '!',
  'a',
  'Z',
  '7',
  ' ',
  '  ',
  '.',
  '-',
  'é',
  'e\u0301',
  '漢字',
  '🚀',
  '⚠️',
  '__proto__',
  'dga_1000_1.0_model.json',
];

/** Numbers in [0, 1) that are the same on every machine (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A text of up to eight of the pieces. */
export function hostileText(random: () => number): string {
  return Array.from({ length: Math.floor(random() * 9) }, () => pick(pieces, random)).join('');
}

function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
}

const spaces: readonly Space[] = ['model', 'script', 'pipeline', 'job', 'rule', 'rule-id'];
const digest = '0123456789abcdef'.repeat(4);

/** A report in which every text that can come from outside is a hostile one. */
export function hostileReport(seed: number): Report {
  const random = seeded(seed);
  const text = () => hostileText(random);
  const many = <T>(most: number, make: () => T): T[] => Array.from({ length: Math.floor(random() * most) }, make);
  const files = [text(), text(), text()];
  const assets = many(4, () => ({ name: text(), size: Math.floor(random() * 1e7), sha256: digest }));
  const position = (): number => 1 + Math.floor(random() * 30);
  const diagnostics = many(14, () => {
    const line = position();
    const place = { file: pick(files, random), line, column: position(), endLine: line, endColumn: 40 };
    const severity: Severity = pick(severities, random);
    const known = random() < 0.8 ? place : {};
    return diagnostic({ check: text(), severity, message: text(), help: text(), ...known });
  });
  const one = subject({
    name: text(),
    kind: text(),
    path: text(),
    source: pick(['folder', 'zip', 'file'] as const, random),
    entries: files.map((path) => ({ path, role: text(), size: 7, sha256: digest })),
    sha256: digest,
    diagnostics,
    skipped: many(4, () => ({ check: text(), reason: text() })),
    weakened: many(3, text),
    references: many(12, () => ({
      space: pick(spaces, random),
      id: text(),
      role: pick(['defines', 'uses'] as const, random),
      at: { file: pick(files, random) },
    })),
    excerpts: new Map(
      diagnostics.map((found) => [
        found,
        {
          lines: [
            { number: 1, text: text() },
            { number: 2, text: text().repeat(5) },
          ],
          underline: { start: 3, length: 4 },
        },
      ]),
    ),
    history: text(),
    plan: {
      version: 1,
      store: text(),
      release: text(),
      operations: assets.map((asset) => ({ do: 'put', asset, requires: { absent: true } })),
    },
    notes: text(),
    facts: many(2, () => ({ section: text(), title: text(), data: text(), markdown: 'Plain.\n\n::error::x' })),
    release: {
      name: text(),
      state: pick(['published', 'unchanged', 'planned'] as const, random),
      url: text(),
      assets,
      models: many(5, () => ({ id: text(), sha256: text() })),
    },
  });
  const failure = (): FailureReport => ({
    code: text(),
    title: text(),
    message: many(3, text).join('\n'),
    causes: many(3, text),
    help: many(4, () => (random() < 0.5 ? text() : `    ${text()}`)).join('\n'),
    exit: 2,
    url: text(),
  });
  return report([random() < 0.5 ? one : { ...one, unseen: failure() }], {
    ...(random() < 0.5 ? {} : { failure: failure() }),
    command: text(),
    store: text(),
    repeat: text(),
    text: many(4, text),
    result: { text: text() },
  });
}
