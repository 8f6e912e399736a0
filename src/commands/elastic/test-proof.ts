import { pipelineDifferences } from '../../checks/pipeline-differences.ts';
import type { PipelineTest } from '../../checks/pipeline-tests.ts';
import type { Bundle } from '../../domain/bundle.ts';
import type { Location } from '../../domain/diagnostic.ts';
import type { DesiredObject } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { TargetClient } from '../../resources/http/client.ts';
import { runTests } from './simulated.ts';

/** So many differences show what is wrong. */
const shown = 10;

/**
 * Proves that the test documents of a bundle come out as expected, with what stands on the target by now.
 * @throws Failure `proof-failed` with the first differences at their places; the client's
 */
export async function proveTests(
  client: TargetClient,
  bundle: Bundle,
  tests: readonly PipelineTest[],
  desired: readonly DesiredObject[],
): Promise<void> {
  const simulated = await runTests(client, tests, desired);
  const findings = tests.flatMap((test, index) => [...pipelineDifferences(test, simulated[index]?.answers ?? [])]);
  if (findings.length === 0) return;
  const lines = await Promise.all(
    findings.slice(0, shown).map(async ({ message, at }) => `${await placeOf(bundle, at)}: ${safe(message, 1000)}`),
  );
  const more = findings.length > shown ? [`And ${findings.length - shown} more like these.`] : [];
  throw new Failure('proof-failed', [...lines, ...more].join('\n'), {
    help: 'Mend the pipeline or what is expected; name under `volatile` what is another value with every run.',
  });
}

async function placeOf({ dev }: Bundle, at: Location | undefined): Promise<string> {
  const entry = dev.find(({ path }) => path === at?.file);
  const span = at?.pointer === undefined ? undefined : await entry?.document?.locate(at.pointer, at.part);
  return `${safe(at?.file ?? '')}${span === undefined ? '' : `:${span.line}:${span.column}`}`;
}
