const offset = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

/**
 * FNV-1a, 64 bits, over the UTF-8 of the parts, each ended by a zero byte: sixteen hex digits that tell a finding from
 * others over time. No protection against anybody who wants two of them equal.
 */
export function fingerprint(parts: readonly string[]): string {
  let hash = offset;
  for (const byte of new TextEncoder().encode(parts.map((part) => `${part}\0`).join(''))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  }
  return hash.toString(16).padStart(16, '0');
}
