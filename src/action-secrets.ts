// Shorter pieces are words of any log: hiding them would hide the log.
const shortestPiece = 8;

const names = ['GITHUB_TOKEN', 'ELASTIC_API_KEY', 'ELASTIC_PASSWORD'];
const addresses = ['ELASTICSEARCH_URL', 'KIBANA_URL'];

/** The secrets of an environment: tokens, keys and passwords, also those inside an address. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  const own = names.flatMap((name) => env[name] ?? []);
  const inside = addresses.flatMap((name) => {
    const address = env[name] ?? '';
    const password = URL.canParse(address) ? new URL(address).password : '';
    // As it stands in the address, and as it is meant.
    return password === '' ? [] : [password, plain(password)];
  });
  // An API key is given as `id:secret` or as its base64, and sent as the latter.
  const keys = own.flatMap((secret) => {
    const [, key] = Buffer.from(secret, 'base64').toString('utf8').split(':');
    return key !== undefined && /^[\w-]{8,}$/.test(key) ? [secret, key] : [secret];
  });
  return [...keys, ...inside];
}

function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

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
