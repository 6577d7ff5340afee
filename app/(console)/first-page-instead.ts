import type { ActionResult } from '@/lib/auth/action-result.ts';

interface FirstPageInstead<T> {
  readonly result: ActionResult<T>;
  /** The page that the address asks for does not exist, so this is the first. */
  readonly isInstead: boolean;
}

/** A page of a list; where its cursor is none (any more), the first page, as the list would begin without it. */
export async function firstPageInstead<T>(
  cursor: string | null,
  pageAt: (cursor: string | null) => Promise<ActionResult<T>>,
): Promise<FirstPageInstead<T>> {
  const result = await pageAt(cursor);
  return cursor !== null && !result.ok && result.code === 'invalid-input'
    ? { result: await pageAt(null), isInstead: true }
    : { result, isInstead: false };
}
