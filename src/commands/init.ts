import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { configurationFile } from '../configuration/configuration.ts';
import { dayOf } from '../domain/tag.ts';
import type { CommandResult } from '../result.ts';
import type { Session } from '../session.ts';
import { writing } from '../stores/file-failure.ts';
import { exampleBundle } from './init/example.ts';
import { configurationText, releaseWorkflow, validateWorkflow } from './init/templates.ts';

/** Writes a configuration, two workflows and an example bundle; a file that is there stays as it is. */
export async function init(session: Session): Promise<CommandResult> {
  const root = resolve(session.host.cwd, session.inputs.out ?? '.');
  const files = new Map([
    [configurationFile, configurationText],
    ['.github/workflows/validate-detections.yml', validateWorkflow],
    ['.github/workflows/release-detections.yml', releaseWorkflow],
    ...exampleBundle(dayOf(session.now)),
  ]);
  const written: string[] = [];
  const kept: string[] = [];
  for (const [path, text] of files) {
    const location = join(root, path);
    if (existsSync(location)) kept.push(path);
    else {
      await writing(location, async () => {
        await mkdir(dirname(location), { recursive: true });
        // `wx`: a file that appears in between stays as it is too.
        await writeFile(location, text, { flag: 'wx' });
      });
      written.push(path);
    }
  }
  const shown = relative(session.host.cwd, root);
  return {
    subjects: [],
    result: { written, kept },
    text: [
      ...written.map((path) => `wrote  ${path}`),
      ...kept.map((path) => `kept   ${path}`),
      '',
      `Next: ${shown === '' ? '' : `cd ${shown} && `}mldr validate`,
    ],
  };
}
