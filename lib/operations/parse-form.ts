import type { z } from 'zod';
import { AppError } from '../core/model/app-error.ts';

/** Parses what a form sent; the first fault of each field becomes that field's sentence. */
export function parseForm<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    return parsed.data;
  }
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    fields[String(issue.path[0] ?? 'form')] ??= issue.message;
  }
  throw new AppError('invalid-input', Object.values(fields)[0] ?? 'The form is incomplete.', fields);
}
