import type { PublishOperation, PublishPlan } from '../domain/plan.ts';
import type { ReleaseResult, Report, SubjectReport } from '../domain/report.ts';
import { safe } from '../domain/safe.ts';
import type { Paint } from './colour.ts';
import { displayWidth, padEnd } from './line.ts';
import { counted, humanSize, shortDigest } from './measure.ts';

const modelsNamed = 3;

/** The plan of a release, one line for each operation; a line that says so where there is nothing to do. */
export function planLines(plan: PublishPlan, paint: Paint): string[] {
  const head = 'plan  ';
  if (plan.operations.length === 0)
    return [`${head}nothing to do: ${safe(plan.release)} is published with these files`];
  const names = plan.operations.map((operation) => displayWidth(safe(nameOf(operation))));
  const sizes = plan.operations.map((operation) => sizeOf(operation).length);
  return plan.operations.map((operation, index) => {
    const name = padEnd(safe(nameOf(operation)), Math.max(...names));
    const size = sizeOf(operation).padStart(Math.max(...sizes));
    const remark = operation.do === 'commit' ? '' : paint('dim', remarkOf(operation));
    const label = index === 0 ? paint('bold', head) : ' '.repeat(head.length);
    return `${label}${operation.do.padEnd(6)}   ${name}  ${size}  ${remark}`.trimEnd();
  });
}

function remarkOf(operation: Exclude<PublishOperation, { do: 'commit' }>): string {
  if (operation.do === 'put') return `sha256 ${shortDigest(operation.asset.sha256)}`;
  if (operation.do === 'leave') return '(a draft, for a person to publish)';
  return operation.after === undefined ? '(first of the family)' : `(after ${safe(operation.after)})`;
}

function nameOf(operation: PublishOperation): string {
  if (operation.do === 'put') return operation.asset.name;
  return operation.do === 'claim' ? operation.name : '';
}

function sizeOf(operation: PublishOperation): string {
  return operation.do === 'put' ? humanSize(operation.asset.size) : '';
}

/** What became of a release, and where it is (or would be): two lines, the destination last. */
export function resultLines(report: Report, subject: SubjectReport, release: ReleaseResult, paint: Paint): string[] {
  const name = safe(release.name);
  const assets = counted(release.assets.length, 'asset');
  const models = modelsText(release);
  const where = safe(release.url ?? `${subject.plan?.store ?? report.store ?? ''}/${release.name}`, 1000);
  switch (release.state) {
    case 'published':
      return [`${paint('good', '✓')} published ${name} · ${assets} verified${models}`, `  to ${where}`];
    case 'draft':
      return [
        `${paint('good', '✓')} draft ${name} · ${assets} verified${models} · not published`,
        `  a person publishes it at ${where}`,
      ];
    case 'unchanged':
      return [`${paint('good', '✓')} unchanged ${name} · ${assets} published already${models}`, `  in ${where}`];
    case 'packed':
      return [`${paint('good', '✓')} packed ${name} · ${assets}${models}`, `  to ${where}`];
    case 'planned': {
      const size = humanSize(release.assets.reduce((sum, asset) => sum + asset.size, 0));
      if (report.outcome === 'failed') return [`${paint('error', '✗')} not published: ${name}`, `  to ${where}`];
      const would = subject.plan?.operations.at(-1)?.do === 'leave' ? 'leave a draft of' : 'publish';
      return [`  would ${would} ${name} · ${assets}, ${size}${models} · nothing was written`, `  to ${where}`];
    }
  }
}

function modelsText({ models }: ReleaseResult): string {
  const named = models.slice(0, modelsNamed).map(({ id, sha256 }) => `${safe(id)} (sha256 ${shortDigest(sha256)})`);
  if (named.length === 0) return '';
  const more = models.length > modelsNamed ? `, ${models.length - modelsNamed} more` : '';
  return ` · ${models.length === 1 ? 'model' : 'models'} ${named.join(', ')}${more}`;
}
