// Keeps what `path` names, relative to the deepest folder above all of it, as the real action does.
const { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, statSync } = require('node:fs');
const { dirname, join, relative, resolve } = require('node:path');

const { STUB_ARTIFACTS: artifacts, INPUT_NAME: name, INPUT_PATH: list, GITHUB_OUTPUT: outputs } = process.env;
const paths = list
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '')
  .map((line) => resolve(line));
const [only] = paths;
const single = existsSync(only) && statSync(only).isDirectory() ? only : dirname(only);
let base = paths.length === 1 ? single : dirname(only);
while (!paths.every((path) => path === base || path.startsWith(`${base}/`))) base = dirname(base);
const id = String(readdirSync(artifacts).length + 1);
const target = join(artifacts, `${id}-${name}`);
mkdirSync(target);
const there = paths.filter((path) => existsSync(path));
if (there.length === 0) throw new Error('no files found');
for (const path of there) cpSync(path, join(target, relative(base, path)), { recursive: true });
appendFileSync(outputs, `artifact-id=${id}\n`);
