import type { InputDefinition } from './input-definition.ts';

/** Commands that check bundles. */
export const checking = ['validate', 'pack', 'release'] as const;
/** Commands that read a trained model, offline. */
export const modelling = ['model inspect', 'model predict', 'model golden', 'model evaluate'] as const;
/** Commands that judge models. */
const judging = [...checking, 'model evaluate'] as const;

/** Inputs of what is done with trained models. */
export const modelInputs = {
  value: {
    type: 'lines',
    value: 'VALUE',
    description: 'Values to predict: for a DGA model, domains.',
    commands: ['model predict'],
  },
  model: {
    type: 'text',
    value: 'PATH',
    description: 'A bundle (folder or zip) with a model, or the file of one.',
    commands: modelling,
  },
  mode: {
    type: 'text',
    value: 'write|check',
    description: 'Write golden predictions, or compare the model with them.',
    choices: ['write', 'check'],
    commands: ['model golden'],
  },
  from: {
    type: 'text',
    value: 'FILE',
    description:
      'Rows to predict, `-` for standard input: a value a line, NDJSON (`domain` or `fields`), or CSV with a head.',
    commands: ['model predict', 'model golden', 'model drift'],
  },
  format: {
    type: 'text',
    value: 'FORMAT',
    description:
      'How those rows are written, where neither name nor first line tells; CSV is answered as CSV, all else as NDJSON.',
    choices: ['lines', 'ndjson', 'csv'],
    commands: ['model predict', 'model golden', 'model drift'],
  },
  golden: {
    type: 'lines',
    value: 'FILE',
    description:
      'Golden predictions beside those of the bundle (`*_golden.jsonl`): what the model is to say, line by line.',
    commands: [...checking, 'model golden'],
  },
  'min-coverage': {
    type: 'text',
    value: 'SHARE',
    description: 'Share of the leaves of the model that golden predictions must reach (0.8, 80%); less is an error.',
    commands: [...checking, 'model golden'],
  },
  labels: {
    type: 'lines',
    value: 'FILE',
    description:
      'Labelled sets beside those in `_dev/labels` of the bundle: CSV with value, label and, where it has one, family.',
    commands: judging,
  },
  'max-false-positive-rate': {
    type: 'text',
    value: 'SHARE',
    description: 'Share of the benign values that the model may call malicious (0.01, 1%); more is an error.',
    commands: judging,
  },
  'min-recall': {
    type: 'text',
    value: 'SHARE',
    description: 'Share of the malicious values that the model must find; less is an error.',
    commands: judging,
  },
  'min-recall-per-family': {
    type: 'text',
    value: 'SHARE',
    description: 'The same of every family of them.',
    commands: judging,
  },
  'max-drift': {
    type: 'text',
    value: 'SHARE',
    description: 'Largest change of a probability between two models; more is a "no".',
    commands: ['model drift'],
  },
} as const satisfies Record<string, InputDefinition>;
