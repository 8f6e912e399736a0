import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type ElasticServer, startElastic } from '../__tests__/elastic-server/server.ts';

/** What a deployment took, and taking it off again. */
export interface Deployed {
  /** Requests of the first installation. */
  readonly deploy: number;
  /** Requests of its removal. */
  readonly undeploy: number;
  /** Requests with which a deployment is undone that failed at its last write to the cluster's pipelines. */
  readonly undo: number;
  /** Bytes that the process of the installation held at most. */
  readonly rss: number;
}

/**
 * Puts a bundle on a loopback Elasticsearch, by the command line in a process of its own, and takes it off again.
 * @param env makes the process say what it used, as `probing` does
 */
export async function deployed(cli: string, bundle: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Deployed> {
  const golden = { '_1.0': domains.map((domain) => ({ domain, malicious_prediction: 0, malicious_probability: 0 })) };
  const server = await startElastic({ golden, accounts: 'off' });
  try {
    const run = async (...words: readonly string[]): Promise<string> => {
      const options = { cwd, env: { ...env, ELASTICSEARCH_URL: server.url }, maxBuffer: 1 << 28 };
      return (await promisify(execFile)(process.execPath, [cli, ...words], options)).stderr;
    };
    const said = await run('deploy', '--directory', bundle);
    const deploy = server.requests.length;
    const last = server.requests.findLastIndex(({ method, path }) => method === 'PUT' && path.includes('/pipeline/'));
    await run('undeploy');
    requireNothing(server);
    const undeploy = server.requests.length - deploy;
    const second = server.requests.length;
    // The journal's index is there now, and need not be made again: one request less.
    server.faults.set(second + last - 1, '500-after');
    await run('deploy', '--directory', bundle).catch(() => undefined);
    requireNothing(server);
    const failed = server.requests.findIndex(({ status }, at) => at >= second && status === 500);
    if (failed < 0) throw new Error('nothing failed');
    const { rss } = JSON.parse(said.slice(said.lastIndexOf('\n#') + 2)) as { rss: number };
    return { deploy, undeploy, undo: server.requests.length - failed - 1, rss };
  } finally {
    await server.close();
  }
}

function requireNothing({ stack }: ElasticServer): void {
  if (stack.models.size + stack.scripts.size + stack.pipelines.size > 0) throw new Error('something was left there');
}

const domains = ['elastic.co', 'wikipedia.org', 'kq3v9z7x1wjh5m.net'];
