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
