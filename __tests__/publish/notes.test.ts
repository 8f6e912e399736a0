import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../src/domain/bundle.ts';
import { Failure } from '../../src/errors.ts';
import { type NotesOptions, releaseNotes } from '../../src/publish/notes.ts';
import { bundle, detections, dga, minute } from './workshop.ts';

const notesOf = (from: Bundle, more: Partial<NotesOptions> = {}): string =>
  releaseNotes(from, { now: minute(0), ...more });

/** A DGA bundle whose model has the id given. */
async function modelCalled(id: string): Promise<Bundle> {
  const from = await bundle(dga);
  const references = from.graph.references.map((reference) =>
    reference.space === 'model' && reference.role === 'defines' ? { ...reference, id } : reference,
  );
  return { ...from, graph: { ...from.graph, references } };
}

describe('the release description', () => {
  it('of a model names it, with date and digest', async () => {
    const from = await bundle(dga);
    const model = from.entries.find(({ role }) => role === 'model');
    expect(notesOf(from)).toBe(
      `model_name: dga_1000_1.0\n\n----\n\n\ndate: 2026-11-22T10:00:00Z\nmodel_sha256: ${model?.sha256}\n`,
    );
  });

  it('of detections counts rules and jobs, and names the DGA release', async () => {
    expect(notesOf(await bundle(detections), { builtOn: 'ML-DGA-20261122-1' })).toBe(`Experimental ML rules: 3
Experimental ML jobs: 3
Experimental ML datafeeds: 1
Other files: 1

----


DGA release: ML-DGA-20261122-1
date: 2026-11-22T10:00:00Z
`);
  });

  it('has no line, and no placeholder, for what is not known', async () => {
    const notes = notesOf(await bundle(detections));
    expect(notes).not.toMatch(/DGA release|undefined|null|<add|none/);
  });

  it('names a release of another family as what it is built on', async () => {
    const notes = notesOf(await bundle(detections), { builtOn: 'ML-ProblemChild-20261122-1' });
    expect(notes).toContain('\nBuilt on: ML-ProblemChild-20261122-1\n');
  });

  it('of files of no format we know counts them', async () => {
    const from = await bundle(detections);
    const { kind, ...rest } = from;
    const none = { ...rest, graph: { ...from.graph, references: [] } };
    expect(kind).toBeDefined();
    expect(notesOf(none)).toMatch(/^Files: 8\n\n----/);
  });

  it("ends with the user's text", async () => {
    const notes = notesOf(await bundle(dga), { text: '\uFEFF# What is new\r\n\r\n- a *list*\n\n' });
    expect(notes).toMatch(/\nmodel_sha256: [0-9a-f]{64}\n\n----\n\n# What is new\n\n- a \*list\*\n$/);
    expect(notesOf(await bundle(dga), { text: ' \n' })).not.toContain('----\n\n \n');
    expect(notesOf(await bundle(dga), { text: ' \n' })).toBe(notesOf(await bundle(dga)));
  });

  it("shows what is hidden in the user's text", async () => {
    const notes = notesOf(await bundle(dga), { text: 'a\u202Eb\u0007c\n\tindented' });
    expect(notes).toContain('a\\u{202e}b\\u{7}c\n\tindented\n');
  });

  it.each([
    ['@everyone', '` @everyone `'],
    ['<img src=x>', '` <img src=x> `'],
    ['a`b``c', '``` a`b``c ```'],
    ['[x](http://example)', '` [x](http://example) `'],
    ['a\nb', '` a\\u{a}b `'],
    ['_a_', '` _a_ `'],
    ['dga_1.0-x', 'dga_1.0-x'],
  ])('writes the id %j so that it is no markup', async (id, written) => {
    expect(notesOf(await modelCalled(id)).split('\n')[0]).toBe(`model_name: ${written}`);
  });

  it('that is too long for a release is refused', async () => {
    const from = await bundle(dga);
    const refusal = (() => {
      try {
        return notesOf(from, { text: 'x'.repeat(125_000) });
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(Failure);
    expect(refusal).toMatchObject({ code: 'usage', help: expect.stringContaining('--notes-file') });
  });
});
