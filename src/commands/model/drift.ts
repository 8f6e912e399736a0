import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Bundle } from '../../domain/bundle.ts';
import { isObject, member } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { goldenEntries } from '../../formats/golden.ts';
import { type BundleModel, bundleModel } from '../../inference/bundle/bundle-model.ts';
import { type DriftValue, driftOf } from '../../inference/drift.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { type Content, pinned, readFolder, readRelease } from '../elastic/content.ts';
import { givenShare } from '../given-share.ts';
import { driftFact, driftLines } from './drift-text.ts';
import { linesOf } from './lines.ts';
import { formatOf, questions, rowFormats } from './rows.ts';

/**
 * What changed between two models: how many values get another class, and how far probabilities move. Values are those
 * of the golden predictions of both, and of `--from`.
 * @throws Failure of the store and the readers
 */
export async function drift(session: Session): Promise<CommandResult> {
  const { release = '', other = '' } = session.inputs;
  const allowed = givenShare(session.inputs, 'max-drift');
  const before = await contentOf(session, release);
  try {
    const after = await contentOf(session, other);
    try {
      return await compared(session, before.bundle, after.bundle, allowed);
    } finally {
      await after.dispose();
    }
  } finally {
    await before.dispose();
  }
}

function contentOf(session: Session, name: string): Promise<Content> {
  const here = existsSync(resolve(session.host.cwd, name));
  return here ? readFolder(session, name) : readRelease(session, pinned(name));
}

async function compared(
  session: Session,
  before: Bundle,
  after: Bundle,
  allowed: number | undefined,
): Promise<CommandResult> {
  const [old, now] = [modelOf(before), modelOf(after)];
  const values = new Map<string, DriftValue>();
  for (const bundle of [before, after]) for (const value of await goldenValues(bundle)) values.set(value.name, value);
  if (session.inputs.from !== undefined) {
    for (const value of await givenValues(session, session.inputs.from, now)) values.set(value.name, value);
  }
  const found = driftOf(old, now, [...values.values()]);
  if (found.rows === 0) {
    const text = 'There is no value that both models can be asked of: give golden predictions to one, or --from.';
    return { subjects: [], no: true, text: [text] };
  }
  const over = allowed !== undefined && found.largest > allowed;
  const gate = over ? ['', `The largest change is ${found.largest}; allowed are ${allowed}.`] : [];
  return {
    subjects: [],
    result: { from: before.name, to: after.name, drift: found },
    text: [`${before.name} → ${after.name}`, ...driftLines(found), ...gate],
    facts: [driftFact(found, before.name, after.name)],
    ...(over ? { no: true as const } : {}),
  };
}

function modelOf(bundle: Bundle): BundleModel {
  const reading = bundleModel(bundle);
  if ('found' in reading) return reading.found;
  const [first] = 'refused' in reading ? reading.refused : [{ message: `${reading.none}.` }];
  throw new Failure(
    'usage',
    `The model of \`${safe(bundle.name)}\` cannot be compared: ${safe(first?.message ?? '', 1000)}`,
    {
      help: '`mldr model inspect` says what stands in the way.',
    },
  );
}

async function goldenValues(bundle: Bundle): Promise<DriftValue[]> {
  const files = await goldenEntries(bundle);
  return files.flatMap(({ rows }) =>
    rows.flatMap(({ value }): DriftValue[] => {
      const [domain, fields] = [member(value, 'domain'), member(value, 'fields')];
      if (typeof domain === 'string') return [{ name: domain, domain }];
      return isObject(fields) ? [{ name: JSON.stringify(fields), fields }] : [];
    }),
  );
}

/** @throws Failure `usage` at the first row that cannot be read */
async function givenValues({ host, inputs }: Session, from: string, model: BundleModel): Promise<DriftValue[]> {
  const given = rowFormats.find((format) => format === inputs.format);
  const values: DriftValue[] = [];
  for await (const row of questions(linesOf(host, from), model, (first) => given ?? formatOf(from, first))) {
    if ('error' in row) throw new Failure('usage', `${safe(from, 1000)}:${row.line}: ${safe(row.error, 1000)}`);
    const { asked } = row;
    if ('domain' in asked) values.push({ name: asked.domain, domain: asked.domain });
    else values.push({ name: JSON.stringify(asked.fields), fields: asked.fields });
  }
  return values;
}
