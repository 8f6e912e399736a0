import { commands } from './command-table.ts';
import { definitionOf, type InputName, type Inputs, inputNames } from './inputs.ts';

/** Inputs that belong to the run, not to what it does: a laptop has its own. */
const ofTheRun: readonly InputName[] = ['report', 'quiet', 'no-color', 'accept-warnings', 'expected-commit'];

/** The command line that does the same as these inputs, quoted for a shell: what the action prints for a laptop. */
export function commandLine(inputs: Inputs): string {
  const positional: readonly string[] = commands[inputs.command].positional;
  const given = new Map(Object.entries(inputs));
  const words: string[] = [];
  const standing = new Map<string, readonly string[]>();
  for (const name of inputNames) {
    if (name === 'command' || definitionOf(name).only !== undefined || ofTheRun.includes(name)) continue;
    const value = given.get(name);
    if (value === undefined || value === false) continue;
    const values = Array.isArray(value) ? value.map(String) : value === true ? [] : [String(value)];
    if (positional.includes(name)) standing.set(name, values);
    else if (values.length === 0) words.push(`--${name}`);
    else words.push(...values.flatMap((text) => [`--${name}`, text]));
  }
  // In the order in which the command takes them, which is not that of the documents.
  const first = positional.flatMap((name) => standing.get(name) ?? []);
  return ['mldr', ...inputs.command.split(' '), ...first, ...words].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
