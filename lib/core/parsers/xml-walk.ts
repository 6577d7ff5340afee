import { SaxesParser } from 'saxes';

export interface XmlHandler {
  /** `parents` are the local names of the elements around this one, the outermost first. */
  open?(name: string, attributes: Readonly<Record<string, string>>, parents: readonly string[]): void;
  /** `text` is what stands directly in the element, of a few KiB at most. */
  close?(name: string, text: string, parents: readonly string[]): void;
}

const DEPTH_MAX = 128;
const TEXT_MAX = 4096;

/**
 * Walks XML of a stranger; returns why it could not be read to its end, or null. Entities other than XML's own five are an
 * error, so nothing expands. What came before an error was handed over.
 */
export function walkXml(text: string, handler: XmlHandler): string | null {
  const parser = new SaxesParser({ xmlns: false });
  const parents: string[] = [];
  const texts: string[] = [];
  parser.on('opentag', (tag) => {
    const name = localName(tag.name);
    handler.open?.(name, tag.attributes, parents);
    parents.push(name);
    texts.push('');
    if (parents.length > DEPTH_MAX) {
      throw new Error(`elements are nested deeper than ${DEPTH_MAX}`);
    }
  });
  const addText = (part: string): void => {
    const last = texts.length - 1;
    const before = texts[last] ?? '';
    if (last >= 0 && before.length < TEXT_MAX) {
      texts[last] = before + part.slice(0, TEXT_MAX);
    }
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const name = parents.pop() ?? '';
    handler.close?.(name, texts.pop() ?? '', parents);
  });
  try {
    parser.write(text).close();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
