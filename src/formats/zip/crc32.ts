import zlib from 'node:zlib';

/** CRC-32 of some bytes, going on from an earlier value (0 at the start), as an unsigned number. */
export type Crc32 = (bytes: Uint8Array, value?: number) => number;

/** Node's own where it has one (20.15, 22.2 and later: hardware speed), else `crc32ByTable`. */
export const crc32: Crc32 = typeof zlib.crc32 === 'function' ? zlib.crc32 : crc32ByTable;

const polynomial = 0xedb88320;
let tables: readonly Uint32Array[] | undefined;

/** CRC-32 by eight tables, eight bytes a step ("slicing by 8"): about 1 GB/s against 0.3 for one table. */
export function crc32ByTable(bytes: Uint8Array, value = 0): number {
  tables ??= makeTables();
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables;
  if (!t0 || !t1 || !t2 || !t3 || !t4 || !t5 || !t6 || !t7) return 0;
  const at = (table: Uint32Array, index: number): number => table[index & 0xff] ?? 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 8);
  let crc = ~value;
  for (let index = 0; index < whole; index += 8) {
    const low = crc ^ view.getUint32(index, true);
    const high = view.getUint32(index + 4, true);
    crc = at(t7, low) ^ at(t6, low >>> 8) ^ at(t5, low >>> 16) ^ at(t4, low >>> 24);
    crc ^= at(t3, high) ^ at(t2, high >>> 8) ^ at(t1, high >>> 16) ^ at(t0, high >>> 24);
  }
  for (let index = whole; index < bytes.length; index += 1) crc = (crc >>> 8) ^ at(t0, crc ^ (bytes[index] ?? 0));
  return ~crc >>> 0;
}

function makeTables(): Uint32Array[] {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? polynomial : 0);
    return crc >>> 0;
  });
  const made = [first];
  for (let table = 1; table < 8; table += 1) {
    const last = made[table - 1] ?? first;
    made.push(last.map((crc) => (crc >>> 8) ^ (first[crc & 0xff] ?? 0)));
  }
  return made;
}
