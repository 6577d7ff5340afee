import { SaxesParser } from 'saxes';

export interface XmlHandlers {
  /** Local names from the root to the element, joined by `/`. */
  open?(path: string, attributes: Readonly<Record<string, string>>): void;
  /** Text of an element without those of its children, trimmed, when it ends. */
  close?(path: string, text: string): void;
}

const DEPTH_MAX = 64;
const TEXT_LENGTH_MAX = 4096;

/**
 * Walks an XML document of a stranger. No entity but the five of the language is expanded, and elements that are too deep are
 * passed over. Answers what is wrong with the document, or null; what stood before the fault has been told.
 */
export function walkXml(text: string, handlers: XmlHandlers): string | null {
  const parser = new SaxesParser();
  const paths: string[] = [];
  const texts: string[] = [];
  let depth = 0;
  let fault: string | null = null;
  parser.on('error', (error) => {
    fault ??= error.message.slice(0, 120).replace(/[^ -~]/g, '?');
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth <= DEPTH_MAX) {
      const local = name.slice(name.indexOf(':') + 1);
      paths.push(paths.length === 0 ? local : `${paths.at(-1)}/${local}`);
      texts.push('');
      handlers.open?.(paths.at(-1) ?? '', attributes);
    }
  });
  const addText = (part: string): void => {
    const last = texts.length - 1;
    if (depth <= DEPTH_MAX && last >= 0 && (texts[last] ?? '').length < TEXT_LENGTH_MAX) {
      texts[last] = (texts[last] ?? '') + part.slice(0, TEXT_LENGTH_MAX);
    }
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    if (depth <= DEPTH_MAX) {
      const [path = '', text = ''] = [paths.pop(), texts.pop()];
      handlers.close?.(path, text.trim());
    }
    depth -= 1;
  });
  try {
    parser.write(text.replace(/^\uFEFF/, '').trimStart()).close();
  } catch (error) {
    // The library throws only where it cannot go on at all; its reason is the fault.
    fault ??= error instanceof Error ? error.message.slice(0, 120) : 'it cannot be read';
  }
  return fault;
}
