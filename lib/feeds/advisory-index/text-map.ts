/** Sections of a map from texts to the numbers 0 to n-1, in the order in which the texts were given. */
export interface TextMapSections {
  /** Open addressing: the number of a text plus one, or 0 for an empty slot. A power of two long, at most half full. */
  readonly slots: Uint32Array;
  readonly hashes: Uint32Array;
  /** n+1 places in `bytes`. */
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

export interface TextMap {
  readonly size: number;
  /** The number of a text; -1 when it is not in the map. */
  find(text: string): number;
  textOf(number: number): string;
}

/** Builds the sections of a map over distinct texts. */
export function buildTextMap(texts: readonly string[]): TextMapSections {
  const offsets = new Uint32Array(texts.length + 1);
  const hashes = new Uint32Array(texts.length);
  const slots = new Uint32Array(slotsFor(texts.length));
  const mask = slots.length - 1;
  const encoded = texts.map((text) => Buffer.from(text, 'utf8'));
  for (const [number, text] of texts.entries()) {
    offsets[number + 1] = (offsets[number] ?? 0) + (encoded[number]?.length ?? 0);
    const hash = hashOf(text);
    hashes[number] = hash;
    let slot = hash & mask;
    while (slots[slot] !== 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = number + 1;
  }
  return { slots, hashes, offsets, bytes: Buffer.concat(encoded) };
}

function slotsFor(count: number): number {
  let size = 8;
  while (size < count * 2) {
    size *= 2;
  }
  return size;
}

export function openTextMap({ slots, hashes, offsets, bytes }: TextMapSections): TextMap {
  const mask = slots.length - 1;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: hashes.length,
    find(wanted) {
      const hash = hashOf(wanted);
      let slot = hash & mask;
      for (let entry = slots[slot] ?? 0; entry !== 0; entry = slots[slot] ?? 0) {
        const number = entry - 1;
        if (hashes[number] === hash && isAt(text, offsets[number] ?? 0, offsets[number + 1] ?? 0, wanted)) {
          return number;
        }
        slot = (slot + 1) & mask;
      }
      return -1;
    },
    textOf: (number) => text.toString('utf8', offsets[number], offsets[number + 1]),
  };
}

function isAt(text: Buffer, start: number, end: number, wanted: string): boolean {
  if (end - start === wanted.length) {
    let at = 0;
    while (at < wanted.length && text[start + at] === wanted.charCodeAt(at)) {
      at += 1;
    }
    if (at === wanted.length) {
      return true;
    }
  }
  // Texts beyond ASCII take more bytes than characters.
  return end - start > wanted.length && text.toString('utf8', start, end) === wanted;
}

/** FNV-1a over UTF-16 code units, mixed at the end as MurmurHash3 does, so that the low bits are good for slots. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
