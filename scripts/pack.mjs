import { basename } from 'node:path';

// What few runs need stays a file of its own: packages, other hosts, long texts, reports for machines.
const late =
  /node_modules|stores\/github|schemas\/generated|pages\.json|commands\/init|reporters\/(?:sarif|markdown|summary)/;

// What a validation never asks for: publishing, deploying, other commands and the readers of what most bundles have not.
const further = new RegExp(
  [
    'deploy/|resources/|target-inputs|kept-run|question|git\\.ts|action',
    'commands/(?!validate|examined|find-bundles|subject-report|yanked)',
    'publish/(?:apply|bundle-content|get|next|pack|plan|prepare|read-back|reindex|spool|temporary|unpack|verify|which)',
    'formats/(?:zip/|toml/(?!read)|object-body|bundle/archive|json/(?:scan|compressed|gzip))',
    'reporters/(?:annotations|deployment|fingerprint|json|markdown|mermaid|table|sarif)',
  ]
    .map((part) => `^src/(?:${part})`)
    .join('|'),
);

/**
 * Joins the many small parts that the bundler makes into three files: `start.cjs`, what the command line loads before it
 * knows what is asked, `core.cjs`, what a validation loads, and `further.cjs`, what other commands do. Loading fifty
 * files takes as long as checking a bundle, and so does compiling what nobody asked for. In each a part stays a function
 * that runs when it is asked for, once.
 */
export function pack(parts, metafile) {
  const entries = parts.map(({ name }) => name).filter((name) => !name.startsWith('part-'));
  const start = startOf('cli.cjs', metafile).filter((name) => !entries.includes(name));
  const homes = new Map(start.map((name) => [name, 'start.cjs']));
  for (const { name } of parts) {
    const { inputs } = outputOf(name, metafile);
    const alone = entries.includes(name) || Object.keys(inputs).some((input) => late.test(input));
    const rest = Object.keys(inputs).some((input) => further.test(input)) ? 'further.cjs' : 'core.cjs';
    if (!homes.has(name) && !alone) homes.set(name, 'src/help.ts' in inputs ? 'start.cjs' : rest);
  }
  const outside = parts.filter(({ name }) => !homes.has(name));
  return [
    ...outside.map(({ name, text }) => ({ name, text: redirected(text, homes) })),
    ...['start.cjs', 'core.cjs', 'further.cjs'].map((file) => ({ name: file, text: packText(file, parts, homes) })),
  ];
}

/** A file that gives any of its parts: `require("./core.cjs")("part-….cjs")`. */
function packText(file, parts, homes) {
  const members = parts
    .filter(({ name }) => homes.get(name) === file)
    .map(
      ({ name, text }) =>
        `"${name}":(function(exports,module){${redirected(text.replace(/^"use strict";/, ''), homes, file)}})`,
    );
  return `"use strict";const parts={${members.join(',')}},made={};
module.exports=part;
function part(name){
let module=made[name];
if(module===undefined){module=made[name]={exports:{}};parts[name](module.exports,module)}
return module.exports}
`;
}

/** Replaces what asks for a packed part's file by what asks its pack for it. */
function redirected(text, homes, own) {
  return text.replace(/\brequire\("\.\/([^"]+)"\)/g, (whole, name) => {
    const home = homes.get(name);
    if (home === undefined) return whole;
    return home === own ? `part("${name}")` : `require("./${home}")("${name}")`;
  });
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
