import type { Output } from './output.ts';

/** One line that is overwritten while long work goes on; silent unless a person watches a terminal. */
export interface ProgressLine {
  show(text: string): void;
  /** Removes the line, so that what follows starts on a clean one. */
  clear(): Promise<void>;
}

const MILLISECONDS_BETWEEN = 100;
const ERASE = '\r\u001b[2K';

export function createProgressLine(err: Output): ProgressLine {
  let shownAt = 0;
  let visible = false;
  return {
    show(text) {
      if (err.isTerminal && performance.now() - shownAt > MILLISECONDS_BETWEEN) {
        shownAt = performance.now();
        visible = true;
        err.write(`${ERASE}${printable(text).slice(0, 100)}`).catch(() => undefined);
      }
    },
    async clear() {
      if (visible) {
        visible = false;
        await err.write(ERASE);
      }
    },
  };
}

/** Names come from the scanned thing; control characters in them must not reach a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\uFFFD');
}
