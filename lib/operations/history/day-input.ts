import { z } from 'zod';
import type { Day } from '../../core/model/history.ts';

/** A day that exists, as `2026-11-24`. */
export const dayInput: z.ZodType<Day> = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isDay, { error: 'There is no such day.' });

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
