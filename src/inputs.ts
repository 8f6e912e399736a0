import type { CommandName } from './command-table.ts';
import type { InputDefinition } from './input-definition.ts';
import { checking, modelInputs, modelling } from './model-inputs.ts';
import {
  changing,
  deploying,
  fetching,
  planning,
  removing,
  targetInputs,
  targeting,
  uploading,
} from './target-inputs.ts';

const history = [
  'validate',
  'pack',
  'release',
  'list',
  'which',
  'diff',
  'model drift',
  'next-name',
  'reindex',
  'verify',
  'get',
  'doctor',
  ...fetching,
  'apply',
] as const;

/** Every input, in the order of the documents. `action.yml`, the help, `docs/inputs.md` and the types come from here. */
const inputs = {
  command: {
    type: 'text',
    only: 'action',
    description: 'What to do: a word of the command line.',
    default: 'validate',
  },
  token: {
    type: 'text',
    only: 'action',
    description: 'Token for GitHub; empty: none, and only what is public is read.',
    default: `$\{{ github.token }}`,
  },
  bundle: {
    type: 'lines',
    value: 'PATH',
    description: 'Bundles: folders or zips, or globs of them; none finds those below the working folder.',
    commands: checking,
  },
  release: {
    type: 'text',
    value: 'NAME',
    short: 't',
    description:
      'Name of a release, to deploy also as `NAME@sha256:<digest of its manifest>`; for pack and release, the name that the bundle must have (the tag).',
    commands: ['pack', 'release', 'verify', 'get', 'diff', 'model drift', ...deploying, ...removing],
  },
  other: {
    type: 'text',
    value: 'RELEASE|PATH',
    description: 'Second side of a comparison: a release or a bundle.',
    commands: ['diff', 'model drift'],
  },
  query: {
    type: 'text',
    value: 'FILE|SHA256|MODEL',
    description: 'What to look for in the history.',
    commands: ['which'],
  },
  file: {
    type: 'lines',
    value: 'FILE',
    description: 'Files or archives to scan; to upload, files of jobs, or one bundle or release.',
    commands: ['scan', ...uploading],
  },
  name: {
    type: 'text',
    value: 'NAME',
    description: 'A check or an error to explain; the id of a job to delete.',
    commands: ['explain', 'elastic delete-job'],
  },
  store: {
    type: 'text',
    value: 'dir:PATH',
    description: 'Where releases live: `dir:<folder>`, `github:owner/repo`; in the action by default its repository.',
    default: 'dir:releases',
    commands: history,
  },
  repository: {
    type: 'text',
    value: 'OWNER/REPO',
    description: 'Repository whose releases are meant, such as your fork: short for `--store github:OWNER/REPO`.',
    commands: history,
  },
  kind: {
    type: 'text',
    value: 'KIND',
    description:
      "Kind of the bundle, where its folder's name does not tell (`ml-dga`, `ml-experimental-detections`, an own one).",
    commands: [...checking, ...modelling, 'model drift', 'next-name', ...targeting, 'pull'],
  },
  config: {
    type: 'text',
    value: 'FILE',
    description: 'Configuration file; `ml-detection-release.toml` in the working folder where there is one.',
  },
  severity: {
    type: 'lines',
    value: 'CHECK=LEVEL',
    description: 'Severity of a check: `<check>=off|note|warning|error`. Weakened checks are named in every report.',
    commands: [
      ...checking,
      'model golden',
      'model evaluate',
      'scan',
      ...deploying,
      'rollback',
      ...uploading,
      'apply',
      'pull',
    ],
  },
  limit: {
    type: 'lines',
    value: 'NAME=NUMBER',
    description: 'A limit of the readers, such as `entries=2000`; each has a hard ceiling.',
    commands: [...checking, ...modelling, 'model drift', 'scan', 'get', 'verify', 'pull', ...fetching, 'apply'],
  },
  ...modelInputs,
  'fail-on': {
    type: 'text',
    value: 'LEVEL',
    description: 'Lowest severity that fails the run.',
    choices: ['error', 'warning'],
    default: 'error',
    commands: [...checking, 'model golden', 'model evaluate', 'scan'],
  },
  'accept-warnings': {
    type: 'flag',
    description: 'Go on in spite of warnings, without a question.',
    default: 'false',
    commands: ['pack', 'release'],
  },
  next: {
    type: 'flag',
    description: 'Take the next free number of the family and today as date, whatever the folder is called.',
    default: 'false',
    commands: ['release'],
  },
  date: {
    type: 'text',
    value: 'YYYYMMDD',
    description: 'Day for a name that is minted; today in UTC where absent.',
    commands: ['next-name', 'release'],
  },
  'dry-run': {
    type: 'flag',
    description: 'Plan and print, and write nothing but what --plan-out and --report name.',
    default: 'false',
    commands: ['release', ...planning],
  },
  draft: {
    type: 'flag',
    description: 'Upload and check everything, and leave it as a draft that a person publishes (GitHub only).',
    default: 'false',
    commands: ['release'],
  },
  'make-latest': {
    type: 'text',
    value: 'true|false|legacy',
    description: 'Whether the release takes the badge "Latest" of its repository (GitHub only).',
    choices: ['true', 'false', 'legacy'],
    default: 'false',
    commands: ['release'],
  },
  'plan-out': {
    type: 'text',
    value: 'FILE',
    description: 'File for the plan, as JSON.',
    commands: ['validate', 'release', ...changing],
  },
  out: {
    type: 'text',
    value: 'FOLDER',
    description: 'Folder to write into; for pull, the new one that becomes the bundle.',
    commands: ['pack', 'get', 'init', 'pull'],
  },
  'allow-yanked': {
    type: 'flag',
    description: 'Take a release although it is yanked, or nobody can see whether it is.',
    default: 'false',
    commands: ['get', 'apply', 'model drift', ...deploying, 'rollback', ...uploading],
  },
  'notes-file': {
    type: 'text',
    value: 'FILE',
    description: 'Text (Markdown) added to the release description.',
    commands: ['pack', 'release'],
  },
  'built-on': {
    type: 'text',
    value: 'RELEASE',
    description: 'The DGA release that a detections bundle rests on.',
    commands: ['pack', 'release'],
  },
  index: {
    type: 'text',
    value: 'FILE',
    description: 'Index to start from or to write, instead of the newest in the store (see reindex).',
    commands: ['release', 'reindex'],
  },
  'expected-sha256': {
    type: 'text',
    value: 'SHA256',
    description: 'Digest that the packed zip must have; anything else stops.',
    commands: ['release'],
  },
  'expected-commit': {
    type: 'text',
    value: 'COMMIT',
    description: 'Source commit that is recorded, and that the run must stand on where the runner tells.',
    commands: ['pack', 'release'],
  },
  'delete-draft': {
    type: 'lines',
    value: 'NAME[@RUN]',
    description:
      'Delete a draft that a run of this tool left: by NAME if its run is known to be over, by NAME@RUN in any case.',
    commands: ['doctor'],
  },
  ...targetInputs,
  changed: {
    type: 'text',
    value: 'GIT-BASE',
    description: 'Only the bundles that differ from this commit or branch.',
    commands: ['validate'],
  },
  report: {
    type: 'lines',
    value: 'FORMAT[=FILE]',
    description: 'Report: terminal, json, sarif or markdown; with =FILE into a file, else to standard output.',
  },
  quiet: { type: 'flag', description: 'Print findings and failures only.', default: 'false' },
  'no-color': { type: 'flag', only: 'cli', description: 'No colour, as NO_COLOR does.', default: 'false' },
} as const satisfies Record<string, InputDefinition>;

/** Name of an input, in kebab-case. */
export type InputName = keyof typeof inputs;

type ValueOf<T extends InputDefinition['type']> = T extends 'flag'
  ? boolean
  : T extends 'lines'
    ? readonly string[]
    : string;

/** What the command line or the runner gave: only what was given, defaults apart. A token never stands here. */
export type Inputs = { readonly command: CommandName } & {
  readonly [K in Exclude<InputName, 'command' | 'token'>]?: ValueOf<(typeof inputs)[K]['type']>;
};

/** Definition of an input, with every member readable. */
export function definitionOf(name: InputName): InputDefinition {
  return inputs[name];
}

/** Every input's name, in the order of the documents. */
export const inputNames = Object.keys(inputs).filter(isInputName);

/** Whether a word is the name of an input. */
export function isInputName(word: string): word is InputName {
  return Object.hasOwn(inputs, word);
}

/** Whether a command reads an input. */
export function reads(command: CommandName, name: InputName): boolean {
  const { commands } = definitionOf(name);
  return commands === undefined || commands.includes(command);
}
