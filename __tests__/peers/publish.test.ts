import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundle, detections, dga, newStore, publish } from '../publish/workshop.ts';
import { temporaryFolder } from '../stores/directory/temporary.ts';
import { run } from './peer.ts';

/**
 * What the historic tool's reader asks of a manifest (elastic.md §3.4): every release's manifest by its asset name,
 * every file's digest by asset and base name, and the release of a model by its file's name. Written from those
 * facts, with Python's own JSON reader, since that is what it used.
 */
const historicReader = `
import json, sys

hashes, models = {}, {}
for path in sys.argv[1:]:
    manifest = json.load(open(path))
    tag = manifest["tag_name"]
    for key in ("assets_url", "author", "created_at", "description", "html_url", "name", "published_at", "url", "zipball_url"):
        assert isinstance(manifest[key], str), key
    assert isinstance(manifest["id"], int)
    hashes[tag] = {}
    for name, asset in manifest["assets"].items():
        asset["created_at"], asset["description"], asset["relative_url"], asset["zipped_sha256"]
        for file, entry in asset["entries"].items():
            assert entry["name"] == file and entry["created_at"].endswith("Z")
            assert isinstance(entry["size"], int) and isinstance(entry["compress_size"], int)
            hashes[tag][file] = entry["sha256"]
            if file.startswith("dga") and file.endswith("model.json"):
                models[file.rsplit("_", 1)[0]] = tag
print(json.dumps({"hashes": hashes, "models": models}))
`;

it('the historic reader loads our manifests', async () => {
  const { root, store } = newStore();
  const bundles = [await bundle(dga), await bundle(detections)];
  for (const [index, from] of bundles.entries()) await publish(store, from, { run: `run-${index}` });
  const script = join(temporaryFolder(), 'reader.py');
  writeFileSync(script, historicReader);
  const manifests = bundles.map(({ name }) => join(root, name, `manifest-${name}.json`));
  const { status, stdout, stderr } = run('python3', [script, ...manifests]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    hashes: Object.fromEntries(
      bundles.map(({ name, entries }) => [name, Object.fromEntries(entries.map(({ path, sha256 }) => [path, sha256]))]),
    ),
    models: { 'dga_1000_1.0': dga },
  });
});

it('sha256sum reads our SHA256SUMS, and sees a change', async () => {
  const { root, store } = newStore();
  await publish(store, await bundle(dga));
  const folder = join(root, dga);
  const { status, stdout } = run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], folder);
  expect({ status, stdout: stdout.trim().split('\n').sort() }).toEqual({
    status: 0,
    stdout: [`${dga}.zip: OK`, 'index.json: OK', `manifest-${dga}.json: OK`],
  });
  const zip = join(folder, `${dga}.zip`);
  writeFileSync(zip, Buffer.concat([readFileSync(zip), Buffer.from('x')]));
  expect(run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], folder).status).toBe(1);
});

it('unzip and Python read our zip', async () => {
  const { root, store } = newStore();
  await publish(store, await bundle(dga));
  const zip = join(root, dga, `${dga}.zip`);
  expect(run('unzip', ['-t', zip])).toMatchObject({ status: 0, stdout: expect.stringContaining('No errors detected') });
  expect(run('python3', ['-m', 'zipfile', '-t', zip])).toMatchObject({ status: 0 });
});
