// Shorter pieces are words of any log: hiding them would hide the log.
const shortestPiece = 8;

/**
 * Every form in which a secret can appear in a log: as it is and line by line, escaped for JSON and for an address, in
 * hexadecimal, and inside base64 of a longer text (`user:secret` of basic authentication), whatever stands before it.
 * The runner of GitHub masks some of these by itself; others (act, Gitea) mask what they are given.
 */
export function maskedForms(secret: string): string[] {
  const whole = secret.trim();
  if (whole === '') return [];
  const lines = whole.split(/\r\n|\r|\n/);
  const bytes = Buffer.from(whole);
  const derived = [
    ...(lines.length > 1 ? lines.map((line) => line.trim()) : []),
    JSON.stringify(whole).slice(1, -1),
    encodeURIComponent(whole),
    new URLSearchParams({ '': whole }).toString().slice(1),
    bytes.toString('hex'),
    ...[0, 1, 2].flatMap((before) => insideBase64(bytes, before)),
  ];
  return [...new Set([whole, ...derived.filter((form) => form.length >= shortestPiece)])];
}

/**
 * The characters of base64 that depend on nothing but the secret, where `before` more bytes (modulo 3) stand before it.
 * Four characters hold three bytes, so a neighbour shares the first and the last of them.
 */
function insideBase64(secret: Buffer, before: number): string[] {
  const shifted = Buffer.concat([Buffer.alloc(before), secret]);
  const [first, end] = [Math.ceil((before * 8) / 6), Math.floor((shifted.length * 8) / 6)];
  return (['base64', 'base64url'] as const).map((encoding) => shifted.toString(encoding).slice(first, end));
}

/** A text of somebody else without some secrets, in whatever form it repeats them; pieces of a few characters stay. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap(maskedForms).filter((form) => form.length >= shortestPiece);
  // A longer form may hold a shorter one.
  return forms.toSorted((a, b) => b.length - a.length).reduce((left, form) => left.replaceAll(form, '***'), text);
}
