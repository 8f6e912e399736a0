// With the name of a target behind it or without.
const names = /^(?:GITHUB_TOKEN|ELASTIC_API_KEY(?:_[A-Z0-9_]+)?|ELASTIC_PASSWORD(?:_[A-Z0-9_]+)?)$/;
const addresses = /^(?:ELASTICSEARCH_URL|KIBANA_URL)(?:_[A-Z0-9_]+)?$/;

/** The secrets of an environment: tokens, keys and passwords, also those inside an address. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  const valuesOf = (form: RegExp): string[] =>
    Object.entries(env).flatMap(([name, value]) => (form.test(name) ? (value ?? []) : []));
  const own = valuesOf(names);
  const inside = valuesOf(addresses).flatMap((address) => {
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
