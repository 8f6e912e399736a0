import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rehearseWorkflow, releaseWorkflow, validateWorkflow } from '../../src/commands/init/templates.ts';

const callers = { validate: validateWorkflow, release: releaseWorkflow, rehearse: rehearseWorkflow };

/** One input, output or secret of a workflow. */
interface Parameter {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
}

/**
 * The recipes of our reusable workflows: between the markers of each page the caller that `mldr init` writes, and the
 * tables of what the workflow takes and gives, from the workflow itself.
 */
export function outputs(root: string): { path: string; text: string }[] {
  return Object.entries(callers).map(([name, caller]) => {
    const path = `docs/recipes/${name}.md`;
    const workflow = readFileSync(join(root, `.github/workflows/${name}.yml`), 'utf8');
    const page = readFileSync(join(root, path), 'utf8');
    const withCaller = between(page, 'caller', ['```yaml', caller.trimEnd(), '```']);
    return { path, text: between(withCaller, 'interface', tables(workflow)) };
  });
}

function between(page: string, marker: string, lines: readonly string[]): string {
  const [start, end] = [`<!-- generated: ${marker} -->`, `<!-- end: ${marker} -->`];
  const [before, , after] = page.split(new RegExp(`(${start}[^]*?${end})`));
  if (before === undefined || after === undefined) throw new Error(`A recipe has no ${start} … ${end}`);
  return `${before}${[start, '', ...lines, '', end].join('\n')}${after}`;
}

function tables(workflow: string): string[] {
  const rows = (section: string) =>
    parameters(workflow, section).map(({ name, properties }) => ({
      name,
      description: plain(properties.get('description')),
      standard: properties.get('required') === 'true' ? 'must be given' : standardOf(properties),
    }));
  const [inputs, secrets, given] = [rows('inputs'), rows('secrets'), rows('outputs')];
  return [
    '| input | default | what |',
    '|---|---|---|',
    ...inputs.map(({ name, standard, description }) => `| \`${name}\` | ${standard} | ${description} |`),
    ...secrets.flatMap(({ name, description }) => ['', `Secret \`${name}\`, optional: ${description}`]),
    '',
    '| output | what |',
    '|---|---|',
    ...given.map(({ name, description }) => `| \`${name}\` | ${description} |`),
  ];
}

/** What stands below `workflow_call`, whose indentation our workflows share; any other is an error, never an omission. */
function parameters(workflow: string, section: string): Parameter[] {
  const block = new RegExp(`^ {4}${section}:\\n((?: {6,}.*\\n)+)`, 'm').exec(workflow)?.[1];
  if (block === undefined) return [];
  return block
    .split(/^(?= {6}\S)/m)
    .filter((text) => text !== '')
    .map((text) => {
      const [head = '', ...lines] = text.trimEnd().split('\n');
      const name = /^ {6}([a-z0-9-]+):$/.exec(head)?.[1];
      const pairs = lines.map((line) => /^ {8}([a-z]+): (.+)$/.exec(line)?.slice(1) ?? []);
      if (name === undefined || pairs.some((pair) => pair.length < 2)) throw new Error(`Not understood: ${text}`);
      return { name, properties: new Map(pairs.map(([key = '', value = '']) => [key, value])) };
    });
}

function standardOf(properties: ReadonlyMap<string, string>): string {
  const text = plain(properties.get('default'));
  return text === '' ? '' : `\`${text}\``;
}

function plain(text = ''): string {
  return (/^"(.*)"$/.exec(text)?.[1] ?? text).replaceAll('|', '\\|');
}
