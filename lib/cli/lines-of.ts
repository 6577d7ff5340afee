import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** No query is longer; a line without an end must not fill the memory. */
const LINE_LENGTH_MAX = 1024 * 1024;

/** The lines of a stream in batches as they arrive; an overlong line comes as null. The end of the last one is optional. */
export async function* linesOf(stream: Readable): AsyncGenerator<readonly (string | null)[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let dropping = false;
  for await (const chunk of stream) {
    const lines: (string | null)[] = [];
    for (const piece of splitKeepingRest(rest + decoder.write(chunk as Buffer))) {
      if (piece.ended) {
        lines.push(dropping || piece.text.length > LINE_LENGTH_MAX ? null : piece.text);
        dropping = false;
      } else {
        rest = piece.text;
      }
    }
    if (rest.length > LINE_LENGTH_MAX) {
      dropping = true;
      rest = '';
    }
    yield lines;
  }
  rest += decoder.end();
  if (rest !== '' || dropping) {
    yield [dropping ? null : rest];
  }
}

function splitKeepingRest(text: string): readonly { readonly text: string; readonly ended: boolean }[] {
  const parts = text.split('\n');
  return parts.map((part, index) => ({
    text: part.endsWith('\r') ? part.slice(0, -1) : part,
    ended: index < parts.length - 1,
  }));
}
