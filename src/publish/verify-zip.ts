import type { Limits } from '../domain/limits.ts';
import { safe } from '../domain/safe.ts';
import type { ArchiveMember } from '../formats/archive.ts';
import { readZip } from '../formats/zip/read.ts';
import type { ReadBack } from './read-back.ts';
import type { Manifest, ManifestAsset, ManifestEntry } from './read-manifest.ts';

/**
 * Compares the zips of a release, and every file in them, with its manifest.
 * @param missing told of what the manifest does not say
 */
export async function zipProblems(
  manifest: Manifest,
  release: ReadBack,
  limits: Limits,
  missing: (what: string) => void,
): Promise<string[]> {
  const problems: string[] = [];
  for (const asset of manifest.assets)
    problems.push(...(await ofAsset(manifest.name, asset, release, limits, missing)));
  if (manifest.assets.length === 0) problems.push('Its manifest names no zip.');
  return problems;
}

async function ofAsset(
  release: string,
  asset: ManifestAsset,
  { assets, kept }: ReadBack,
  limits: Limits,
  missing: (what: string) => void,
): Promise<string[]> {
  const name = safe(asset.name);
  const [read, zip] = [assets.get(asset.name), kept.get(asset.name)];
  if (read === undefined || zip === undefined) return [`\`${name}\` is in the manifest and not in the release.`];
  if (asset.sha256 === undefined) missing(`The manifest has no sha256 of \`${name}\`.`);
  else if (asset.sha256 !== read.sha256) {
    return [`\`${name}\` has sha256 ${read.sha256}; the manifest says ${asset.sha256}.`];
  }
  // Its files are compared by digest; what is an archive among them was the kind's decision.
  const reading = await readZip(zip.source, limits, () => undefined, { nesting: () => true });
  const findings = reading.findings.filter(({ severity }) => severity !== 'note');
  if (findings.length > 0) return findings.map(({ message }) => `\`${name}\`: ${message}`);
  return memberProblems(release, asset, reading.members);
}

function memberProblems(release: string, asset: ManifestAsset, members: readonly ArchiveMember[]): string[] {
  const name = safe(asset.name);
  const files = members.filter(({ directory }) => !directory);
  const outside = files.find(({ path }) => !path.startsWith(`${release}/`));
  if (outside !== undefined)
    return [`\`${name}\` holds \`${safe(outside.path)}\`, outside the folder \`${safe(release)}\`.`];
  const left = new Map(files.map((file) => [file.path.slice(release.length + 1), file]));
  const problems: string[] = [];
  for (const entry of asset.entries) {
    const path = pathIn(left, entry);
    const member = path === undefined ? undefined : left.get(path);
    if (path === undefined || member === undefined) {
      problems.push(`\`${safe(entry.path)}\` is in the manifest and not in \`${name}\`.`);
      continue;
    }
    left.delete(path);
    if (member.sha256 !== entry.sha256) {
      problems.push(`\`${safe(path)}\` has sha256 ${member.sha256}; the manifest says ${entry.sha256}.`);
    }
  }
  for (const path of left.keys()) problems.push(`\`${safe(path)}\` is in \`${name}\` and not in the manifest.`);
  return problems;
}

/** Manifests of the historic tool name files by their base names alone. */
function pathIn(files: ReadonlyMap<string, ArchiveMember>, { path }: ManifestEntry): string | undefined {
  return files.has(path) ? path : [...files.keys()].find((candidate) => candidate.endsWith(`/${path}`));
}
