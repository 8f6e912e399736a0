// Runs whole processes and says what they took: wall time from outside, CPU time and memory from inside.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Preloaded into a Node child: what it used, on standard error, as its last line. */
const probe = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(2, '\\n#' + JSON.stringify({ cpu: (user + system) / 1e6, rss: process.resourceUsage().maxRSS * 1024 }));
});`;

/** One run of a command; `cpu` in seconds and `rss` in bytes where the child says them. */
function once([program, ...words], options) {
  const started = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, words, { ...options, encoding: 'utf8', maxBuffer: 1 << 28 });
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${status}: ${stderr.slice(0, 2000)}`);
  const said = stderr.slice(stderr.lastIndexOf('\n#') + 2);
  return { wall, ...(stderr.includes('\n#{') ? JSON.parse(said) : {}) };
}

/** Environment in which a Node child says what it used. */
export function probing(folder) {
  const path = join(folder, 'probe.cjs');
  writeFileSync(path, probe);
  return { ...process.env, NODE_OPTIONS: `--require=${path}` };
}

/**
 * Two commands in turn, A B A B…, after one uncounted run of each, so that a ratio holds on a machine whose speed drifts.
 * @returns the medians of both and of the ratio A/B, pair by pair
 */
export function pair(a, b, { runs, figure, optionsA = {}, optionsB = {} }) {
  once(a, optionsA);
  once(b, optionsB);
  const pairs = Array.from({ length: runs }, () => [once(a, optionsA), once(b, optionsB)]);
  return {
    a: median(pairs.map(([first]) => first[figure])),
    b: median(pairs.map(([, second]) => second[figure])),
    ratio: median(pairs.map(([first, second]) => first[figure] / second[figure])),
    rss: Math.max(...pairs.map(([first]) => first.rss ?? 0)),
  };
}

function median(numbers) {
  const sorted = [...numbers].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)];
}
