import { openGitHubStore } from '../../../../src/stores/github/github.ts';
import { transfer } from '../../../../src/stores/github/transfer.ts';

/** Asks the API for a list and a host for a file, by whatever way the environment says, and prints what came of it. */
const [apiUrl = '', file = ''] = process.argv.slice(2);

async function outcome(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? error.message : 'failed'),
  );
}

const store = openGitHubStore('github:blue-team/detections', { apiUrl, hurried: true });
const request = { method: 'GET', url: new URL(file), headers: {}, stall: 2000, total: 2000 } as const;
process.stdout.write(JSON.stringify([await outcome(store.list()), await outcome(transfer(request))]));
