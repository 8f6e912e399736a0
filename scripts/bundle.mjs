import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { licences } from './licences.mjs';
import { root } from './outputs.mjs';
import { pack } from './pack.mjs';

const target = 'node20';

/**
 * The modules of `@actions/core` do nothing when they are loaded, and its package does not say so: a client for identity
 * tokens, which nothing here asks for, would bring 430 kB of HTTP client to every start of the action.
 */
const withoutIdentity = {
  name: 'without-identity',
  setup(build) {
    build.onResolve({ filter: /^\.\// }, async ({ path, resolveDir, kind, pluginData: seen }) => {
      if (seen === true || !/@actions[\\/]core[\\/]lib$/.test(resolveDir)) return undefined;
      return { ...(await build.resolve(path, { resolveDir, kind, pluginData: true })), sideEffects: false };
    });
  },
};

/**
 * Bundles the entries into files of CommonJS: `dist/cli.cjs`, `dist/index.cjs`, `dist/post.cjs`, and parts that they
 * load when they need them. esbuild splits modules only, so the first pass makes modules, in memory, and the second
 * makes CommonJS of them, file by file; a shared part is in one file, hence one instance of its classes.
 */
export async function bundleOutputs() {
  const modules = await build({
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli.ts', index: 'src/action.ts', post: 'src/post.ts' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target,
    // The `main` of jsonc-parser requires its parts in a way that cannot be bundled.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    plugins: [withoutIdentity],
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    chunkNames: 'part-[hash]',
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const parts = modules.outputFiles.map((file) => ({ name: basename(file.path), text: file.text }));
  const packed = await pack(parts, modules.metafile, commonJs);
  return [...packed, { name: 'LICENSES.txt', text: licences(modules.metafile) }];
}

/** How a module becomes CommonJS. */
const commonJs = {
  format: 'cjs',
  platform: 'node',
  target,
  minify: true,
  // `import()` becomes a `require` that runs when the part is asked for.
  supported: { 'dynamic-import': false },
  // There is no `import.meta` in CommonJS: a source that uses it must not pass.
  logOverride: { 'empty-import-meta': 'error' },
  logLevel: 'error',
  // A module is strict without saying so; CommonJS has to say it.
  banner: { js: '"use strict";' },
};

/** Writes `dist` anew, so that no part of an earlier build stays. */
export function writeBundle(outputs) {
  const dist = join(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  for (const { name, text } of outputs) {
    writeFileSync(join(dist, name), name === 'cli.cjs' ? `#!/usr/bin/env node\n${text}` : text);
  }
  chmodSync(join(dist, 'cli.cjs'), 0o755);
}
