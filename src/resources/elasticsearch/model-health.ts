import { isArray, member } from '../../domain/document.ts';
import { type Health, type Tolerance, tally, tooMany } from '../../domain/health.ts';
import type { TargetClient } from '../http/client.ts';
import { countOf } from './health.ts';

/**
 * How a trained model does its work, by the counts that the cluster keeps of it. A model whose inputs are missing in
 * every document answers none of them, however well it runs: the pipeline before it writes other names of fields.
 */
export async function modelHealth(client: TargetClient, id: string, tolerance: Tolerance): Promise<Health | undefined> {
  const { value } = await client.send({ method: 'GET', path: ['_ml', 'trained_models', id, '_stats'] }, [404]);
  const found = member(value, 'trained_model_stats');
  const stats = isArray(found) ? found.find((each) => member(each, 'model_id') === id) : undefined;
  if (stats === undefined) return undefined;
  const counts = member(stats, 'inference_stats');
  const inferences = countOf(counts, 'inference_count');
  const failures = countOf(counts, 'failure_count');
  const missing = countOf(counts, 'missing_all_fields_count');
  const pipelines = countOf(stats, 'pipeline_count');
  const figures = { inferences, failures, missing, pipelines };
  const did = `${tally(inferences, 'inference')}, ${tally(failures, 'failure')}`;
  const unfed = missing === 0 ? '' : `, ${missing.toLocaleString('en-US')} without any of its inputs`;
  if (tooMany(failures, inferences, tolerance)) return { state: 'ill', text: `${did}${unfed}`, figures };
  if (missing > 0 && missing >= inferences - failures) {
    return { state: 'ill', text: `none of ${tally(inferences, 'inference')} had any of its inputs`, figures };
  }
  if (inferences > 0) return { state: 'healthy', text: `${did}${unfed}`, figures };
  return { state: 'quiet', text: pipelines === 0 ? 'no pipeline uses it' : 'no inference yet', figures };
}
