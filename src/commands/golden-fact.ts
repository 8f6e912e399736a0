import type { GoldenCoverage } from '../domain/golden.ts';
import type { Fact } from '../domain/report.ts';

/** What a report says of the golden predictions of a bundle. */
export function goldenFact(coverage: GoldenCoverage): Fact {
  const { rows, differing, largest, leaves, reached } = coverage;
  const far = largest > 0 ? `, by ${largest.toPrecision(3)} at most` : '';
  const agree = differing === 0 ? `${rows} rows agree` : `${differing} of ${rows} rows differ${far}`;
  const share = `${((100 * reached) / Math.max(1, leaves)).toFixed(1)} %`;
  const line = `golden   ${agree} · ${reached} of ${leaves} leaves reached (${share})`;
  const markdown = `${agree.charAt(0).toUpperCase()}${agree.slice(1)}. They reach ${reached} of the ${leaves} leaves of the model (${share}).`;
  return { section: 'golden', title: 'Golden predictions', data: coverage, markdown, line };
}
