import type { FailureReport, Report } from './domain/report.ts';
import { failureOf } from './log.ts';
import { toolName, toolVersion } from './version.ts';

/**
 * The report of a run that failed: what there was to report before, with the failure, so that outputs, summary and the
 * JSON report are there for whoever looks for them.
 * @param secrets what must stand nowhere: the runner hides it in its log, and not in files
 * @param before the report of a run that did its work, and could not deliver it
 */
export function failedReport(
  error: unknown,
  command: string,
  secrets: readonly string[],
  before: Report | undefined,
): Report & { readonly failure: FailureReport } {
  const hide = (text: string) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
  const { message, causes, help, ...others } = failureOf(error);
  const failure = { ...others, message: hide(message), causes: causes.map(hide), help: hide(help) };
  const nothing = { subjects: [], counts: { error: 0, warning: 0, note: 0 }, duration: process.uptime() };
  const tool = { name: toolName, version: toolVersion };
  return { tool, command: hide(command), ...(before ?? nothing), outcome: 'failed', failure };
}
