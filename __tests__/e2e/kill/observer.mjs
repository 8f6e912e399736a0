// Loaded before the command line (`node --import`): tells through file descriptor 3 which stage of a release the
// process has reached, by the calls that it makes of Node's file system, and kills the process at a chosen call.
// The command line knows nothing of it.
import fs from 'node:fs';
import { resolve } from 'node:path';

const { OBSERVED_BUNDLE = '', OBSERVED_STORE = '', OBSERVED_NAME = '', OBSERVED_KILL = '' } = process.env;
const [killStage, killCall] = OBSERVED_KILL.split(' ');
const stages = ['start', 'read', 'check', 'plan', 'claim', 'put', 'commit', 'verify'];
const files = new Set(fs.readdirSync(OBSERVED_BUNDLE).map((name) => `${OBSERVED_BUNDLE}/${name}`));
const unread = new Set(files);
const opened = new Map();
const { writeSync } = fs;
let stage = 'start';
let calls = 0;

function enter(next) {
  if (stages.indexOf(next) <= stages.indexOf(stage)) return;
  writeSync(3, `${stage} ${calls}\n`);
  stage = next;
  calls = 0;
}

function before(operation, [first, second]) {
  const path = typeof first === 'string' ? resolve(first) : '';
  if (operation === 'openSync' && files.has(path)) enter(unread.has(path) ? 'read' : 'plan');
  if (operation === 'mkdir' && path === OBSERVED_STORE) enter('claim');
  if (operation === 'mkdir' && path === `${OBSERVED_STORE}/.drafts`) enter('put');
  calls += 1;
  if (stage === killStage && calls === Number(killCall)) {
    writeSync(3, `${stage} ${calls}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
  return typeof second === 'string' ? resolve(second) : '';
}

function after(operation, [first], second, result) {
  if (operation === 'openSync') opened.set(result, typeof first === 'string' ? resolve(first) : '');
  if (operation === 'closeSync' && unread.delete(opened.get(first)) && unread.size === 0) enter('check');
  if (operation !== 'rename') return;
  if (second.endsWith(`/manifest-${OBSERVED_NAME}.json`)) enter('commit');
  if (second === `${OBSERVED_STORE}/${OBSERVED_NAME}`) enter('verify');
}

function observe(holder, names, isAsync) {
  for (const name of names) {
    const call = holder[name];
    holder[name] = function observed(...words) {
      const second = before(name, words);
      const result = call.apply(this, words);
      if (!isAsync) after(name, words, second, result);
      else
        result.then(
          () => after(name, words, second),
          () => undefined,
        );
      return result;
    };
  }
}

const handle = await fs.promises.open(OBSERVED_BUNDLE);
observe(Object.getPrototypeOf(handle), ['read', 'stat', 'sync', 'write', 'writeFile'], true);
await handle.close();
observe(
  fs,
  ['openSync', 'readSync', 'fstatSync', 'closeSync', 'readdirSync', 'readFileSync', 'statSync', 'mkdirSync'],
  false,
);
observe(
  fs.promises,
  ['chmod', 'link', 'lstat', 'mkdir', 'open', 'readdir', 'readFile', 'rename', 'rm', 'rmdir', 'stat', 'writeFile'],
  true,
);
process.on('exit', () => writeSync(3, `${stage} ${calls}\nend\n`));
