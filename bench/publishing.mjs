// What publishing on GitHub takes, on the server of the tests; beside other actions where BENCH_PEERS names a folder
// that holds their published `dist` folders as `softprops` and `ncipollo`.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { probing } from './measure.mjs';

/** The figures of issue 4. */
const limits = { requests: 22, uploading: 2.2, rss: 150e6 };
const tag = 'ML-DGA-20261122-1';

/**
 * @param bundle compiles a file of this folder; `row` takes a figure; `makeBundle` a bundle of ours
 */
export async function publishing({ folder, cli, bundle, row, makeBundle }) {
  const { makeFiles, peer, publication } = createRequire(import.meta.url)(await bundle('publishing'));
  const probe = join(folder, 'probe.cjs');
  probing(folder);
  const program = await bundle('publish-files');
  const ours = (files) => ({ words: [program, ...files], env: () => ({}) });
  const command = {
    words: [cli, 'release', makeBundle(folder, 0.1), '--store', 'github:blue-team/detections', '--accept-warnings'],
    env: () => ({}),
  };
  const last = ['index.json', `manifest-${tag}.json`];
  const few = makeFiles(join(folder, 'few'), 6, 1000, last);
  const many = makeFiles(join(folder, 'many'), 12, 64 * 1024, last);
  const large = makeFiles(join(folder, 'large'), 1, 300 * 1024 * 1024, []);
  const measured = async (publisher) => ({
    requests: (await publication(publisher(few), few, 0, probe)).requests,
    uploading: (await publication(publisher(many), many, 400, probe)).uploading,
    rss: (await publication(publisher(large), large, 0, probe)).rss,
  });
  const own = await measured(ours);
  // A bundle of ours makes four assets, and each further one costs one request.
  own.requests = (await publication(command, [], 0, probe)).requests + 2;
  row('requests of a release of 6 assets / 22', against(own.requests, limits.requests), 1, 'requests');
  row('uploading 12 assets at 400 ms / 2.2 s', against(own.uploading, limits.uploading), 1, 's wall');
  row('memory for an asset of 300 MiB / 150 MB', against(own.rss / 1e6, limits.rss / 1e6), 1, 'MB');
  if (process.env.BENCH_PEERS === undefined) return [];
  const found = [{ who: 'ml-detection-release', ...own }];
  for (const action of ['softprops', 'ncipollo']) {
    const publisher = () => peer(action, resolve(process.env.BENCH_PEERS));
    found.push({ who: action, ...(await measured(publisher).catch(unable)) });
  }
  return found.map(({ who, requests, uploading, rss, error }) => ({
    action: who,
    'requests, 6 assets': requests,
    'uploading 12 at 400 ms': error ?? `${uploading.toFixed(2)} s`,
    'memory, 300 MiB': error === undefined ? `${Math.round(rss / 1e6)} MB` : '',
  }));
}

function against(a, b) {
  return { a, b, ratio: a / b };
}

/** A peer that does not run here is shown as that. */
function unable(error) {
  return { error: String(error.message).split('\n')[0] };
}
