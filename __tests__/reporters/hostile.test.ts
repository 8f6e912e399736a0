import { describe, expect, it } from 'vitest';
import { render } from '../../src/reporters/reporter.ts';
import { links } from './golden.ts';
import { hostileReport } from './hostile.ts';
import { commandIn } from './runner.ts';

const seeds = Array.from({ length: 300 }, (_, index) => index + 1);
const raw = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const ownColours = /\p{Cc}\[(?:31|33|36|32|39|2|1|22)m/gu;
// HTML of ours; whatever else a `<` could begin is an entity by now.
const ownHtml = /<\/?(?:details|summary|code|span|wbr)>|<!-- -->/g;
const ownLinks =
  /\]\(https:\/\/(?:docs\.example\/checks\/|github\.com\/acme\/detections\/blob\/)[A-Za-z0-9._~/#?=&%-]*\)/g;

function isHarmful(line: string): boolean {
  return raw.test(line) || commandIn(line) !== undefined || /^[\s\p{Default_Ignorable_Code_Point}]*::/u.test(line);
}

/** Lines of a Markdown text that are not in a fence. */
function outsideFences(text: string): string[] {
  let fence: string | undefined;
  return text.split('\n').filter((line) => {
    const run = /^`{3,}/.exec(line)?.[0];
    if (fence === undefined) {
      fence = run;
      return run === undefined;
    }
    if (line === fence) fence = undefined;
    return false;
  });
}

describe('hostile texts', () => {
  it('are no pieces that the reporters never see', async () => {
    const all = seeds.map((seed) => JSON.stringify(hostileReport(seed))).join('');
    expect(all).toContain('::error::');
    expect(all).toContain('##[');
  });

  it.each(['terminal', 'json', 'sarif', 'markdown', 'summary'] as const)(
    'reach no terminal raw and command no runner through %s',
    async (name) => {
      for (const seed of seeds) {
        const text = await render(name, hostileReport(seed), { links });
        expect(text.split('\n').filter(isHarmful)).toEqual([]);
      }
    },
  );

  it('reach no terminal raw in colours either', async () => {
    for (const seed of seeds) {
      const text = await render('terminal', hostileReport(seed), { colour: true });
      expect(text.replace(ownColours, '').split('\n').filter(isHarmful)).toEqual([]);
    }
  });

  it('make no annotation but those that were meant', async () => {
    for (const seed of seeds) {
      const report = hostileReport(seed);
      const lines = (await render('annotations', report)).split('\n').slice(0, -1);
      const findings = report.subjects[0]?.diagnostics.length ?? 0;
      expect(lines.length).toBeLessThanOrEqual(11);
      expect(lines.length >= Math.min(findings, 10)).toBe(true);
      for (const line of lines) {
        expect(line).not.toMatch(raw);
        const command = commandIn(line);
        expect(['error', 'warning', 'notice']).toContain(command?.name);
        const allowed = new Set(['file', 'line', 'col', 'endLine', 'endColumn', 'title']);
        expect(Object.keys(command?.properties ?? {}).filter((key) => !allowed.has(key))).toEqual([]);
      }
    }
  });

  it.each(['markdown', 'summary'] as const)('become no markup in %s, and leave its tables whole', async (name) => {
    let rows = 0;
    for (const seed of seeds) {
      const text = await render(name, hostileReport(seed), { links });
      let columns: number | undefined;
      for (const line of outsideFences(text)) {
        const plain = line
          .replace(ownHtml, '¦')
          .replace(ownLinks, ']')
          .replace(/&#\d+;/g, '');
        expect(plain).not.toMatch(/[<>`]|\]\(|!\[|https?:|www\.|@\w|#\d/);
        if (!line.startsWith('|')) {
          columns = undefined;
          continue;
        }
        const cells = line.split('|').length;
        columns ??= cells;
        expect(cells).toBe(columns);
        rows += 1;
      }
    }
    expect(rows).toBeGreaterThan(1000);
  });
});
