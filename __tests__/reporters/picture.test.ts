import { describe, expect, it } from 'vitest';
import type { Reference, Space } from '../../src/domain/reference.ts';
import { escapeMermaid, mermaid } from '../../src/reporters/mermaid.ts';
import { pictureOf } from '../../src/reporters/picture.ts';
import { summary } from '../../src/reporters/summary.ts';
import { hostileReport, pieces } from './hostile.ts';
import { broken, diagnostic, report, subject } from './samples.ts';

const defines = (space: Space, id: string, file: string): Reference => ({ space, id, role: 'defines', at: { file } });
const uses = (space: Space, id: string, file: string): Reference => ({ space, id, role: 'uses', at: { file } });

// One statement a line, and nothing else; `label` holds letters, digits, marks, spaces and entity codes.
const label = '(?:[\\p{L}\\p{N}\\p{M} ]|#\\d+;)+';
const red = 'stroke:#d1242f,stroke-width:2px,stroke-dasharray:4 4';
const statement = new RegExp(
  `^(?:flowchart LR|  subgraph g\\d+\\["${label}"\\]|    n\\d+\\["${label}"\\]|  end|  n\\d+ (?:-->|-\\.->) n\\d+|  style n\\d+ ${red}|  linkStyle \\d+(?:,\\d+)* ${red})$`,
  'u',
);

/** The edges of a picture in words. */
function edgesOf(references: Reference[], diagnostics = [diagnostic({ file: 'p' })], most = 100): string[] {
  const picture = pictureOf(subject({ references, diagnostics }), most);
  return (picture?.edges ?? []).map(
    ({ from, to, state }) => `${from.group} ${from.label} ${state} ${to.group} ${to.label}`,
  );
}

describe('picture', () => {
  it('leads from the definition of a file to what the file uses', () => {
    const references = [defines('pipeline', 'one', 'p'), uses('script', 's', 'p'), defines('script', 's', 'f')];
    expect(edgesOf(references)).toEqual(['pipeline one whole script s']);
  });

  it('leads from the file itself where it defines nothing', () => {
    expect(edgesOf([uses('script', 's', 'p'), defines('script', 's', 'f')])).toEqual(['file p whole script s']);
  });

  it('calls a use broken only where a finding of its file says so', () => {
    const references = [defines('rule', 'r', 'p'), uses('job', 'j', 'p')];
    expect(edgesOf(references)).toEqual(['rule r broken job j']);
    expect(edgesOf(references, [])).toEqual(['rule r outside job j']);
    expect(edgesOf(references, [diagnostic({ file: 'other' })])).toEqual(['rule r outside job j']);
    expect(edgesOf(references, [diagnostic({ file: 'p', check: 'model-hash-reused' })])).toEqual([
      'rule r outside job j',
    ]);
  });

  it('draws an edge once, none to itself, and no rule id that nothing uses', () => {
    const references = [
      defines('rule-id', '1-2', 'p'),
      defines('job', 'j', 'p'),
      uses('job', 'j', 'p'),
      uses('job', 'j', 'q'),
      uses('job', 'j', 'q'),
    ];
    expect(edgesOf(references)).toEqual(['file q whole job j']);
    expect(pictureOf(subject({ references }), 9)?.nodes.map(({ group }) => group)).toEqual(['file', 'job']);
  });

  it('is none where nothing refers to anything', () => {
    expect(pictureOf(subject({ references: [defines('job', 'j', 'p')] }), 9)).toBeUndefined();
    expect(summary(report([subject()]))).not.toContain('mermaid');
  });

  it('leaves out ids that refer to nothing where there are many', () => {
    const lonely = (count: number) =>
      Array.from({ length: count }, (_, index) => defines('job', `j${index}`, `f${index}`));
    const two = [defines('rule', 'r', 'p'), uses('job', 'j0', 'p')];
    expect(pictureOf(subject({ references: [...two, ...lonely(15)] }), 40)).toMatchObject({ left: 0 });
    const large = pictureOf(subject({ references: [...two, ...lonely(16)] }), 40);
    expect(large?.left).toBe(15);
    expect(large?.nodes.map(({ label }) => label)).toEqual(['j0', 'r']);
  });

  it('keeps a broken edge when there is no room for all', () => {
    const crowd = Array.from({ length: 500 }, (_, index) => [
      defines('job', `j${index}`, `f${index}`),
      uses('job', `j${index}`, `g${index}`),
    ]);
    const references = [...crowd.flat(), defines('rule', 'r', 'p'), uses('job', 'nowhere', 'p')];
    expect(edgesOf(references)).toContain('rule r broken job nowhere');
    const picture = pictureOf(subject({ references }), 100);
    expect(picture?.nodes).toHaveLength(100);
    expect(picture?.left).toBe(902);
    expect(summary(report([subject({ references })]))).toContain(
      '_The picture leaves out 962 more ids of the bundle._',
    );
  });
});

describe('mermaid', () => {
  it('draws the broken edge red and dashed, and its end too', () => {
    const [one] = broken.subjects;
    const picture = one && pictureOf(one, 100);
    if (picture === undefined) throw new Error('The sample has references.');
    const text = mermaid(picture);
    const at = picture.edges.findIndex(({ state }) => state === 'broken');
    expect(text.split('\n').at(-1)).toBe(`  linkStyle ${at} ${red}`);
    expect(text).toContain('-.->');
  });

  it('draws an id outside the bundle dashed, and not red', () => {
    const picture = pictureOf(subject({ references: [defines('rule', 'r', 'p'), uses('job', 'j', 'p')] }), 9);
    expect(picture && mermaid(picture)).toMatch(/\n {2}n1 -\.-> n0$/);
  });

  it.each(pieces)('makes a label of %j that ends nothing', (piece) => {
    expect(escapeMermaid(piece)).toMatch(new RegExp(`^${label}$`, 'u'));
  });

  it('has a label for every id, since Mermaid takes no empty one', () => {
    expect(escapeMermaid('')).toBe('empty');
    expect(escapeMermaid('  ')).toBe('empty');
  });

  it('stays within its grammar for hostile ids', () => {
    let pictures = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const blocks = summary(hostileReport(seed)).matchAll(/^```mermaid\n(.*?)\n```$/gms);
      for (const [, block = ''] of blocks) {
        pictures += 1;
        for (const line of block.split('\n')) expect(line).toMatch(statement);
      }
    }
    expect(pictures).toBeGreaterThan(200);
  });
});
