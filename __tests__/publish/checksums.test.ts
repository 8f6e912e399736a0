import { describe, expect, it } from 'vitest';
import { checksumsAsset, readChecksums } from '../../src/publish/checksums.ts';

const sha = (digit: string): string => digit.repeat(64);
const bytes = async (asset: { open(): AsyncIterable<Uint8Array> }): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of asset.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
};

describe('SHA256SUMS', () => {
  it('names each asset on a line, sorted', async () => {
    const asset = checksumsAsset([
      { name: 'index.json', sha256: sha('2') },
      { name: 'A.zip', sha256: sha('1') },
    ]);
    const text = (await bytes(asset)).toString();
    expect(text).toBe(`${sha('1')}  A.zip\n${sha('2')}  index.json\n`);
    expect(asset).toMatchObject({ name: 'SHA256SUMS', size: text.length });
    expect(readChecksums(Buffer.from(text))).toEqual(
      new Map([
        ['A.zip', sha('1')],
        ['index.json', sha('2')],
      ]),
    );
  });

  it('is read in binary mode too', () => {
    expect(readChecksums(Buffer.from(`${sha('1')} *a.zip\n`))).toEqual(new Map([['a.zip', sha('1')]]));
  });

  it.each([
    ['no digest', 'abc  a.zip', 'line 1 is no checksum'],
    ['upper case', `${sha('A')}  a.zip`, 'line 1 is no checksum'],
    ['no name', `${sha('1')}  `, 'line 1 is no checksum'],
    ['twice', `${sha('1')}  a\n${sha('2')}  a`, 'line 2 names an asset a second time'],
  ])('%s is a reason', (_, text, reason) => {
    expect(readChecksums(Buffer.from(text))).toEqual({ reason });
  });
});
