import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type GitHubServer, startGitHub } from '../__tests__/github-server/server.ts';
import { commitSha, emptyRepository } from '../__tests__/github-server/state.ts';

/** A program that publishes a tag with some files: ours, or another action. */
export interface Publisher {
  /** Words after `node`. */
  readonly words: readonly string[];
  /** Environment that the runner would give it. @param files absolute */
  readonly env: (files: readonly string[]) => Record<string, string>;
}

/** What a publication took. */
export interface Taken {
  /** Requests that arrived, downloads from the storage host among them. */
  readonly requests: number;
  /** Seconds from the first upload's arrival to the last one's answer. */
  readonly uploading: number;
  /** Most memory of the process, in bytes. */
  readonly rss: number;
}

const [owner, name, tag] = ['blue-team', 'detections', 'ML-DGA-20261122-1'];
const token = ['ghs', 'bench'].join('_');
const megabyte = 1024 * 1024;

/** Writes so many files of some size, the last ones under these names, and gives their paths. */
export function makeFiles(folder: string, count: number, bytes: number, last: readonly string[]): string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, last[index - count + last.length] ?? `part-${index}.bin`);
    writeFileSync(path, Buffer.alloc(bytes, `part ${index}, `));
    return path;
  });
}

/**
 * Lets a program publish a tag on a server of its own, and says what that took.
 * @param latency milliseconds of each answer
 * @param probe path of a script that makes a Node child say its memory
 */
export async function publication(
  { words, env }: Publisher,
  files: readonly string[],
  latency: number,
  probe: string,
): Promise<Taken> {
  const repository = { ...emptyRepository(), owner, name };
  repository.refs.set(`tags/${tag}`, { type: 'commit', sha: commitSha });
  const server = await startGitHub(repository, { tokens: { [token]: 'write' }, latency });
  const cwd = mkdtempSync(join(tmpdir(), 'bench-job-'));
  try {
    const options = { cwd, env: { ...runnerOf(server, cwd), ...env(files), NODE_OPTIONS: `--require=${probe}` } };
    const { stderr } = await promisify(execFile)(process.execPath, [...words], {
      ...options,
      maxBuffer: 64 * megabyte,
    });
    const [release] = repository.releases;
    if (release?.draft !== false) throw new Error(`nothing was published: ${stderr}`);
    const sent = server.requests.filter(({ method, template }) => method === 'POST' && template.endsWith('/assets'));
    const uploading = Math.max(...sent.map(({ ended }) => ended)) - Math.min(...sent.map(({ began }) => began));
    return {
      requests: server.requests.length + server.downloads.length,
      uploading: uploading / 1000,
      rss: rssIn(stderr),
    };
  } finally {
    await server.close();
  }
}

function runnerOf({ apiUrl }: GitHubServer, cwd: string): Record<string, string> {
  const output = join(cwd, 'output');
  writeFileSync(output, '');
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: cwd,
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: apiUrl,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_OUTPUT: output,
    GITHUB_REF: `refs/tags/${tag}`,
    GITHUB_REF_NAME: tag,
    GITHUB_REPOSITORY: `${owner}/${name}`,
    GITHUB_RUN_ID: '1',
    GITHUB_SHA: commitSha,
    GITHUB_STATE: output,
    GITHUB_TOKEN: token,
    GITHUB_WORKSPACE: cwd,
    RUNNER_TEMP: cwd,
  };
}

function rssIn(stderr: string): number {
  const said: { rss?: number } = JSON.parse(stderr.slice(stderr.lastIndexOf('\n#') + 2) || '{}');
  return said.rss ?? Number.NaN;
}

const ncipolloOff = [
  'generateReleaseNotes',
  'omitBody',
  'omitBodyDuringUpdate',
  'omitDraftDuringUpdate',
  'omitName',
  'omitNameDuringUpdate',
  'omitPrereleaseDuringUpdate',
  'removeArtifacts',
  'skipIfReleaseExists',
  'updateOnlyUnreleased',
];

/** Other actions, each asked to make a draft first and to publish it when all files are there. */
export function peer(action: 'softprops' | 'ncipollo', folder: string): Publisher {
  const inputs = {
    softprops: (files: readonly string[]) => ({ INPUT_FILES: files.join('\n'), INPUT_TOKEN: token }),
    ncipollo: (files: readonly string[]) => ({
      INPUT_ARTIFACTS: files.join(','),
      INPUT_IMMUTABLECREATE: 'true',
      INPUT_MAKELATEST: 'false',
      INPUT_REPLACESARTIFACTS: 'true',
      INPUT_TOKEN: token,
      // The runner hands over the defaults of its action.yml.
      ...Object.fromEntries(ncipolloOff.map((name) => [`INPUT_${name.toUpperCase()}`, 'false'])),
    }),
  };
  return { words: [join(folder, action, 'index.js')], env: inputs[action] };
}
