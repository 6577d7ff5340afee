/** The lines of a text without their ends. One at a time, since a list of a million lines takes many times the room of the text. */
export function* textLines(text: string): Generator<string> {
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    yield text.slice(start, text[end - 1] === '\r' ? Math.max(start, end - 1) : end);
    start = end + 1;
  }
}

export function indentOf(line: string): number {
  let indent = 0;
  while (line[indent] === ' ') {
    indent += 1;
  }
  return indent;
}
