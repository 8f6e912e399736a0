import { member, type Value } from '../domain/document.ts';

/** Whether a value is a lower-case hex SHA-256. */
export function isDigest(value: Value | undefined): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

/** The value of a JSON text in UTF-8; undefined where it is none. Look its keys up with `member` only. */
export function parseJson(bytes: Uint8Array): Value | undefined {
  try {
    const value: Value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return value;
  } catch {
    return undefined;
  }
}

/** The own member of an object where it is a text. */
export function textIn(value: Value | undefined, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === 'string' ? found : undefined;
}

/** The own member of an object where it is a lower-case hex SHA-256. */
export function digestIn(value: Value | undefined, key: string): string | undefined {
  const found = member(value, key);
  return isDigest(found) ? found : undefined;
}
