import type { Bundle } from '../domain/bundle.ts';
import type { Fact } from '../domain/report.ts';
import { safe } from '../domain/safe.ts';
import { parseReleaseName } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import { formatOf, modelsOf } from './content.ts';

/** What a release description is made of, besides the bundle. */
export interface NotesOptions {
  readonly now: Date;
  /** The release with the model that the bundle rests on, where it is known. */
  readonly builtOn?: string;
  /** What evaluating its model gave, a line each. */
  readonly facts?: readonly Fact[];
  /** The user's own text, in Markdown. */
  readonly text?: string;
}

/** GitHub takes no more characters in a release's description (publishing.md §A2). */
const longest = 125_000;

/**
 * The release description, in the historic layout (elastic.md §2.2 step 8 and §4.3): what it holds, a line, then
 * date and digests as `key: value`, then the user's own text. What is not known has no line.
 * @throws Failure `usage` where it would be too long
 */
export function releaseNotes(bundle: Bundle, options: NotesOptions): string {
  const { now, text } = options;
  const date = now.toISOString().replace(/\.\d{3}Z$/, 'Z');
  const facts = [...builtOnLine(options), `date: ${date}`, ...modelDigests(bundle), ...factLines(options)];
  const own = text === undefined || text.trim() === '' ? '' : `\n\n----\n\n${cleaned(text)}`;
  const notes = `${contents(bundle).join('\n')}\n\n----\n\n\n${facts.join('\n')}${own}\n`;
  if (notes.length <= longest) return notes;
  throw new Failure('usage', `The release description has ${notes.length} characters; it may have ${longest}.`, {
    help: 'Shorten the file that --notes-file names.',
  });
}

function contents(bundle: Bundle): string[] {
  const models = modelsOf(bundle).map(({ id }) => `model_name: ${plain(id)}`);
  const counts = models.length > 0 ? [] : countLines(bundle);
  return [...models, ...counts];
}

function countLines(bundle: Bundle): string[] {
  const datafeedFiles = new Set(
    bundle.graph.references
      .filter(({ space, role }) => space === 'datafeed' && role === 'defines')
      .map(({ at }) => at.file),
  );
  const formats = bundle.entries.map((entry) => ({ path: entry.path, format: formatOf(bundle, entry) }));
  const rules = formats.filter(({ format }) => format === 'elastic-rule').length;
  const jobs = formats.filter(({ format, path }) => format === 'elastic-job' && !datafeedFiles.has(path)).length;
  const others = bundle.entries.length - rules - jobs - datafeedFiles.size;
  if (rules + jobs + datafeedFiles.size === 0) return [`Files: ${others}`];
  const word = bundle.kind?.id === 'ml-experimental-detections' ? 'Experimental ML' : 'ML';
  return [
    `${word} rules: ${rules}`,
    `${word} jobs: ${jobs}`,
    ...(datafeedFiles.size > 0 ? [`${word} datafeeds: ${datafeedFiles.size}`] : []),
    ...(others > 0 ? [`Other files: ${others}`] : []),
  ];
}

function builtOnLine({ builtOn }: NotesOptions): string[] {
  if (builtOn === undefined) return [];
  const parsed = parseReleaseName(builtOn);
  const isDga = typeof parsed === 'object' && parsed.family === 'ML-DGA';
  return [`${isDga ? 'DGA release' : 'Built on'}: ${plain(builtOn)}`];
}

/** `golden: 240 rows agree …`: made of numbers, so nothing in it is markup. */
function factLines({ facts = [] }: NotesOptions): string[] {
  return facts.flatMap(({ line }) => (line === undefined ? [] : [safe(line).replace(/ {2,}/, ': ')]));
}

function modelDigests(bundle: Bundle): string[] {
  const models = modelsOf(bundle);
  return models.map(({ id, sha256 }) => `model_sha256: ${sha256}${models.length > 1 ? ` (${plain(id)})` : ''}`);
}

/** An id from a file as it is where Markdown leaves it alone, else as code: no markup, no link, nobody mentioned. */
function plain(id: string): string {
  const text = safe(id);
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text)) return text;
  const longestRun = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return `${fence} ${text} ${fence}`;
}

/** The user's Markdown with one kind of line end, and without characters that show as something else than they are. */
function cleaned(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trim()
    .split('\n');
  const visible = (part: string): string => safe(part, Number.POSITIVE_INFINITY);
  return lines.map((line) => line.split('\t').map(visible).join('\t')).join('\n');
}
