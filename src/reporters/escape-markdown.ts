import { safe } from '../domain/safe.ts';
import { plainLines } from './line.ts';

// Numeric references cannot stand in for structure (GFM §6.2), so nothing of an untrusted text becomes markup. An
// empty comment splits the text where GitHub would still find a mention, an issue or an address in what was rendered;
// a dollar inside `<span>` starts no formula (GitHub Docs, "Writing mathematical expressions").
const special = /:\/\/|[&<>"'`[\]()!|*_~#:@$\\]/g;
const autolinked = /(www(?=\.)|\bgh(?=-\d))/gi;
const comment = '<!-- -->';
// What fits into a cell of five columns without a break.
const shortName = 24;

/**
 * Escapes an untrusted text for a place inside a line of Markdown: a cell of a table, a heading, the text of a link.
 * The result has no line break, no `|` and no character that means anything to Markdown or HTML but our own.
 * @param limit longest text kept, in UTF-16 units before escaping
 */
export function escapeMarkdown(text: string, limit = 1000): string {
  return escapePrintable(safe(text, limit));
}

/**
 * As `escapeMarkdown`, for a name or a path: where it is long it may break behind `/`, `_` and `.`, and in a long run
 * of anything else, so that one file name does not push the other cells of a table off the page.
 */
export function escapeName(text: string, limit = 1000): string {
  return breakable(safe(text, limit));
}

function breakable(printable: string): string {
  if (printable.length <= shortName) return escapePrintable(printable);
  const parts = printable.match(/.{8,24}?(?:[/_.]{1,4}|$)|.{1,24}/gu) ?? [];
  return parts.map(escapePrintable).join('<wbr>');
}

function escapePrintable(text: string): string {
  return text.replace(special, escapeCharacter).replace(autolinked, `$1${comment}`);
}

function escapeCharacter(character: string): string {
  switch (character) {
    case '://':
      return `&#58;${comment}//`;
    case '@':
      return `@${comment}`;
    case '#':
      return `&#35;${comment}`;
    case '$':
      return '<span>$</span>';
    default:
      return `&#${character.charCodeAt(0)};`;
  }
}

/** As `escapeMarkdown`, with what stands between two backticks shown as code, as a name: messages write data so. */
export function escapeMessage(text: string, limit = 1000): string {
  const parts = safe(text, limit).split('`');
  // Every second part was between backticks; the last one of an even number had no partner to close it.
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return escapePrintable(part);
      return index === parts.length - 1 ? escapePrintable(`\`${part}`) : `<code>${breakable(part)}</code>`;
    })
    .join('');
}

/** A block of code whose fence is longer than any run of backticks in it; each line printable. */
export function fenced(text: string, language = ''): string {
  const lines = plainLines(text, 2000);
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []);
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${lines.join('\n')}\n${fence}\n`;
}
