import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AdmZip from 'adm-zip';
import { expect, test } from 'vitest';
import { examine } from '../../src/checks/examine.ts';
import { checks } from '../../src/checks/registry.ts';
import { emptyHistory } from '../../src/domain/history.ts';
import { defaultLimits as limits } from '../../src/domain/limits.ts';
import { readBundle } from '../../src/formats/bundle/read.ts';
import { builtInKinds, kindOfName } from '../../src/kinds/kinds.ts';

const name = 'ML-DGA-20261122-2';

async function examined(path: string) {
  const bundle = await readBundle(path, { limits, kindOf: (base) => kindOfName(base, builtInKinds) });
  const history = emptyHistory('dir:releases');
  const { diagnostics, skipped } = await examine(checks, { bundle, history, limits, now: new Date(0) }, []);
  return { diagnostics, skipped, sha256: bundle.sha256, files: bundle.entries.map((entry) => entry.path) };
}

test('a folder, and a zip of it in the opposite order, give the same diagnostics in the same order', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'mldr-order-'));
  try {
    const folder = join(scratch, name);
    cpSync(join('examples', name), folder, { recursive: true });
    // Two files for one role, another id in one name, and a file without a role: each names another file.
    cpSync(join(folder, 'dga_1000_1.0_model.json'), join(folder, 'dga_1001_1.0_model.json'));
    cpSync(join(folder, 'dga_1000_1.0_ngrams_create.json'), join(folder, 'zz.json'));
    const zip = new AdmZip(undefined, { noSort: true });
    for (const file of readdirSync(folder).sort().reverse()) {
      zip.addFile(`${name}/${file}`, readFileSync(join(folder, file)));
    }
    zip.writeZip(join(scratch, `${name}.zip`));
    const [asFolder, asZip] = [await examined(folder), await examined(join(scratch, `${name}.zip`))];
    expect(asZip).toEqual(asFolder);
    expect(asFolder.diagnostics.map(({ check }) => check)).toContain('file-surplus');
    expect(asFolder.diagnostics.length).toBeGreaterThan(3);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
