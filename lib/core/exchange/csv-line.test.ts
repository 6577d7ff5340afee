import { describe, expect, it } from 'vitest';
import { csvLine } from './csv-line.ts';

describe('a line of CSV', () => {
  it.each([
    [['a', 'b'], 'a,b\r\n'],
    [['', 'x,y', 'say "no"', 'two\nlines'], ',"x,y","say ""no""","two\nlines"\r\n'],
    [['=HYPERLINK("http://x")', '+1', '-1', '@x', '\tx'], '"\'=HYPERLINK(""http://x"")",\'+1,\'-1,\'@x,\'\tx\r\n'],
    [['ines@example.com', '2026-11-24'], 'ines@example.com,2026-11-24\r\n'],
  ])('of %j', (fields, line) => {
    expect(csvLine(fields)).toBe(line);
  });
});
