import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './outputs.mjs';

/** Packages whose code stands in what ajv compiles, which the bundler takes for ours. */
const inCompiledSchemas = ['node_modules/ajv', 'node_modules/fast-deep-equal'];

/**
 * The licences of all packages that have a file in the bundle, as they ask for: name, version, licence, text.
 * @throws Error where a package has no text of its licence
 */
export function licences(metafile) {
  const folders = new Set(inCompiledSchemas);
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const input of Object.keys(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder !== undefined) folders.add(folder);
    }
  }
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return `${name} ${version} (${license})\n\n${licenceText(folder)}`;
  });
  return `Licences of the packages in this folder\n\n${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function licenceText(folder) {
  const file = readdirSync(join(root, folder))
    .sort()
    .find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file === undefined) throw new Error(`${folder} has no licence text: it cannot be shipped`);
  return readFileSync(join(root, folder, file), 'utf8')
    .replaceAll('\r\n', '\n')
    .trim();
}
