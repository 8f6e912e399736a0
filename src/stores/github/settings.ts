import { member } from '../../domain/document.ts';
import { Failure } from '../../errors.ts';
import type { Client } from './client.ts';

/**
 * A file of the default branch.
 * @param path from the root of the repository
 * @returns undefined where there is none, or no repository that the token may see
 * @throws Failure `github-refused` where it is no plain file or too large to be given, those of a refusal
 */
export async function fileOfDefaultBranch(client: Client, path: string): Promise<Buffer | undefined> {
  // Without a `ref` GitHub takes the default branch.
  const file = await client.find(`${client.root}/contents/${encodeURIComponent(path)}`, `read \`${path}\``);
  if (file === undefined) return undefined;
  const [type, encoding, content] = ['type', 'encoding', 'content'].map((key) => member(file, key));
  // From 1 MB on the content is left out, and the encoding is `none`.
  if (type === 'file' && encoding === 'base64' && typeof content === 'string') return Buffer.from(content, 'base64');
  const what = type === 'file' ? 'is too large' : 'is no plain file';
  throw new Failure('github-refused', `\`${path}\` on the default branch ${what}.`);
}
