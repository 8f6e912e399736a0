import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './outputs.mjs';

/**
 * `node scripts/changelog.mjs v1.4.2`: prints the changelog's section of a version, for its release. Ends with 1 where
 * the tag is not the version of the package, or the changelog has no section for it: neither is to be published.
 */
const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const [, ...sections] = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m);
const section = sections.find((text) => text.startsWith(`[${version}]`));
// The definitions of links at the end of the file belong to no section.
const body = section
  ?.slice(section.indexOf('\n'))
  .replaceAll(/^\[[^\]]+\]: .*$/gm, '')
  .trim();

if (tag !== `v${version}`) fail(`The tag is ${tag}, and the package's version ${version}.`);
else if (!body) fail(`CHANGELOG.md has no section [${version}], or nothing in it.`);
else console.log(body);

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
