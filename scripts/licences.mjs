import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './outputs.mjs';

/** Packages whose code stands in what ajv compiles, which the bundler takes for ours. */
const inCompiledSchemas = ['node_modules/ajv', 'node_modules/fast-deep-equal'];

/**
 * The licences of all packages that have code in the bundle, and the files that hold it, in the form:
 * `name version (licence) in file, file`, an empty line, the text.
 * @throws Error where a package has no text of its licence
 */
export function licences(metafile) {
  const holders = new Map();
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
    for (const folder of Object.keys(inputs).flatMap(packagesOf)) {
      holders.set(folder, (holders.get(folder) ?? new Set()).add(basename(output)));
    }
  }
  const notices = [...holders.keys()].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const files = [...holders.get(folder)].sort().join(', ');
    return `${name} ${version} (${license}) in ${files}\n\n${licenceText(folder)}`;
  });
  return `Licences of the packages in this folder\n\n${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function packagesOf(input) {
  if (input.startsWith('src/schemas/generated/')) return inCompiledSchemas;
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
}

function licenceText(folder) {
  const files = readdirSync(join(root, folder)).sort();
  const file = files.find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file === undefined) throw new Error(`${folder} has no licence text: it cannot be shipped`);
  const text = readFileSync(join(root, folder, file), 'utf8');
  return text.replaceAll('\r\n', '\n').trim();
}
