import { describe, expect, it } from 'vitest';
import { secretsOf } from '../src/action-secrets.ts';
import { maskedForms } from '../src/domain/secret-forms.ts';

/** A log as the runner shows it: every form becomes `***`. */
function masked(log: string, secret: string): string {
  return maskedForms(secret)
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, form) => text.replaceAll(form, '***'), log);
}

const secrets = [
  'ghs_0123456789abcdefABCDEF',
  'p%ss w&rd/+ü"x\\',
  'first line of it\nsecond line of it',
  'a?b>c~~~~~~~',
];

describe.each(secrets)('%j', (secret) => {
  const encodings: [string, (text: string) => string][] = [
    ['as it is', (text) => text],
    ['base64', (text) => Buffer.from(text).toString('base64')],
    ['base64 for addresses', (text) => Buffer.from(text).toString('base64url')],
    ['hexadecimal', (text) => Buffer.from(text).toString('hex')],
    ['an address', encodeURIComponent],
    ['a form', (text) => new URLSearchParams({ k: text }).toString().slice(2)],
    ['JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ];

  it.each(encodings)('is hidden as %s', (_, encode) => {
    const log = masked(`before ${encode(secret)} after`, secret);
    expect(log).toMatch(/^before .{0,2}\*{3}.{0,4} after$/);
  });

  it.each(['x-access-token:', 'u:', 'us:', 'use:'])('is hidden in basic authentication after %s', (user) => {
    const header = Buffer.from(`${user}${secret}`).toString('base64');
    const whole = masked(header, secret);
    expect(whole).toContain('***');
    // Of the secret's own characters at most the two at its ends are left, each shared with a neighbour.
    const left = whole.split('***').at(-1) ?? '';
    expect(left.length).toBeLessThanOrEqual(4);
  });
});

it('each line of a secret is hidden by itself', () => {
  expect(masked('x second line of it y', 'first line of it\r\nsecond line of it')).toBe('x *** y');
});

it('nothing is hidden for an empty one, and no short piece of any', () => {
  expect(maskedForms(' \n')).toEqual([]);
  expect(maskedForms('abc')).toEqual(['abc']);
});

it('secrets of a target are found wherever an environment has them', () => {
  const key = Buffer.from('key-id:key-secret-of-some-length').toString('base64');
  const env = {
    ELASTIC_API_KEY: key,
    ELASTIC_PASSWORD: 'pass-word-1',
    ELASTICSEARCH_URL: 'https://elastic:p%40ss-word-2@es.example:9243',
    KIBANA_URL: 'https://es.example',
    ELASTIC_USERNAME: 'elastic',
  };
  expect(secretsOf(env).sort()).toEqual(
    [key, 'key-secret-of-some-length', 'pass-word-1', 'p%40ss-word-2', 'p@ss-word-2'].sort(),
  );
});
