import { checkChoice } from './command-line.ts';
import { commandNames, isCommandName } from './command-table.ts';
import { Failure } from './errors.ts';
import { definitionOf, type InputName, type Inputs, inputNames } from './inputs.ts';

// Not values of a run: the command is read first, and a token goes nowhere but into the environment of the store.
const apart: readonly InputName[] = ['command', 'token'];

/**
 * Reads the action's inputs. An empty input is one that was not given.
 * @param read gives the text of an input by name, trimmed
 * @throws Failure `usage`
 */
export function actionInputs(read: (name: InputName) => string): Inputs {
  const command = read('command') || 'validate';
  if (!isCommandName(command)) {
    throw new Failure('usage', `There is no command \`${command}\`.`, {
      help: `Commands: ${commandNames.join(', ')}.`,
    });
  }
  const names = inputNames.filter((name) => !apart.includes(name) && definitionOf(name).only !== 'cli');
  const values = names.flatMap((name) => {
    const text = read(name);
    return text === '' ? [] : [[name, readValue(name, text)] as const];
  });
  return { ...Object.fromEntries(values), command };
}

function readValue(name: InputName, text: string): string | boolean | string[] {
  const { type, choices } = definitionOf(name);
  if (type === 'flag') {
    // The spellings of YAML 1.2, as the runner's own toolkit takes them.
    if (/^(true|True|TRUE)$/.test(text)) return true;
    if (/^(false|False|FALSE)$/.test(text)) return false;
    throw new Failure('usage', `The input \`${name}\` is \`${text}\`; it must be true or false.`);
  }
  if (type === 'lines') {
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
  checkChoice(name, text, choices);
  return text;
}
