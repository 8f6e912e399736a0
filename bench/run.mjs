// `npm run bench`: the figures that we promise, each as a ratio within one run. Exit 1 when one is missed.
// Run it on the Node whose figures you want (the action's is 24); python3 is the peer of the archive figures.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { actionStart } from './action-start.mjs';
import { makeBundle, modelText } from './generate.mjs';
import { pair, probing } from './measure.mjs';
import { publishing } from './publishing.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const cli = resolve('dist/cli.cjs');
const node = process.execPath;
const rows = [];

function row(figure, { ratio, a, b, rss = 0 }, limit, unit, memoryLimit) {
  const memory = memoryLimit === undefined ? '' : `${Math.round(rss / 1e6)} MB (at most ${memoryLimit / 1e6})`;
  const missed = ratio > limit || (memoryLimit !== undefined && rss > memoryLimit);
  rows.push({
    figure,
    ours: `${a.toFixed(3)} ${unit}`,
    peer: `${b.toFixed(3)} ${unit}`,
    ratio: ratio.toFixed(2),
    'at most': limit,
    memory,
    missed,
  });
}

async function bundle(name) {
  const outfile = join(folder, `${name}.cjs`);
  const options = { bundle: true, format: 'cjs', platform: 'node', target: 'node20', mainFields: ['module', 'main'] };
  await build({ ...options, entryPoints: [`bench/${name}.ts`], outfile, logLevel: 'error' });
  return outfile;
}

function startUp() {
  const path = makeBundle(join(folder, 'two'), 2);
  const bare = [node, '-e', '0'];
  const quick = { runs: 21, figure: 'wall', optionsA: { cwd: folder }, optionsB: { cwd: folder } };
  row('validate of a 2 MB bundle / bare node', pair([node, cli, 'validate', path], bare, quick), 4, 's wall');
  row('the action: validate of an example / bare node', actionStart(folder), 2, 's wall');
  row('--help / bare node', pair([node, cli, '--help'], bare, quick), 1.5, 's wall');
}

async function archives() {
  const reader = await bundle('read-zip');
  const writer = await bundle('write-zip');
  const { writeZip } = createRequire(import.meta.url)(writer);
  const big = await writeZip(join(folder, 'big.zip'), 3, (index) => modelText(`dga_${index}`, 170, index + 1));
  const small = await writeZip(join(folder, 'small.zip'), 1000, (index) => modelText(`dga_${index}`, 0.004, index + 1));
  const env = probing(folder);
  for (const [figure, zip, memory] of [
    ['510 MB in 3 files', big, 150e6],
    ['1,000 small files', small, 150e6],
  ]) {
    const options = { runs: 3, figure: 'cpu', optionsA: { env } };
    const result = pair([node, reader, zip], ['python3', resolve('bench/zipfile-read.py'), zip], options);
    row(`reading a zip, ${figure} / Python zipfile`, result, 1, 's CPU', memory);
  }
}

async function documents() {
  const reader = await bundle('read-json');
  const model = join(folder, 'model.json');
  writeFileSync(model, modelText('dga_1', 24));
  const parse = join(folder, 'parse.cjs');
  writeFileSync(parse, "JSON.parse(require('node:fs').readFileSync(process.argv[2], 'utf8'))");
  const env = probing(folder);
  const options = { runs: 5, figure: 'cpu', optionsA: { env }, optionsB: { env } };
  row(
    'reading a 24 MB model / JSON.parse of it',
    pair([node, reader, model], [node, parse, model], options),
    4,
    's CPU',
  );
}

async function histories() {
  const counter = await bundle('history-reads');
  const { countReads } = createRequire(import.meta.url)(counter);
  const [thousand, more] = [await countReads(join(folder, 'h1'), 1000), await countReads(join(folder, 'h2'), 2500)];
  row('files read of a history, 2,500 / 1,000 releases', { a: more, b: thousand, ratio: more / thousand }, 1, 'files');
}

async function requests() {
  const { countRequests } = createRequire(import.meta.url)(await bundle('validate-requests'));
  const path = makeBundle(join(folder, 'few'), 0.1);
  for (const count of [1000, 2500]) {
    const a = await countRequests(cli, path, count);
    row(`requests of validate against ${count} releases on GitHub / 15`, { a, b: 15, ratio: a / 15 }, 1, 'requests');
  }
}

async function deployments() {
  const { deployed } = createRequire(import.meta.url)(await bundle('deploying'));
  const env = probing(folder);
  const { deploy, undeploy, undo } = await deployed(cli, makeBundle(join(folder, 'some'), 2), folder, env);
  const { rss } = await deployed(cli, makeBundle(join(folder, 'much'), 75), folder, env);
  for (const [figure, a, b] of [
    ['deploying a 2 MB bundle / 30', deploy, 30],
    ['taking it off / twice as many', undeploy, 2 * deploy],
    ['undoing a failed deployment / twice as many', undo, 2 * deploy],
  ]) {
    row(`requests of ${figure}`, { a, b, ratio: a / b }, 1, 'requests');
  }
  row('memory for deploying a 75 MB model / 300 MB', { a: rss / 1e6, b: 300, ratio: rss / 300e6 }, 1, 'MB');
}

try {
  mkdirSync(folder, { recursive: true });
  startUp();
  await documents();
  await histories();
  await requests();
  await deployments();
  const beside = await publishing({ folder, cli, bundle, row, makeBundle });
  await archives();
  process.stdout.write(`Node ${process.version}\n`);
  console.table(rows.map(({ missed, ...shown }) => ({ ...shown, '': missed ? 'MISSED' : 'ok' })));
  if (beside.length > 0) console.table(beside);
  process.exitCode = rows.some(({ missed }) => missed) ? 1 : 0;
} finally {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  rmSync(folder, { recursive: true });
}
