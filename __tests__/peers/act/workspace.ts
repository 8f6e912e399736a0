import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../peer.ts';

/** What a clone of our repository brings to a runner, and the three workflows that others call. */
const parts = ['action.yml', 'actions', 'dist', 'examples'];
const reusable = ['rehearse.yml', 'release.yml', 'validate.yml'];
const workflows = '.github/workflows';

/** Where the commands of git and act find themselves: a repository, and folders beside it for what they leave. */
export interface Workspace {
  readonly folder: string;
  /** Event files, artifacts and act's own folder, outside of the repository. */
  readonly beside: string;
  readonly commit: string;
}

/**
 * A repository with our actions and reusable workflows and a caller of one of them, in one commit. act does not know
 * `$/`, a reference to the workflow's own repository: in this copy it is `./`, and nothing else differs.
 * @param caller text of the calling workflow, with the name of the reusable one in our repository
 * @param change changes the folder before it is committed
 */
export function workspace(caller: string, change: (folder: string) => void = () => undefined): Workspace {
  const beside = mkdtempSync(join(tmpdir(), 'act-'));
  onTestFinished(() => rmSync(beside, { recursive: true }));
  const folder = join(beside, 'repository');
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, workflows), { recursive: true });
  for (const name of reusable) {
    const text = readFileSync(join(root, workflows, name), 'utf8');
    writeFileSync(join(folder, workflows, name), text.replaceAll('$/', './'));
  }
  const local = caller.replaceAll(/uses: ml-detection-release\/ml-detection-release\/(\S+)@v\S+/g, 'uses: ./$1');
  writeFileSync(join(folder, workflows, 'caller.yml'), local);
  for (const name of ['artifacts', 'home']) mkdirSync(join(beside, name));
  change(folder);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, '-c', 'user.name=a', '-c', 'user.email=a@example.test', 'commit', '--quiet', '--message=bundles');
  git(folder, 'remote', 'add', 'origin', 'https://github.com/blue-team/detections.git');
  return { folder, beside, commit: git(folder, 'rev-parse', 'HEAD').trim() };
}

/** The lines in which the reusable workflows of a workspace differ from ours: `- ours`, `+ theirs`. */
export function differences({ folder }: Workspace): string[] {
  return reusable.flatMap((name) => {
    const [ours, theirs] = [root, folder].map((place) =>
      readFileSync(join(place, workflows, name), 'utf8').split('\n'),
    );
    const count = Math.max(ours?.length ?? 0, theirs?.length ?? 0);
    return Array.from({ length: count }, (_, index) => [ours?.[index], theirs?.[index]])
      .filter(([one, other]) => one !== other)
      .flatMap(([one, other]) => [`- ${one}`, `+ ${other}`]);
  });
}

/** Folders of the artifacts that were kept, by name. */
export function artifactsOf({ beside }: Workspace): ReadonlyMap<string, string> {
  const folder = join(beside, 'artifacts');
  return new Map(readdirSync(folder).map((name) => [name.slice(name.indexOf('-') + 1), join(folder, name)]));
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8' });
}
