import { z } from 'zod';
import type { Day } from '../../core/model/history.ts';
import { isDay } from '../../core/model/time-range.ts';

/** A day that exists, as `2026-11-24`. */
export const dayInput: z.ZodType<Day> = z.string().refine(isDay, { error: 'There is no such day.' });
