import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { safe } from '../domain/safe.ts';
import { errnoOf, Failure } from '../errors.ts';
import { makeFolder } from '../stores/durable.ts';
import { fileFailure } from '../stores/file-failure.ts';

/** That nothing stands at a path, not even a link that leads nowhere. @throws Failure `write-failed` */
export async function requireAbsent(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw fileFailure(error, 'write', path);
  }
  throw new Failure('write-failed', `\`${safe(path, 1000)}\` exists already.`, {
    help: 'Nothing is overwritten: name another folder with --out, or move this one away.',
  });
}

/**
 * Makes a new folder that appears whole or not at all: it is filled beside its place, where only this user looks.
 * @param fill writes into an empty folder, and gives what of it is to be the new one: itself, or a folder in it
 * @throws Failure `write-failed` (it exists), `disk-full`; what `fill` throws
 */
export async function fillNewFolder(path: string, fill: (aside: string) => Promise<string>): Promise<void> {
  const into = dirname(path);
  await requireAbsent(path);
  await makeFolder(into);
  const aside = join(into, `.mldr-${randomUUID()}`);
  await mkdir(aside, { mode: 0o700 });
  try {
    const filled = await fill(aside);
    await chmod(filled, 0o755);
    await requireAbsent(path);
    await rename(filled, path);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
