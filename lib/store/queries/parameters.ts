import { toStorable } from '../to-json.ts';

/** The values of one statement, in the order in which its text names them. */
export interface Parameters {
  readonly values: readonly unknown[];
  /** Adds a value and gives its place in the text, with a cast: `$3::text[]`. */
  add(value: unknown, type: string): string;
}

export function parameters(): Parameters {
  const values: unknown[] = [];
  return {
    values,
    add(value, type) {
      values.push(clean(value));
      return `$${values.length}::${type}`;
    },
  };
}

/** What a person typed may hold characters that PostgreSQL cannot; they are replaced, and so match nothing. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') {
    return toStorable(value);
  }
  return Array.isArray(value) ? value.map(clean) : value;
}

/** The text as a LIKE pattern that finds it anywhere, its own wildcards taken literally. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Conditions joined by AND; true when there are none. */
export function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : conditions.join(' and ');
}
