const TROUBLE = [
  '',
  '0',
  '-1',
  '~',
  '^',
  '\0',
  '\n',
  '\r\n',
  '{}',
  '[]',
  'null',
  '"',
  '\\',
  '../',
  '%2e',
  '__proto__',
  'constructor',
  'toString',
  '\ufeff',
  '\ud800',
  '𝟙',
  'é',
  '９',
  '1e309',
  '9'.repeat(400),
  '.'.repeat(300),
  '-a'.repeat(200),
  '['.repeat(2_000),
  '<a>'.repeat(500),
  '&lt;',
  '<![CDATA[',
  '1970-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
];

/** A text made from samples by a few cuts, copies, swaps and pieces that often cause trouble. */
export function mutated(random: () => number, samples: readonly string[]): string {
  let text = samples[Math.floor(random() * samples.length)] ?? '';
  const steps = 1 + Math.floor(random() * 6);
  for (let step = 0; step < steps; step += 1) {
    text = mutateOnce(random, text, samples);
  }
  return text;
}

function mutateOnce(random: () => number, text: string, samples: readonly string[]): string {
  const at = Math.floor(random() * (text.length + 1));
  const end = Math.min(text.length, at + Math.floor(random() * 12));
  const piece = TROUBLE[Math.floor(random() * TROUBLE.length)] ?? '';
  const other = samples[Math.floor(random() * samples.length)] ?? '';
  switch (Math.floor(random() * 7)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, at) + piece + text.slice(at);
    case 2:
      return text.slice(0, at) + piece + text.slice(end);
    case 3:
      return text.slice(0, end) + text.slice(at);
    case 4:
      return text.slice(0, at) + other.slice(Math.floor(random() * (other.length + 1)));
    case 5:
      return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 128)) + text.slice(at + 1);
    default:
      return text.slice(0, at);
  }
}

/** Bytes with some of them changed, cut off or repeated. */
export function mutatedBytes(random: () => number, sample: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(sample);
  const steps = 1 + Math.floor(random() * 8);
  for (let step = 0; step < steps; step += 1) {
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  }
  return random() < 0.3 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
}
