/** One command of the command line, which the action's `command` input takes too. */
interface CommandDefinition {
  /** One line for the help and the documents. */
  readonly summary: string;
  /** Inputs that stand without a flag, in order; the last one takes all the rest where it is a list. */
  readonly positional: readonly string[];
  /** How many of them must be there. */
  readonly required: number;
}

/** Every command, in the order of the help. */
export const commands = {
  validate: {
    summary: 'read and check bundles; without arguments, those below this folder',
    positional: ['bundle'],
    required: 0,
  },
  pack: {
    summary: 'check a bundle and write zip, manifest and SHA256SUMS into a folder',
    positional: ['bundle'],
    required: 0,
  },
  release: {
    summary: 'check a bundle, publish it into the store, and read it back',
    positional: ['bundle'],
    required: 0,
  },
  verify: { summary: 'read a release back and prove it', positional: ['release'], required: 1 },
  get: { summary: 'download a release, prove it and unpack it', positional: ['release'], required: 1 },
  list: { summary: 'list the releases of the store', positional: [], required: 0 },
  which: { summary: 'find the releases that hold a file, a sha256 or a model', positional: ['query'], required: 1 },
  diff: {
    summary: 'compare a release with another, or with a bundle',
    positional: ['release', 'other'],
    required: 2,
  },
  'next-name': { summary: 'print the next release name of a kind', positional: ['kind'], required: 1 },
  reindex: { summary: 'rebuild the index from all manifests and say what differs', positional: [], required: 0 },
  scan: { summary: 'safety checks on any single file or archive', positional: ['file'], required: 1 },
  doctor: {
    summary: 'say what is missing to publish, or to deploy to a target, and what to add',
    positional: [],
    required: 0,
  },
  init: { summary: 'write a configuration, two workflows and an example', positional: [], required: 0 },
  deploy: { summary: 'put a release on a target, or what differs of it', positional: ['release'], required: 0 },
  undeploy: { summary: 'take a release off a target again', positional: ['release'], required: 0 },
  rollback: { summary: 'put the release before on a target', positional: [], required: 0 },
  apply: { summary: 'do on a target what a plan says that was agreed to', positional: ['plan'], required: 1 },
  status: { summary: 'say what is on a target, and whether it is as it was put there', positional: [], required: 0 },
  pull: { summary: 'make a bundle of objects that stand on a target', positional: ['target'], required: 0 },
  'elastic setup-model': {
    summary: 'put a model with its scripts and pipelines on Elasticsearch',
    positional: ['release'],
    required: 0,
  },
  'elastic remove-model': { summary: 'take them off again', positional: ['release'], required: 0 },
  'elastic upload-job': {
    summary: 'put the jobs of files, a bundle or a release on Elasticsearch',
    positional: ['file'],
    required: 1,
  },
  'elastic delete-job': {
    summary: 'stop a job, a datafeed or analytics, and take it off',
    positional: ['name', 'type'],
    required: 2,
  },
  'elastic upload-rule': {
    summary: 'put the detection rules of files, a bundle or a release into Kibana',
    positional: ['file'],
    required: 1,
  },
  'elastic status': { summary: 'what is on Elasticsearch of ours', positional: [], required: 0 },
  'model inspect': {
    summary: 'the card of a model: task, inputs, trees, what it looks at',
    positional: ['model'],
    required: 1,
  },
  'model predict': {
    summary: 'ask a model, of values or of rows that come as a stream',
    positional: ['model', 'value'],
    required: 1,
  },
  'model golden': {
    summary: 'write golden predictions of a bundle, or compare its model with them',
    positional: ['mode', 'model'],
    required: 2,
  },
  'model evaluate': {
    summary: 'judge a model by labelled sets: false alarms, recall, thresholds',
    positional: ['model'],
    required: 1,
  },
  'model drift': {
    summary: 'say what changed between the models of two releases or bundles',
    positional: ['release', 'other'],
    required: 2,
  },
  explain: { summary: 'print the page of a check or an error', positional: ['name'], required: 1 },
} as const satisfies Record<string, CommandDefinition>;

/** Name of a command. */
export type CommandName = keyof typeof commands;

/** Every command's name, in the order of the help. */
export const commandNames = Object.keys(commands).filter(isCommandName);

/** The command at the beginning of some words, which one or two of them name; undefined where there is none. */
export function commandOf([first = '', second = '']: readonly string[]): CommandName | undefined {
  return [`${first} ${second}`, first].find(isCommandName);
}

/** Whether a text is a command. */
export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(commands, word);
}
