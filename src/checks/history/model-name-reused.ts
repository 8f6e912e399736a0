import { atMost } from '../at-most.ts';
import { type CheckFinding, defineCheck } from '../check.ts';
import { modelReuses, type Reuse } from '../model-reuse.ts';
import { withHistory } from '../with-history.ts';

/** The file name is the model's id on a stack: two models of one name replace each other. */
export const modelNameReused = defineCheck({
  id: 'model-name-reused',
  severity: 'warning',
  title: 'The model has the name of another model in an earlier release',
  help: 'Give the new model a new id, in its file names and in its body.',
  run: withHistory(({ bundle }, history) => atMost(modelReuses(bundle, history).flatMap(describe))),
});

function describe({ entry, release, earlier, sameName, shared }: Reuse): CheckFinding[] {
  if (!sameName || shared !== undefined) return [];
  const hashes = `sha256 ${earlier.sha256} there, ${entry.sha256} here`;
  const message = `${release} holds a \`${earlier.path}\` too (${hashes}): same name with another hash.`;
  return [{ message, at: { file: entry.path } }];
}
