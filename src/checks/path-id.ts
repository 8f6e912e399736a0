/** Longest id that is taken, in UTF-16 units; each API has its own, none a longer one. */
const longest = 255;

/**
 * Why an id cannot stand in the address of an API: it would end the address, climb in it, or mean several objects.
 * undefined where it can. Encoding is the client's duty all the same; this is so that nobody has to rely on it.
 */
export function pathDefect(id: string): string | undefined {
  if (id.trim() === '') return 'it is empty';
  if (id.length > longest) return `it has ${id.length} characters`;
  if (/^\.+$/.test(id)) return 'it climbs';
  const stranger = [...id].find((character) => !/[\p{L}\p{N}_.@ :-]/u.test(character));
  return stranger === undefined ? undefined : `it holds ${JSON.stringify(stranger)}`;
}
