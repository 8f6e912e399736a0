import { parseArgs } from 'node:util';
import { nearest } from './checks/near.ts';
import { type CommandName, commandNames, commandOf, commands } from './command-table.ts';
import { Failure } from './errors.ts';
import type { InputDefinition } from './input-definition.ts';
import { definitionOf, type InputName, type Inputs, inputNames, isInputName, reads } from './inputs.ts';

/** What a command line asks for: a command with its inputs, the help, or the version. */
export type Request =
  | { readonly kind: 'run'; readonly inputs: Inputs }
  | { readonly kind: 'help'; readonly command?: CommandName }
  | { readonly kind: 'version' };

/**
 * Reads a command line.
 * @param argv words after the program's name
 * @throws Failure `usage`, which names the word and, where one is near, the word that was meant
 */
export function parseCommandLine(argv: readonly string[]): Request {
  const [word, ...rest] = argv;
  if (word === undefined || word === 'help' || word === '--help' || word === '-h') {
    const about = commandOf(rest);
    return about === undefined ? { kind: 'help' } : { kind: 'help', command: about };
  }
  if (word === '--version' || word === '-V') return { kind: 'version' };
  const command = commandOf(argv);
  if (command === undefined) {
    const family = commandNames.some((name) => name.startsWith(`${word} `));
    const given = family ? argv.slice(0, 2).join(' ') : word;
    throw unknown(`There is no command \`${given}\`.`, given, commandNames, '');
  }
  if (rest.includes('--help') || rest.includes('-h')) return { kind: 'help', command };
  return { kind: 'run', inputs: collect(command, argv.slice(command.split(' ').length)) };
}

function collect(command: CommandName, words: readonly string[]): Inputs {
  const values = new Map<InputName, string | boolean | string[]>();
  const loose: string[] = [];
  const { tokens } = parseArgs({
    args: [...words],
    options: options(),
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') loose.push(token.value);
    else if (token.kind === 'option') take(command, token.name, token.rawName, token.value, values);
  }
  place(command, loose, values);
  return { ...Object.fromEntries(values), command };
}

function options() {
  return Object.fromEntries(flagNames().map((name) => [name, optionOf(definitionOf(name))]));
}

function optionOf({ type, short }: InputDefinition): { type: 'boolean' | 'string'; short?: string } {
  return { type: type === 'flag' ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) };
}

function flagNames(): InputName[] {
  return inputNames.filter((name) => definitionOf(name).only !== 'action');
}

type Values = Map<InputName, string | boolean | string[]>;

function take(command: CommandName, name: string, raw: string, value: string | undefined, values: Values): void {
  if (!isInputName(name) || definitionOf(name).only === 'action' || !reads(command, name)) {
    const known = flagNames().filter((candidate) => reads(command, candidate));
    throw unknown(`\`${command}\` has no option \`${raw}\`.`, name, known, '--');
  }
  const { type, choices } = definitionOf(name);
  if (type === 'flag') {
    if (value !== undefined) throw new Failure('usage', `\`--${name}\` takes no value.`);
    values.set(name, true);
    return;
  }
  if (value === undefined || value === '') {
    const listed = choices === undefined ? '' : `: ${choices.join(' or ')}`;
    throw new Failure('usage', `\`--${name}\` needs a value${listed}.`);
  }
  checkChoice(name, value, choices);
  const before = values.get(name);
  if (type === 'lines') values.set(name, [...(Array.isArray(before) ? before : []), value]);
  else if (before !== undefined) throw new Failure('usage', `\`--${name}\` is given twice.`);
  else values.set(name, value);
}

function place(command: CommandName, loose: readonly string[], values: Values): void {
  const definition = commands[command];
  const names = [...definition.positional].filter(isInputName);
  let rest = [...loose];
  for (const name of names) {
    if (definitionOf(name).type === 'lines') {
      if (rest.length > 0) values.set(name, rest);
      rest = [];
    } else {
      const value = rest.shift();
      if (value === undefined) continue;
      checkChoice(name, value, definitionOf(name).choices);
      values.set(name, value);
    }
  }
  if (rest.length > 0) throw new Failure('usage', `\`${command}\` does not know what to do with \`${rest[0]}\`.`);
  const missing = names.slice(0, definition.required).find((name) => !values.has(name));
  if (missing !== undefined) {
    throw new Failure('usage', `\`${command}\` needs ${definitionOf(missing).value ?? missing}.`, {
      help: `See \`mldr help ${command}\`.`,
    });
  }
}

/** @throws Failure `usage` where the value is none of the choices */
export function checkChoice(name: InputName, value: string, choices: readonly string[] | undefined): void {
  if (choices === undefined || choices.includes(value)) return;
  throw new Failure('usage', `\`${name}\` is \`${value}\`; it must be ${choices.join(' or ')}.`);
}

function unknown(message: string, word: string, known: readonly string[], prefix: string): Failure {
  const near = nearest(word, known);
  return new Failure('usage', message, near === undefined ? {} : { help: `Did you mean \`${prefix}${near}\`?` });
}
