/** A command that the runner of GitHub Actions would obey. */
export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

// The runner compares by a culture, for which characters that are not drawn do not exist.
const undrawn = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * What a runner takes out of one line of a log: both forms, as actions/runner's ActionCommand.cs reads them, and
 * stricter, since any word counts as a command's name.
 */
export function commandIn(line: string): RunnerCommand | undefined {
  const seen = line.replace(undrawn, '');
  const second = /^\s*::([^:]*?)::(.*)$/su.exec(seen);
  if (second !== null) return parsed(second[1] ?? '', second[2] ?? '');
  const first = /##\[([^\]]*)\](.*)$/su.exec(seen);
  return first === null ? undefined : parsed(first[1] ?? '', first[2] ?? '');
}

function parsed(info: string, data: string): RunnerCommand {
  const [name = '', ...rest] = info.split(' ');
  const pairs = rest
    .join(' ')
    .split(',')
    .filter((pair) => pair !== '')
    .map((pair) => [pair.slice(0, pair.indexOf('=')), unescapeProperty(pair.slice(pair.indexOf('=') + 1))]);
  return { name, properties: Object.fromEntries(pairs), data: unescapeData(data) };
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
