import { type CommandName, commandNames, commands } from './command-table.ts';
import { definitionOf, type InputName, inputNames, isInputName, reads } from './inputs.ts';

/** The help of the program, or of one command. Columns are cut for 100 characters. */
export function helpText(command: CommandName | undefined): string {
  return command === undefined ? overview() : ofCommand(command);
}

function overview(): string {
  const width = Math.max(...commandNames.map((name) => name.length));
  return [
    'mldr: validate, publish and verify machine-learning detection releases',
    '',
    'Usage: mldr <command> [arguments] [options]',
    '',
    ...commandNames.map((name) => `  ${name.padEnd(width)}  ${commands[name].summary}`),
    '',
    'Options of a command: mldr help <command>.  Version: mldr --version.',
    'Exit: 0 clean, 1 findings or a "no", 2 usage or tool failure, 3 something is left incomplete,',
    '4 a target is not as it was left.',
    '',
  ].join('\n');
}

function ofCommand(command: CommandName): string {
  const definition = commands[command];
  const names = inputNames.filter((name) => definitionOf(name).only !== 'action' && reads(command, name));
  const loose: readonly InputName[] = [...definition.positional].filter(isInputName);
  const flags = names.filter((name) => !loose.includes(name));
  const synopsis = loose.map((name, index) => {
    const word = `${definitionOf(name).value ?? name}${definitionOf(name).type === 'lines' ? '…' : ''}`;
    return index < definition.required ? `<${word}>` : `[<${word}>]`;
  });
  const left = (name: InputName) => {
    const { type, value, short } = definitionOf(name);
    const flag = `${short === undefined ? '' : `-${short}, `}--${name}`;
    return type === 'flag' ? flag : `${flag} ${value ?? 'VALUE'}`;
  };
  const width = Math.max(...flags.map((name) => left(name).length));
  return [
    `mldr ${command}: ${definition.summary}`,
    '',
    ['Usage: mldr', command, ...synopsis, '[options]'].join(' '),
    '',
    ...loose.flatMap((name) => {
      const text = `${definitionOf(name).value ?? name}: ${definitionOf(name).description}`;
      return wrap(text, 96).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
    }),
    ...(loose.length > 0 ? [''] : []),
    ...flags.flatMap((name) => {
      const input = definitionOf(name);
      const given = input.type !== 'flag' && input.default !== undefined ? ` [${input.default}]` : '';
      const lines = wrap(`${input.description}${given}`, 96 - width);
      return lines.map((line, index) => `  ${(index === 0 ? left(name) : '').padEnd(width)}  ${line}`);
    }),
    '',
  ].join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
