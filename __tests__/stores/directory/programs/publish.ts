import { writeSync } from 'node:fs';
import fileSystem, { type FileHandle } from 'node:fs/promises';
import { openDirectoryStore } from '../../../../src/stores/directory/directory.ts';
import { publishAll, request, threeAssets } from '../../../contracts/assets.ts';

/**
 * Publishes a release and tells each step on standard output as it is done.
 * `KILL_AT=<n>`: kills itself right before its n-th call of the file system; it says at the end how many there were.
 */
const [path = '', name = '', run = ''] = process.argv.slice(2);
const killAt = Number(process.env.KILL_AT ?? 0);
const changing = ['open', 'mkdir', 'link', 'rename', 'rm', 'rmdir'] as const;
let calls = 0;

function counted(original: (...args: never[]) => unknown): (this: unknown, ...args: unknown[]) => unknown {
  return function (...args) {
    calls += 1;
    if (calls === killAt) process.kill(process.pid, 'SIGKILL');
    return Reflect.apply(original, this, args);
  };
}

async function countCalls(): Promise<void> {
  const handle = await fileSystem.open(process.execPath);
  await handle.close();
  const methods: FileHandle = Object.getPrototypeOf(handle);
  Object.assign(methods, { writeFile: counted(methods.writeFile), sync: counted(methods.sync) });
  for (const call of changing) Object.assign(fileSystem, { [call]: counted(fileSystem[call]) });
}

async function main(): Promise<void> {
  await countCalls();
  const observe = (step: string, detail: string): void => void writeSync(1, `${step} ${detail}\n`);
  const store = openDirectoryStore(path, { observe });
  writeSync(1, 'start\n');
  await publishAll(store, request(name, run), threeAssets('one').three);
  writeSync(1, `calls ${calls}\n`);
}

void main();
