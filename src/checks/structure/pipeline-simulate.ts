import { atMost } from '../at-most.ts';
import { type CannotRun, type CheckContext, type CheckFinding, defineCheck } from '../check.ts';
import { pipelineDifferences } from '../pipeline-differences.ts';
import { pipelineTests } from '../pipeline-tests.ts';

/** What a stack makes of the test documents of a bundle; without one there is nothing to look at. */
export const pipelineSimulate = defineCheck({
  id: 'pipeline-simulate',
  severity: 'error',
  title: 'A test document comes out of the pipelines otherwise than expected',
  help: 'Mend the pipeline or what is expected; name under `volatile` what is another value with every run.',
  run: (context) => atMost(results(context)),
});

function* results({ bundle, simulated }: CheckContext): Iterable<CheckFinding | CannotRun> {
  const { tests } = pipelineTests(bundle);
  if (tests.length === 0) return;
  if (simulated === undefined) yield { skipped: 'no stack given' };
  else if ('missing' in simulated) yield { skipped: simulated.missing };
  else {
    for (const test of tests) {
      const answered = simulated.tests.find(({ file }) => file === test.file);
      yield* pipelineDifferences(test, answered?.answers ?? []);
    }
  }
}
