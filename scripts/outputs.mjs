import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Names of the files directly in a folder, sorted, so that no file system's order reaches an output. */
export function filesIn(folder, ending) {
  const names = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isFile());
  return names
    .map((entry) => entry.name)
    .filter((name) => name.endsWith(ending))
    .sort();
}

/** Paths whose text on disk is not the text given. */
export function drift(outputs) {
  return outputs.filter(({ path, text }) => current(path) !== text).map(({ path }) => path);
}

/** Writes what differs, so that an unchanged file keeps its time and wakes no watcher. */
export function write(outputs) {
  for (const { path, text } of outputs.filter((output) => current(output.path) !== output.text)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Files of a wholly generated folder that nothing makes any more. */
export function stale(folder, outputs) {
  const made = new Set(outputs.map(({ path }) => path));
  return filesIn(folder, '')
    .map((name) => `${folder}/${name}`)
    .filter((path) => !made.has(path));
}

export function remove(paths) {
  for (const path of paths) rmSync(join(root, path));
}

function current(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
