import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;

/** Texts of a zip archive by name, unpacked when asked for. For trusted test data only: no limits, no zip64. */
export function zipTexts(bytes: Uint8Array): ReadonlyMap<string, () => string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.byteLength - END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw new Error('Not a zip archive: it has no end record.');
  const texts = new Map<string, () => string>();
  let at = view.getUint32(end + 16, true);
  while (view.getUint32(at, true) === ENTRY) {
    const packedBytes = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const method = view.getUint16(at + 10, true);
    const header = view.getUint32(at + 42, true);
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength)).toString('utf8');
    texts.set(name, () => {
      const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
      const packed = bytes.subarray(start, start + packedBytes);
      return Buffer.from(method === 0 ? packed : inflateRawSync(packed)).toString('utf8');
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return texts;
}
