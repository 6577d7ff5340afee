/** A stretch of a chip: what stood in quotes is never read as a sign of the language. */
export interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** One chip of the text: what stands between spaces that are outside of quotes. */
export interface Chip {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
  readonly isClosed: boolean;
}

/** The chips of a text, at most so many. One pass over the text. */
export function splitChips(text: string, chipsMax: number): readonly Chip[] {
  const chips: Chip[] = [];
  let at = 0;
  while (at < text.length && chips.length < chipsMax) {
    if (isSpace(text.charAt(at))) {
      at += 1;
      continue;
    }
    const chip = readChip(text, at);
    chips.push(chip);
    at = chip.end;
  }
  return chips;
}

function readChip(text: string, start: number): Chip {
  const pieces: Piece[] = [];
  let at = start;
  let plainFrom = start;
  let isClosed = true;
  while (at < text.length && !isSpace(text.charAt(at))) {
    if (text.charAt(at) !== '"') {
      at += 1;
      continue;
    }
    pushPlain(pieces, text.slice(plainFrom, at));
    const quote = readQuote(text, at + 1);
    pieces.push({ text: quote.text, quoted: true });
    isClosed = quote.isClosed;
    at = quote.end;
    plainFrom = at;
  }
  pushPlain(pieces, text.slice(plainFrom, at));
  return { start, end: at, pieces, isClosed };
}

/** Inside quotes a backslash stands before a quote or a backslash that is meant itself, and otherwise for itself. */
function readQuote(text: string, start: number) {
  const parts: string[] = [];
  let from = start;
  let at = start;
  for (; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '"') {
      parts.push(text.slice(from, at));
      return { text: parts.join(''), end: at + 1, isClosed: true };
    }
    if (sign === '\\' && (text.charAt(at + 1) === '"' || text.charAt(at + 1) === '\\')) {
      parts.push(text.slice(from, at));
      from = at + 1;
      at += 1;
    }
  }
  parts.push(text.slice(from, at));
  return { text: parts.join(''), end: text.length, isClosed: false };
}

function pushPlain(pieces: Piece[], text: string): void {
  if (text !== '') {
    pieces.push({ text, quoted: false });
  }
}

function isSpace(character: string): boolean {
  return character.trim() === '';
}

/** Splits at a sign that stands outside of quotes. What has nothing between two signs, not even quotes, is empty. */
export function splitPieces(pieces: readonly Piece[], sign: string): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [[]];
  for (const piece of pieces) {
    const texts = piece.quoted ? [piece.text] : piece.text.split(sign);
    texts.forEach((text, index) => {
      if (index > 0) {
        parts.push([]);
      }
      if (piece.quoted || text !== '') {
        parts.at(-1)?.push({ text, quoted: piece.quoted });
      }
    });
  }
  return parts;
}

/** What stands before and after the first such sign outside of quotes; null where there is none. */
export function cutAt(
  pieces: readonly Piece[],
  sign: string,
): { readonly before: readonly Piece[]; readonly after: readonly Piece[] } | null {
  const index = pieces.findIndex((piece) => !piece.quoted && piece.text.includes(sign));
  const piece = pieces[index];
  if (piece === undefined) {
    return null;
  }
  const at = piece.text.indexOf(sign);
  const before: Piece[] = pieces.slice(0, index);
  const after: Piece[] = [];
  pushPlain(before, piece.text.slice(0, at));
  pushPlain(after, piece.text.slice(at + 1));
  return { before, after: [...after, ...pieces.slice(index + 1)] };
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('');
}

/** True when nothing of it stood in quotes. */
export function isPlain(pieces: readonly Piece[]): boolean {
  return pieces.every((piece) => !piece.quoted);
}
