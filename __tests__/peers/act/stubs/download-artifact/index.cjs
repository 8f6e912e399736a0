// Brings back what was kept. And the action itself, without anything else of the repository: `$/` finds it without a
// checkout, and `./`, which stands for it here, does not.
const { cpSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const { STUB_ARTIFACTS: artifacts, 'INPUT_ARTIFACT-IDS': id, GITHUB_WORKSPACE: workspace } = process.env;
const folder = readdirSync(artifacts).find((name) => name.startsWith(`${id}-`));
cpSync(join(artifacts, folder), workspace, { recursive: true });
for (const part of ['actions', 'dist']) {
  cpSync(join(artifacts, '..', 'repository', part), join(workspace, part), { recursive: true });
}
