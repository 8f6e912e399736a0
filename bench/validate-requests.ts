import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { filledRepository } from '../__tests__/github-server/filled.ts';
import { startGitHub } from '../__tests__/github-server/server.ts';

/**
 * Validates a bundle against a repository of so many releases, as a pull request's job does, and counts what arrives.
 * @returns requests, those to the storage host too
 */
export async function countRequests(cli: string, bundle: string, count: number): Promise<number> {
  const { repository } = await filledRepository(count);
  const server = await startGitHub(repository, { tokens: {} });
  try {
    const words = [cli, 'validate', bundle, '--store', 'github:blue-team/detections', '--severity', warnings];
    const env = { PATH: process.env['PATH'], GITHUB_API_URL: server.apiUrl };
    const { stdout } = await promisify(execFile)(process.execPath, words, { env });
    if (!stdout.includes(`(${count} releases)`)) throw new Error(`not all of ${count} releases are known: ${stdout}`);
    return server.requests.length + server.downloads.length;
  } finally {
    await server.close();
  }
}

/** The example's number is that of an old release here. */
const warnings = 'release-number-taken=note';
