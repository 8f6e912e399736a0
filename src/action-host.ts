import { tmpdir } from 'node:os';
import { forkOf } from './action-event.ts';
import { safe } from './domain/safe.ts';
import { type Host, momentOf } from './host.ts';
import { escapeData } from './reporters/annotations.ts';
import { plainLine, plainText } from './reporters/line.ts';
import { print } from './standard-streams.ts';
import { whenStopped } from './when-stopped.ts';

type Environment = Host['env'];

const repositoryForm = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/;

/**
 * What the product needs of a runner. The token is the input's alone: an empty one means none, whatever stands in the
 * environment. Releases live in the repository that the workflow runs in, unless something else is named.
 * @param env the environment of the step
 * @param token the input `token`
 */
export function actionHost(env: Environment, token: string): Host {
  const { GITHUB_TOKEN: _, ...others } = env;
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  const fork = forkOf(env);
  return {
    cwd: env['GITHUB_WORKSPACE'] ?? process.cwd(),
    env: token === '' ? others : { ...others, GITHUB_TOKEN: token },
    now: () => momentOf(env),
    plans: true,
    progress: ({ text, done }) => done && print(`${plainLine(`  ${safe(text)}`)}\n`),
    unfinished: whenStopped((lines) => {
      const annotation = `::error title=Unfinished deployment::${escapeData(lines.map((line) => line.trim()).join('\n'))}\n`;
      print(`${plainText(lines)}${annotation}`);
    }),
    ...(repositoryForm.test(repository) ? { store: `github:${repository}` } : {}),
    ...(env['GITHUB_WORKSPACE'] === undefined ? {} : { workspace: env['GITHUB_WORKSPACE'] }),
    ...(fork === undefined ? {} : { fork }),
    ...(keepsTools(env) ? { toolCache: env['RUNNER_TEMP'] ?? tmpdir() } : {}),
  };
}

/** Whether there is a tool cache that a later job can find: a runner of GitHub's own is gone by then. */
function keepsTools(env: Environment): boolean {
  const { RUNNER_TOOL_CACHE: folder = '', RUNNER_ENVIRONMENT: kind = 'self-hosted' } = env;
  return folder !== '' && kind === 'self-hosted';
}
