import type { CommandName } from './command-table.ts';

/** One input: a flag of the command line, an input of the action, or both. */
export interface InputDefinition {
  /** `text` one value; `lines` a list (repeated flag; one a line in the action); `flag` true or false. */
  readonly type: 'text' | 'lines' | 'flag';
  /** What it is for; the documents are made of these. */
  readonly description: string;
  readonly choices?: readonly string[];
  /** What holds when it is not given; absent where nothing does. */
  readonly default?: string;
  /** Where it can be given: everywhere, or on one side only. */
  readonly only?: 'action' | 'cli';
  /** Word for its value in the help. */
  readonly value?: string;
  /** One letter for the command line. */
  readonly short?: string;
  /** Commands that read it; all where absent. */
  readonly commands?: readonly CommandName[];
}
