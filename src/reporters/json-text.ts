// Inside a string of JSON any character may be written as an escape, so the values stay exact and the text is printable.
const unprintable = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const oldCommand = /(#\p{Default_Ignorable_Code_Point}*#\p{Default_Ignorable_Code_Point}*)\[/gu;

/** Indented JSON that no terminal and no runner of a pipeline obeys, and that reads back as the very same values. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
    .replace(unprintable, escapeUnits)
    .replace(oldCommand, (_match, hashes: string) => `${hashes}\\u005b`);
}

function escapeUnits(character: string): string {
  let escaped = '';
  for (let index = 0; index < character.length; index += 1) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
