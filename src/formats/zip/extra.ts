import { beyond16, beyond32, readUInt64 } from './layout.ts';

/** One extra field of a header. */
export interface ExtraField {
  readonly id: number;
  readonly data: Buffer;
}

/** Ids of the extra fields that change what a reader sees. */
export const extraId = {
  zip64: 0x0001,
  strongEncryption: 0x0017,
  unicodePath: 0x7075,
  asiUnix: 0x756e,
  aes: 0x9901,
} as const;

/** The numbers that a zip64 field may hold in place of the header's. */
export interface Sizes {
  readonly size: number;
  readonly compressedSize: number;
  /** Offset of the local header and number of the part: of the directory's headers only. */
  readonly offset?: number;
  readonly part?: number;
}

const noFields: readonly ExtraField[] = [];

/** @returns undefined where the fields do not fill the bytes exactly */
export function readExtra(bytes: Buffer): readonly ExtraField[] | undefined {
  if (bytes.length === 0) return noFields;
  const fields: ExtraField[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) return undefined;
    fields.push({ id: bytes.readUInt16LE(at), data: bytes.subarray(at + 4, end) });
    at = end;
  }
  return fields;
}

/**
 * Puts the numbers of the zip64 field (APPNOTE §4.5.3) in place of those that say so. The field holds exactly the
 * numbers asked for; writers that add the following ones (Go's) are taken where these repeat the header. A
 * compressed size without a size is refused: readers that go by fixed places (adm-zip) take another number for it.
 * @returns undefined where the field is missing, there twice, or open to two readings
 */
export function resolveZip64(fields: readonly ExtraField[], sizes: Sizes): Sizes | undefined {
  if (!asksForZip64(sizes) && !fields.some(({ id }) => id === extraId.zip64)) return sizes;
  const order = (['size', 'compressedSize', 'offset', 'part'] as const).filter((name) => sizes[name] !== undefined);
  const asked = order.filter((name) => sizes[name] === (name === 'part' ? beyond16 : beyond32));
  if (asked.includes('compressedSize') && !asked.includes('size')) return undefined;
  const [field, second] = fields.filter(({ id }) => id === extraId.zip64);
  if (field === undefined) return asked.length === 0 ? sizes : undefined;
  if (second !== undefined) return undefined;
  const first = order.slice(0, asked.length);
  const held = widthOf(asked) === field.data.length ? asked : prefixOf(order, field.data.length);
  if (held === undefined || (held !== asked && first.some((name, index) => name !== asked[index]))) return undefined;
  const resolved: Record<string, number> = { ...sizes };
  let at = 0;
  for (const name of held) {
    const value = name === 'part' ? field.data.readUInt32LE(at) : readUInt64(field.data, at);
    if (!asked.includes(name) && value !== sizes[name]) return undefined;
    resolved[name] = value;
    at += name === 'part' ? 4 : 8;
  }
  return { ...sizes, ...resolved };
}

function asksForZip64({ size, compressedSize, offset, part }: Sizes): boolean {
  return size === beyond32 || compressedSize === beyond32 || offset === beyond32 || part === beyond16;
}

function widthOf(names: readonly string[]): number {
  return names.reduce((width, name) => width + (name === 'part' ? 4 : 8), 0);
}

/** The first names whose numbers take exactly so many bytes. */
function prefixOf<T extends string>(order: readonly T[], width: number): readonly T[] | undefined {
  const count = [...order.keys()].find((index) => widthOf(order.slice(0, index + 1)) === width);
  return count === undefined ? undefined : order.slice(0, count + 1);
}
