import { basename } from 'node:path';
import { build } from 'esbuild';

// What few runs need stays a file of its own: packages, other hosts, long texts, reports for machines.
const late =
  /node_modules|stores\/github|schemas\/generated|pages\.json|commands\/init|reporters\/(?:sarif|markdown|summary)/;

// What a validation never asks for: publishing, deploying, other commands and the readers of what most bundles have not.
const further = new RegExp(
  [
    'target-inputs|kept-run|question|git\\.ts|action',
    'commands/(?!validate|examined|find-bundles|subject-report|yanked)',
    'publish/(?:apply|bundle-content|get|next|pack|plan|prepare|read-back|reindex|spool|temporary|unpack|verify|which)',
    'formats/(?:zip/|toml/(?!read)|object-body|bundle/archive|json/(?:scan|compressed|gzip))',
    'reporters/(?:annotations|deployment|fingerprint|json|markdown|mermaid|table|sarif)',
  ]
    .map((part) => `^src/(?:${part})`)
    .join('|'),
);

// What deals with targets: neither publishing nor the action's validation asks for it.
const targets = /^src\/(?:deploy|resources|commands\/(?:elastic|pull|doctor))\b/;

// What evaluates models: a validation asks for it where the bundle has golden predictions.
const models = /^src\/(?:inference|commands\/(?:model\/|golden-)|formats\/(?:golden\.|csv))/;

const packs = ['start.cjs', 'core.cjs', 'further.cjs', 'targets.cjs', 'models.cjs'];

/**
 * Joins the many small parts that the bundler makes into five files: `start.cjs`, what the command line loads before it
 * knows what is asked, `core.cjs`, what a validation loads, `further.cjs`, what the action and other commands do, `targets.cjs`,
 * what deals with targets, and `models.cjs`, what evaluates models. Loading fifty files takes as long as checking a bundle, and so does compiling
 * what nobody asked for. In each all parts share one scope, so that what one has of another is no look-up, and each
 * runs when it is asked for, once.
 * @param parts the bundler's, as modules
 * @param options how they become CommonJS
 */
export async function pack(parts, metafile, options) {
  const entries = parts.map(({ name }) => name).filter((name) => !name.startsWith('part-'));
  const start = startOf('cli.cjs', metafile).filter((name) => !entries.includes(name));
  const homes = new Map(start.map((name) => [name, 'start.cjs']));
  for (const { name } of parts) {
    const { inputs } = outputOf(name, metafile);
    const alone = entries.includes(name) || Object.keys(inputs).some((input) => late.test(input));
    if (!homes.has(name) && !alone) homes.set(name, homeOf(Object.keys(inputs)));
  }
  const outside = parts.filter(({ name }) => !homes.has(name)).map(({ name }) => name);
  const files = [...outside, ...packs].map((file) => joined(file, parts, { homes, metafile, options }));
  return await Promise.all(files);
}

/** The pack for a part that was made of some sources. */
function homeOf(inputs) {
  if (inputs.includes('src/help.ts')) return 'start.cjs';
  if (inputs.some((input) => targets.test(input))) return 'targets.cjs';
  if (inputs.some((input) => models.test(input))) return 'models.cjs';
  return inputs.some((input) => further.test(input)) ? 'further.cjs' : 'core.cjs';
}

/** A file with its parts: one that is alone is itself; a pack gives any of those that others ask for. */
async function joined(file, parts, { homes, metafile, options }) {
  const texts = new Map(parts.map(({ name, text }) => [name, text]));
  const isPack = packs.includes(file);
  const offered = isPack ? wantedOf(file, homes, metafile) : [];
  const contents = `module.exports={${offered.map((name) => `"${name}":()=>require("./${name}")`).join(',')}}`;
  const own = (name) => (isPack ? homes.get(name) === file : name === file);
  const plugin = {
    name: 'pack',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\// }, ({ path, namespace }) => {
        const name = path.slice(2);
        if (namespace === 'foreign') return { path, external: true };
        if (own(name)) return { path: name, namespace: 'part' };
        return homes.has(name) ? { path: name, namespace: 'foreign' } : { path, external: true };
      });
      onLoad({ filter: /./, namespace: 'part' }, ({ path }) => ({ contents: texts.get(path), loader: 'js' }));
      onLoad({ filter: /./, namespace: 'foreign' }, ({ path }) => {
        return { contents: `module.exports=require("./${homes.get(path)}")["${path}"]()`, loader: 'js' };
      });
    },
  };
  const input = isPack ? contents : (texts.get(file) ?? '');
  const { outputFiles } = await build({
    ...options,
    stdin: { contents: input, sourcefile: file, resolveDir: '/', loader: 'js' },
    bundle: true,
    write: false,
    plugins: [plugin],
  });
  return { name: file, text: outputFiles.map(({ text }) => text).join('') };
}

/** The parts of a pack that others ask for, at once or later; its own parts have each other without asking. */
function wantedOf(file, homes, metafile) {
  const asking = Object.entries(metafile.outputs).filter(([path]) => homes.get(basename(path)) !== file);
  const asked = asking.flatMap(([, { imports }]) => imports.map(({ path }) => basename(path)));
  return [...new Set(asked)].filter((name) => homes.get(name) === file).sort();
}

/** An entry and the parts that it loads at once. */
function startOf(name, metafile, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    for (const { path, kind } of outputOf(name, metafile).imports) {
      if (kind === 'import-statement' && path.startsWith('dist/')) startOf(basename(path), metafile, seen);
    }
  }
  return [...seen];
}

function outputOf(name, metafile) {
  return Object.entries(metafile.outputs).find(([path]) => basename(path) === name)?.[1];
}
