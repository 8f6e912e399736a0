import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { filesIn, root } from './outputs.mjs';

const folder = 'scripts/generate';

/**
 * Runs every generator in `scripts/generate`: a module that exports `outputs(root)`, which gives files as
 * `{ path, text }[]` (paths from the root) and writes nothing. They are TypeScript and may import the sources
 * of the product, which Node 20 does not run, so they are bundled first.
 */
export async function generatedOutputs() {
  const entryPoints = filesIn(folder, '.ts').map((name) => `${folder}/${name}`);
  const outdir = mkdtempSync(join(tmpdir(), 'generate-'));
  try {
    const options = { bundle: true, format: 'cjs', platform: 'node', target: 'node20', mainFields: ['module', 'main'] };
    await build({ ...options, absWorkingDir: root, entryPoints, outdir, outExtension: { '.js': '.cjs' } });
    const require = createRequire(join(outdir, 'generate.cjs'));
    const outputs = [];
    for (const name of filesIn(folder, '.ts')) {
      const generator = require(join(outdir, name.replace(/ts$/, 'cjs')));
      outputs.push(...(await generator.outputs(root)));
    }
    return outputs;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
