import { crc32 as reference } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32, crc32ByTable } from '../../../src/formats/zip/crc32.ts';
import { createRandom } from '../../random.ts';

describe.each([
  ['as chosen for this Node', crc32],
  ['by tables', crc32ByTable],
])('CRC-32 %s', (_, compute) => {
  it('is the one of the format', () => {
    expect(compute(Buffer.from('123456789'))).toBe(0xcbf43926);
    expect(compute(Buffer.alloc(0))).toBe(0);
  });

  it('is zlib’s for any length and alignment, in one piece or several', () => {
    const random = createRandom(11);
    for (let round = 0; round < 200; round += 1) {
      const bytes = random.bytes(random.below(300)).subarray(random.below(8));
      const cut = random.below(bytes.length + 1);
      expect(compute(bytes)).toBe(reference(bytes));
      expect(compute(bytes.subarray(cut), compute(bytes.subarray(0, cut)))).toBe(reference(bytes));
    }
  });
});
