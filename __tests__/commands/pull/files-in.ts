import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of a folder's files by name. */
export function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
