import type { Diagnostic } from '../domain/diagnostic.ts';
import type { SubjectReport } from '../domain/report.ts';
import { escapeMarkdown, escapeName } from './escape-markdown.ts';
import type { Links, RenderOptions } from './options.ts';
import { encodePath, placeOf, positionText, workspacePath } from './place.ts';

const server = /^https:\/\/[A-Za-z0-9.-]{1,253}(?::\d{1,5})?$/;
const repository = /^(?!\.)[A-Za-z0-9_.-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/;
const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const page = /^https:\/\/[A-Za-z0-9.-]{1,253}(?::\d{1,5})?(?:\/[A-Za-z0-9._~/#?=&%-]{0,500})?$/;

/** The address of a page about a check, where it is one; else undefined. */
export function pageAddress(url: string): string | undefined {
  return page.test(url) ? url : undefined;
}

/** The address of a release, where it is one of the repository that the run belongs to; else undefined. */
export function releaseAddress(url: string, links: Links | undefined): string | undefined {
  if (links === undefined || !valid(links)) return undefined;
  return url.startsWith(`${links.server}/${links.repository}/releases/`) ? pageAddress(url) : undefined;
}

/** A link whose address is our own or checked before, and whose text is escaped; without an address the text alone. */
export function link(escapedText: string, address: string | undefined): string {
  return address === undefined ? escapedText : `[${escapedText}](${address})`;
}

/** `[file:14:15](https://…/blob/<commit>/file#L14)`; without a link where any part of it is not what it should be. */
export function placeLink(subject: SubjectReport, diagnostic: Diagnostic, options: RenderOptions): string {
  const { path, inner } = placeOf(subject, diagnostic);
  const shown = diagnostic.file ?? path;
  const text = escapeName(shown) + escapeMarkdown(positionText(diagnostic));
  const line = inner === undefined ? diagnostic.line : undefined;
  return link(text, options.links && blobAddress(options.links, path, options.workspace, line));
}

function blobAddress(links: Links, path: string, workspace: string | undefined, line?: number): string | undefined {
  const inside = workspacePath(path, workspace);
  if (inside === undefined || !valid(links)) return undefined;
  const anchor = line === undefined ? '' : `#L${line}`;
  return `${links.server}/${links.repository}/blob/${links.commit}/${encodePath(inside)}${anchor}`;
}

function valid(links: Links): boolean {
  return server.test(links.server) && repository.test(links.repository) && commit.test(links.commit);
}
