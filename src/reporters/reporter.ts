import type { Report } from '../domain/report.ts';
import type { RenderOptions } from './options.ts';

export type { RenderOptions } from './options.ts';

/** Renders a report as text that ends with a line break, or is empty. Pure. */
type Reporter = (report: Report, options: RenderOptions) => string;

/** Every reporter by its name, loaded when it is asked for: most runs need one. */
const reporters = {
  terminal: async () => (await import('./terminal.ts')).terminal,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  markdown: async () => (await import('./markdown.ts')).markdown,
  annotations: async () => (await import('./annotations.ts')).annotations,
  summary: async () => (await import('./summary.ts')).summary,
} as const satisfies Record<string, () => Promise<Reporter>>;

/** Names that `--report` takes; `annotations` and `summary` belong to the action. */
export const reporterNames = ['terminal', 'json', 'sarif', 'markdown'] as const satisfies (keyof typeof reporters)[];

/** A name that `--report` takes. */
export type ReporterName = (typeof reporterNames)[number];

/** Whether a text is a name that `--report` takes. */
export function isReporterName(text: string): text is ReporterName {
  return reporterNames.some((name) => name === text);
}

/** The text of a report: it ends with a line break, or is empty. */
export async function render(
  name: keyof typeof reporters,
  report: Report,
  options: RenderOptions = {},
): Promise<string> {
  const reporter: Reporter = await reporters[name]();
  return reporter(report, options);
}
