import { atMost } from '../at-most.ts';
import { type CheckFinding, defineCheck } from '../check.ts';
import { modelReuses, type Reuse } from '../model-reuse.ts';
import { withHistory } from '../with-history.ts';

/** Also where name and hash are the same: `model-name-reused` leaves that case to this check. */
export const modelHashReused = defineCheck({
  id: 'model-hash-reused',
  severity: 'warning',
  title: 'The model is one that an earlier release holds already',
  help: 'If it is meant to be the same model, keep its name and accept the warning; if not, check the export.',
  run: withHistory(({ bundle }, history) => atMost(modelReuses(bundle, history).flatMap(describe))),
});

function describe({ entry, release, earlier, sameName, shared }: Reuse): CheckFinding[] {
  if (shared === undefined) return [];
  const which = sameName ? 'same name and same hash' : 'same hash under another name';
  const what = shared.of === 'bytes' ? 'The model is' : 'Re-saved with sorted keys, the model is';
  const message = `${what} \`${earlier.path}\` of ${release} (sha256 ${shared.sha256}): ${which}.`;
  return [{ message, at: { file: entry.path } }];
}
