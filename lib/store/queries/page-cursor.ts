import { AppError } from '../../core/model/app-error.ts';

const CURSOR_CHARS_MAX = 1_000;

/** The place after the last row of a page: its sort values as text, the row's own number last. Opaque to callers. */
export function encodeCursor(order: string, values: readonly string[]): string {
  return Buffer.from(JSON.stringify([order, ...values])).toString('base64url');
}

/**
 * The values of a cursor, or null for the first page. Throws AppError when the text is no cursor of this order: a
 * reader may have changed the sort while keeping the address.
 */
export function decodeCursor(
  order: string,
  patterns: readonly RegExp[],
  cursor: string | null,
): readonly string[] | null {
  if (cursor === null) {
    return null;
  }
  const parts = cursor.length > CURSOR_CHARS_MAX ? [] : parse(cursor);
  const [first, ...values] = parts;
  const fits =
    first === order &&
    values.length === patterns.length &&
    values.every((value, index) => typeof value === 'string' && patterns[index]?.test(value));
  if (!fits) {
    throw new AppError('invalid-input', 'This page of the list no longer exists. Start again from the first page.');
  }
  return values as string[];
}

function parse(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    // Whatever is no JSON is no cursor either; the caller says so.
    return [];
  }
}

export const ROW_NUMBER = /^\d{1,18}$/;
export const DECIMAL = /^-?\d{1,4}(\.\d{1,17})?$/;
/** ISO 8601 as JavaScript writes it, or PostgreSQL's word for "never". */
export const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z|infinity)$/;
