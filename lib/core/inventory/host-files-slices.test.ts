import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HOST_SLICE } from './host-files-command.ts';
import { gatherHostResult, type HostRun } from './host-files-slices.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const printed = (text: string, offset: number): string =>
  `harrier1 ${text.length} ${digest(text)}\n${text.slice(offset, offset + HOST_SLICE)}\n`;

/** Runs of hosts that print one text after the other, each for so many runs. */
function host(...texts: readonly (readonly [text: string, runs: number])[]): { run: HostRun; asked: number[] } {
  const each = texts.flatMap(([text, runs]) => Array.from({ length: runs }, () => text));
  const asked: number[] = [];
  const run: HostRun = async (offset) => {
    const text = each[asked.length] ?? '';
    asked.push(offset);
    return printed(text, offset);
  };
  return { run, asked };
}

const LONG = 'abcdefgh'.repeat(6_000);
const OTHER = 'hgfedcba'.repeat(6_000);

describe('the slices of a result', () => {
  it.each([
    ['one', 'H4sI', [0]],
    ['one that is full', 'x'.repeat(HOST_SLICE), [0]],
    ['several', LONG, [0, HOST_SLICE, 2 * HOST_SLICE]],
  ])('%s make it whole', async (_count, text, offsets) => {
    const { run, asked } = host([text, 9]);

    expect(await gatherHostResult(run)).toEqual({ kind: 'whole', base64: text });
    expect(asked).toEqual(offsets);
  });

  it('of a host that changed meanwhile are read again, once', async () => {
    const once = host([LONG, 1], [OTHER, 9]);
    expect(await gatherHostResult(once.run)).toEqual({ kind: 'whole', base64: OTHER });
    expect(once.asked).toEqual([0, HOST_SLICE, 0, HOST_SLICE, 2 * HOST_SLICE]);

    const always = host([LONG, 1], [OTHER, 1], [LONG, 1], [OTHER, 9]);
    expect(await gatherHostResult(always.run)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('changed'),
    });
    expect(always.asked).toHaveLength(4);
  });

  it('whose run failed end there, with its reason', async () => {
    const failure = { kind: 'failed', message: 'No.', reason: 'ACCESS_DENIED' } as const;

    expect(await gatherHostResult(async () => failure)).toEqual(failure);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['text of another program', 'bash: awk: command not found\n'],
    ['a header without a digest', 'harrier1 4\nH4sI\n'],
    ['less than it says', `harrier1 400 ${digest('x')}\nH4sI\n---Output truncated---`],
    ['more than it says', `harrier1 2 ${digest('H4')}\nH4sI\n`],
    ['a length without end', `harrier1 9999999999 ${digest('x')}\n${'x'.repeat(HOST_SLICE)}\n`],
    ['another text than its digest', `harrier1 4 ${digest('x')}\nH4sI\n`],
    ['a length of nothing', `harrier1 0 ${digest('x')}\n\n`],
  ])('that print %s are a failure in words', async (_what, output) => {
    const result = await gatherHostResult(async () => output);

    expect(result).toEqual({ kind: 'failed', message: expect.stringMatching(/^[A-Z].*\.$/), reason: 'INTERNAL_ERROR' });
  });
});
