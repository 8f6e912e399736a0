import type { CheckContext } from '../../checks/check.ts';
import type { SimulatedTest } from '../../checks/pipeline-differences.ts';
import { type PipelineTest, pipelineTests } from '../../checks/pipeline-tests.ts';
import { desiredOf } from '../../deploy/desired.ts';
import { standingOfLine } from '../../deploy/ownership.ts';
import type { Bundle } from '../../domain/bundle.ts';
import { isArray, member } from '../../domain/document.ts';
import { type DesiredObject, keyText } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import type { TargetClient } from '../../resources/http/client.ts';
import type { ResourceTypes } from '../../resources/resource.ts';
import type { Session } from '../../session.ts';
import { openTarget, prefixOf } from './target.ts';
import { targetTypes } from './target-types.ts';

/** What checks are told of test documents; nothing where there are none, or no stack was named for them. */
export async function simulatedTests(session: Session, bundle: Bundle): Promise<Pick<CheckContext, 'simulated'>> {
  const { inputs } = session;
  const { tests } = pipelineTests(bundle);
  if (tests.length === 0 || bundle.kind === undefined) return {};
  if (inputs.command === 'deploy' || inputs.command === 'elastic setup-model') {
    return { simulated: { missing: 'the documents go through the pipelines before the switch' } };
  }
  // An environment that names a stack is no word to ask it: a validation sends nothing to anybody by itself.
  const named = [inputs.target, inputs['elasticsearch-url'], inputs['cloud-id']].some((word) => word !== undefined);
  if (!named || inputs.command !== 'validate') return {};
  const target = await openTarget(session);
  const line = { family: bundle.kind.family, prefix: prefixOf(session) };
  const standing = standingOfLine(await target.journal.list(), line)?.objects ?? [];
  const desired = desiredOf(bundle, { prefix: line.prefix, standing });
  const absent = await firstAbsent(tests, desired, targetTypes(target, bundle.name));
  if (absent === undefined)
    return { simulated: { tests: await runTests(target.elasticsearch.client, tests, desired) } };
  const missing = `\`${safe(keyText(absent))}\` does not stand on ${target.name} as the bundle has it: deploy it there`;
  return { simulated: { missing } };
}

/**
 * Sends documents through pipelines as the bundle has them; what they use must stand there. Nothing is written.
 * @throws Failure the client's
 */
export async function runTests(
  client: TargetClient,
  tests: readonly PipelineTest[],
  desired: readonly DesiredObject[],
): Promise<SimulatedTest[]> {
  const simulated: SimulatedTest[] = [];
  for (const { file, pipeline, docs } of tests) {
    const body = JSON.stringify({ pipeline: testedBy(desired, pipeline)?.body ?? null, docs });
    const { value } = await client.send({ method: 'POST', path: ['_ingest', 'pipeline', '_simulate'], body });
    const answers = member(value, 'docs');
    simulated.push({ file, answers: isArray(answers) ? answers : [] });
  }
  return simulated;
}

function testedBy(desired: readonly DesiredObject[], pipeline: string): DesiredObject | undefined {
  return desired.find(({ type, id, named }) => type === 'pipeline' && (named ?? id) === pipeline);
}

/** The first object that a tested pipeline uses and that is not there, or another one. */
async function firstAbsent(
  tests: readonly PipelineTest[],
  desired: readonly DesiredObject[],
  types: ResourceTypes,
): Promise<DesiredObject | undefined> {
  const pending = tests.flatMap(({ pipeline }) => testedBy(desired, pipeline)?.dependsOn ?? []);
  const seen = new Set<string>();
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    const wanted = desired.find((object) => keyText(object) === keyText(key ?? object));
    if (wanted === undefined || seen.has(keyText(key))) continue;
    seen.add(keyText(key));
    const type = types.get(key.type);
    const actual = await type?.read(key.id);
    if (type === undefined || actual === undefined || !type.equal(wanted, actual)) return wanted;
    pending.push(...wanted.dependsOn);
  }
  return undefined;
}
