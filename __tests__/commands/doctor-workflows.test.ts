import { expect, it } from 'vitest';
import { readWorkflow, workflowCondition } from '../../src/commands/doctor/workflows.ts';
import { rehearseWorkflow, releaseWorkflow, validateWorkflow } from '../../src/commands/init/templates.ts';

const file = '.github/workflows/release.yml';
const own = `jobs:
  release:
    permissions:
      contents: write
    environment: production
    steps:
      - uses: ml-detection-release/ml-detection-release@v0
        with:
          command: release
`;

it('reads what init writes', () => {
  expect(readWorkflow(file, releaseWorkflow)).toEqual({ file, environments: ['release'], lacks: [], grants: true });
  expect(readWorkflow(file, validateWorkflow)).toBeUndefined();
  expect(readWorkflow(file, rehearseWorkflow)).toBeUndefined();
});

it.each<[string, string, readonly string[]]>([
  ['as a word', own, ['production']],
  ['as a mapping', own.replace('environment: production', 'environment:\n      name: production'), ['production']],
  ['in braces', own.replace('environment: production', 'environment: { name: production, url: x }'), ['production']],
  ['in quotes', own.replace('production', '"production 2"'), ['production 2']],
  ['before a comment', own.replace('production', 'production # with reviewers'), ['production']],
  ['in a comment', own.replace('    environment', '    # environment'), []],
  ['as an expression', own.replace('production', `$\{{ inputs.environment }}`), []],
  ['as an input of a caller', `${releaseWorkflow}    with:\n      environment: staging\n`, ['staging']],
  ['as an input in braces', `${releaseWorkflow}    with: { environment: staging }\n`, ['staging']],
  ['nowhere', own.replace(/ +environment.*\n/, ''), []],
])('finds the environment %s', (_, text, environments) => {
  expect(readWorkflow(file, text)?.environments).toEqual(environments);
});

it.each<[string, string, readonly string[]]>([
  ['all', own, []],
  ['write-all', own.replace(/permissions:\n.*\n/, 'permissions: write-all\n'), []],
  ['read', own.replace('contents: write', 'contents: read'), ['contents']],
  [
    'a token of its own',
    `${own.replace('contents: write', 'contents: read')}          token: $\{{ secrets.APP }}\n`,
    [],
  ],
  ['two of three', releaseWorkflow.replace(/ +attestations.*\n/, ''), ['attestations']],
])('finds what a workflow with %s does not grant', (_, text, lacks) => {
  expect(readWorkflow(file, text)?.lacks).toEqual(lacks);
});

it('is a command too', () => {
  const text = 'jobs:\n  release:\n    steps:\n      - run: npx mldr release --accept-warnings\n';
  const workflow = readWorkflow(file, text);
  expect(workflow).toMatchObject({ lacks: ['contents'], grants: false });
  // A repository may let every job write by default: that is not to be seen here.
  expect(workflow && workflowCondition(workflow)).toMatchObject({ state: 'attention' });
});

it('says the very block to add', () => {
  const workflow = readWorkflow(file, releaseWorkflow.replace(/ +(id-token|attestations).*\n/g, ''));
  const condition = workflow && workflowCondition(workflow);
  expect(condition).toMatchObject({ state: 'missing', code: 'github-forbidden' });
  expect(condition?.help).toBe(
    [
      'Add to the job that releases:',
      '    permissions:',
      '      id-token: write # to sign the attestation',
      '      attestations: write # to store the attestation',
    ].join('\n'),
  );
});
