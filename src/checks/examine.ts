import type { Bundle } from '../domain/bundle.ts';
import { compareDiagnostics, type Diagnostic, type Finding, type Skipped, type Span } from '../domain/diagnostic.ts';
import type { SeverityRule } from '../domain/severity.ts';
import type { Check, CheckContext } from './check.ts';

/** What all checks together say of a bundle. */
export interface Examination {
  /** Sorted as reports are. */
  readonly diagnostics: readonly Diagnostic[];
  readonly skipped: readonly Skipped[];
  /** How many checks ran. */
  readonly ran: number;
  /** Severities that the user made lighter, where they mattered. */
  readonly weakened: readonly string[];
}

const pages = 'https://github.com/ml-detection-release/ml-detection-release/blob/main/docs/checks';

/** Address of a check's page. */
function pageOf(check: string): string {
  return `${pages}/${check}.md`;
}

/**
 * Runs the checks that apply to a bundle and places what they and the readers found.
 * @param rules severities set by the user; the last rule for a check holds, until its day is over
 */
export async function examine(
  checks: readonly Check[],
  context: CheckContext,
  rules: readonly SeverityRule[],
): Promise<Examination> {
  const skipped: Skipped[] = [];
  const findings: Finding[] = [...context.bundle.findings];
  const kind = context.bundle.kind?.id;
  let ran = 0;
  for (const check of checks) {
    if (check.run === undefined || (check.kinds !== undefined && !check.kinds.includes(kind ?? ''))) continue;
    if (check.applies?.(context) === false) continue;
    ran += 1;
    for (const result of check.run(context)) {
      if ('skipped' in result) skipped.push({ check: check.id, reason: result.skipped });
      else findings.push({ ...result, check: check.id });
    }
  }
  const placed = await Promise.all(findings.map((finding) => place(finding, checks, context.bundle)));
  const { kept, weakened } = weigh(placed, rules, context.now);
  return { diagnostics: kept.sort(compareDiagnostics), skipped, ran, weakened };
}

/** Turns findings that belong to no bundle (a scanned file) into diagnostics, with the same help and severities. */
async function place(finding: Finding, checks: readonly Check[], bundle: Bundle): Promise<Diagnostic> {
  const check = checks.find(({ id }) => id === finding.check);
  const span = await spanOf(finding, bundle);
  return {
    check: finding.check,
    severity: finding.severity ?? check?.severity ?? 'error',
    message: finding.message,
    help: finding.help ?? check?.help ?? '',
    ...(finding.at === undefined ? {} : { file: finding.at.file }),
    ...span,
    url: pageOf(finding.check),
  };
}

async function spanOf({ at }: Finding, bundle: Bundle): Promise<Span | undefined> {
  if (at?.span !== undefined) return at.span;
  if (at?.pointer === undefined) return undefined;
  const entry = [...bundle.entries, ...bundle.dev].find(({ path }) => path === at.file);
  return entry?.document?.locate(at.pointer, at.part);
}

const weight = { off: 0, note: 1, warning: 2, error: 3 } as const;

function weigh(diagnostics: readonly Diagnostic[], rules: readonly SeverityRule[], now: Date) {
  const today = now.toISOString().slice(0, 10);
  const told = new Set<string>();
  const kept: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const meant = rules.filter(({ check }) => check === diagnostic.check);
    const rule = meant.findLast(({ until }) => until === undefined || until >= today);
    const severity = rule?.severity ?? diagnostic.severity;
    if (rule !== undefined && weight[severity] < weight[diagnostic.severity]) {
      const until = rule.until === undefined ? '' : `, until ${rule.until}`;
      told.add(
        `${diagnostic.check}: ${diagnostic.severity} → ${severity} (${rule.reason ?? 'no reason given'}${until})`,
      );
    }
    const over = rule === undefined ? meant.at(-1)?.until : undefined;
    if (over !== undefined) told.add(`${diagnostic.check}: the severity set for it ended on ${over}`);
    if (severity !== 'off') kept.push({ ...diagnostic, severity });
  }
  return { kept, weakened: [...told] };
}
