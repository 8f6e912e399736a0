import { Failure } from '../../errors.ts';

/** Which service of a stack is meant: a cloud id names both. */
export type ServiceName = 'elasticsearch' | 'kibana';

/** Where a server is and how to speak to it. Holds secrets: only `shown` is ever printed. */
export interface TargetAddress {
  /** `https://host:port/base`, without user information, query or fragment; no slash at the end. */
  readonly url: URL;
  /** The `Authorization` header; undefined where none was given. */
  readonly authorization?: string;
  /** What of it is secret, as it was given and as it is sent: a server may repeat it, and messages do not. */
  readonly secrets: readonly string[];
  /** Certificates (PEM) that are trusted instead of the system's. */
  readonly ca?: string;
  /** SHA-256 of the server's certificate, 64 lower-case hex digits: trusted whoever signed it. */
  readonly fingerprint?: string;
  /** The address for messages. */
  readonly shown: string;
}

/** What the user gave. */
export interface AddressInputs {
  readonly url?: string;
  readonly cloudId?: string;
  /** `id:key`, or its base64 as Elasticsearch hands it out. */
  readonly apiKey?: string;
  readonly username?: string;
  readonly password?: string;
  readonly ca?: string;
  /** 64 hex digits, with or without colons. */
  readonly fingerprint?: string;
}

/**
 * The address of a server, or a typed failure that says which setting is wrong; the value of a secret is never in it.
 * @throws Failure `target-invalid`
 */
export function targetAddress(service: ServiceName, inputs: AddressInputs): TargetAddress {
  const url = baseOf(service, inputs);
  const secure = url.protocol === 'https:';
  if (!secure && !isLoopback(url.hostname)) {
    throw new Failure(
      'target-invalid',
      `${shownOf(url)} is not https: a password or key would cross the network open.`,
      {
        help: 'Use https. A certificate of your own is trusted by a CA file, or by the fingerprint of the certificate.',
      },
    );
  }
  const fingerprint = inputs.fingerprint?.replaceAll(':', '').toLowerCase();
  if (fingerprint !== undefined && !/^[\da-f]{64}$/.test(fingerprint)) {
    throw new Failure('target-invalid', 'The fingerprint is not the SHA-256 of a certificate: 64 hexadecimal digits.');
  }
  const { authorization, secrets } = authorizationOf(url, inputs);
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return {
    url: bare,
    shown: shownOf(bare),
    secrets,
    ...(authorization === undefined ? {} : { authorization }),
    ...(inputs.ca === undefined ? {} : { ca: inputs.ca }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

/** The host of loopback servers: whatever else a name says, it may lead out of this machine. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function baseOf(service: ServiceName, { url, cloudId }: AddressInputs): URL {
  if (url !== undefined && url !== '') return parsed(service, url);
  if (cloudId !== undefined && cloudId !== '') return new URL(cloudAddress(service, cloudId));
  const help =
    service === 'elasticsearch' ? 'Set ELASTICSEARCH_URL or ELASTIC_CLOUD_ID.' : 'Set KIBANA_URL or ELASTIC_CLOUD_ID.';
  throw new Failure('target-invalid', `It is not said where ${service} is.`, { help });
}

function parsed(service: ServiceName, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // The text may hold a password: it is never shown.
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Failure('target-invalid', `The address of ${service} is not a URL that begins with https://.`);
  }
  if (url.search !== '' || url.hash !== '') {
    throw new Failure(
      'target-invalid',
      `The address of ${service} has a query or a fragment: give the base address only.`,
    );
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** A cloud id is `name:base64(domain$elasticsearch$kibana)`, each with an optional port (elastic.md §5). */
function cloudAddress(service: ServiceName, cloudId: string): string {
  const packed = cloudId.slice(cloudId.lastIndexOf(':') + 1);
  const [domain = '', elasticsearch = '', kibana = ''] = Buffer.from(packed, 'base64').toString('utf8').split('$');
  const [host = '', port = '443'] = domain.split(':');
  const [name = '', own = port] = (service === 'kibana' ? kibana : elasticsearch).split(':');
  const legal = /^[a-z\d.-]+$/i.test(host) && /^[a-z\d-]+$/i.test(name) && /^\d{1,5}$/.test(own);
  const address = `https://${name}.${host}:${own}`;
  if (legal && URL.canParse(address)) return address;
  throw new Failure('target-invalid', `The cloud id does not say where ${service} is.`);
}

/** How whoever asks says who he is, and what of that nobody is to see. */
function authorizationOf(
  url: URL,
  { apiKey, username, password }: AddressInputs,
): Pick<TargetAddress, 'authorization' | 'secrets'> {
  // Whatever keeps secrets likes to add a line break.
  const key = apiKey?.trim() ?? '';
  if (key !== '') {
    if (!/^[\x21-\x7e]+$/.test(key)) {
      throw new Failure('target-invalid', 'The API key has characters that no key has, such as a space in its midst.', {
        help: 'Set ELASTIC_API_KEY to `id:key`, or to what Elasticsearch calls `encoded`.',
      });
    }
    const sent = key.includes(':') ? Buffer.from(key).toString('base64') : key;
    const [, own = ''] = Buffer.from(sent, 'base64').toString('utf8').split(':');
    return { authorization: `ApiKey ${sent}`, secrets: [key, sent, own] };
  }
  const user = username === undefined || username === '' ? meant(url.username) : username;
  const secret = password === undefined || password === '' ? meant(url.password) : password;
  if (user === '' && secret === '') return { secrets: [] };
  if (user === '' || secret === '') {
    throw new Failure(
      'target-invalid',
      `There is a ${user === '' ? 'password and no user' : 'user and no password'}.`,
      {
        help: 'Set ELASTIC_USERNAME and ELASTIC_PASSWORD, or ELASTIC_API_KEY.',
      },
    );
  }
  const sent = Buffer.from(`${user}:${secret}`).toString('base64');
  return { authorization: `Basic ${sent}`, secrets: [secret, sent] };
}

/** A part of an address as it is meant; one whose `%` begins nothing is meant as it stands. */
function meant(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function shownOf(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
}
