import { expect, it } from 'vitest';
import { mergeToasts, showToast, takeToasts } from './toast-queue.ts';

function said(key: string, count: number, undo?: () => void) {
  showToast(`${count} assigned`, {
    ...(undo === undefined ? {} : { undo }),
    merge: { key, count, words: (all) => `${all} assigned` },
  });
  const [request] = takeToasts();
  if (request === undefined) throw new Error('nothing waits');
  return request;
}

it('the same thing said again is one line with both counts, taken back together, the newer first', () => {
  const undone: string[] = [];
  const first = said('assign', 2, () => undone.push('first'));
  const merged = mergeToasts(
    first,
    said('assign', 3, () => undone.push('second')),
  );
  const thrice =
    merged &&
    mergeToasts(
      merged,
      said('assign', 1, () => undone.push('third')),
    );
  thrice?.undo?.();

  expect(merged?.text).toBe('5 assigned');
  expect(thrice?.text).toBe('6 assigned');
  expect(undone).toEqual(['third', 'second', 'first']);
});

it('something else, or what has no count, stands alone', () => {
  showToast('3 links copied');
  const [plain] = takeToasts();

  expect(mergeToasts(said('assign', 1), said('snooze', 1))).toBeNull();
  expect(plain && mergeToasts(said('assign', 1), plain)).toBeNull();
});
