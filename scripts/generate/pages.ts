import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../src/checks/registry.ts';

/** The pages of all checks in one file, so that `explain` needs nothing but `dist`. */
export function outputs(root: string): { path: string; text: string }[] {
  const pages = Object.fromEntries(
    checks.map(({ id }) => [id, readFileSync(join(root, 'docs/checks', `${id}.md`), 'utf8')]),
  );
  return [{ path: 'src/commands/pages.json', text: `${JSON.stringify(pages, undefined, 1)}\n` }];
}
