import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/errors.ts';
import { type AddressInputs, targetAddress } from '../../../src/resources/http/address.ts';

const secret = ['pass', 'word', '7%:@/'].join('');
const at = (inputs: AddressInputs) => targetAddress('elasticsearch', inputs);

function failure(action: () => unknown): Failure {
  try {
    action();
  } catch (error) {
    if (error instanceof Failure) return error;
  }
  throw new Error('did not fail as it should');
}

describe('targetAddress', () => {
  it.each([
    ['https://es.example:9243', 'https://es.example:9243'],
    ['https://es.example/base/', 'https://es.example/base'],
    ['http://127.0.0.1:9200', 'http://127.0.0.1:9200'],
    ['http://localhost:9200/', 'http://localhost:9200'],
    ['http://[::1]:9200', 'http://[::1]:9200'],
  ])('takes %s', (url, shown) => {
    expect(at({ url })).toMatchObject({ shown });
    expect(at({ url }).authorization).toBeUndefined();
  });

  it.each([
    'http://es.example:9200',
    'http://127.0.0.1.example:9200',
    'http://localhost.example',
    'http://0.0.0.0:9200',
    'ftp://es.example',
    'es.example:9200',
    'https://es.example/?q=1',
    'https://es.example/#x',
    '//es.example',
  ])('refuses %s, with a remedy', (url) => {
    const refused = failure(() => at({ url }));
    expect(refused.code).toBe('target-invalid');
    expect(refused.help).not.toBe('');
  });

  it('says what to set where nothing is', () => {
    expect(failure(() => at({})).help).toContain('ELASTICSEARCH_URL');
    expect(failure(() => targetAddress('kibana', {})).help).toContain('KIBANA_URL');
  });

  it('takes user and password from the URL, and shows neither', () => {
    const url = `https://elastic:${encodeURIComponent(secret)}@es.example:9243`;
    const address = at({ url });
    expect(address.authorization).toBe(`Basic ${Buffer.from(`elastic:${secret}`).toString('base64')}`);
    expect(`${address.shown} ${address.url.href}`).not.toMatch(/elastic:|pass/);
  });

  it('never shows what was given for a URL', () => {
    for (const url of [`https//elastic:${secret}@x`, `http://elastic:${encodeURIComponent(secret)}@es.example`]) {
      const { message, help } = failure(() => at({ url }));
      expect(`${message} ${help}`).not.toContain(secret.slice(0, 9));
    }
  });

  it('prefers an API key, in either form', () => {
    const encoded = Buffer.from('id:key').toString('base64');
    const given = { url: 'https://es.example', username: 'u', password: 'p' };
    expect(at({ ...given, apiKey: 'id:key' }).authorization).toBe(`ApiKey ${encoded}`);
    expect(at({ ...given, apiKey: encoded }).authorization).toBe(`ApiKey ${encoded}`);
    expect(at(given).authorization).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`);
  });

  it('wants both, user and password', () => {
    const url = 'https://es.example';
    expect(failure(() => at({ url, username: 'u' })).message).toContain('no password');
    expect(failure(() => at({ url, password: secret })).message).not.toContain(secret);
  });

  it('reads a cloud id', () => {
    const id = (text: string) => `name:with:colons:${Buffer.from(text).toString('base64')}`;
    const cloudId = id('eu.cloud.example:9243$aaa$bbb');
    expect(at({ cloudId }).shown).toBe('https://aaa.eu.cloud.example:9243');
    expect(targetAddress('kibana', { cloudId }).shown).toBe('https://bbb.eu.cloud.example:9243');
    expect(at({ cloudId: id('eu.cloud.example$aaa:1$bbb') }).url.port).toBe('1');
    for (const wrong of [
      '',
      '$a$b',
      'eu.example$',
      'evil.example/$a$b',
      'eu.example$a@b$c',
      'eu.example:x$a$b',
      'eu:99999$a$b',
    ]) {
      expect(failure(() => at({ cloudId: id(wrong) })).code).toBe('target-invalid');
    }
  });

  it('takes a fingerprint as tools print it', () => {
    const pairs = Array.from({ length: 32 }, () => 'AB').join(':');
    expect(at({ url: 'https://es.example', fingerprint: pairs }).fingerprint).toBe('ab'.repeat(32));
    expect(failure(() => at({ url: 'https://es.example', fingerprint: 'ab' })).message).toContain('64');
  });
});
