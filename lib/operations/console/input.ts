import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import { FINDING_STATUSES } from '../../core/model/finding.ts';
import { FINDING_TYPES, RESOURCE_KINDS } from '../../core/model/resource.ts';
import { SEVERITIES } from '../../core/model/severity.ts';
import { parseTimeRange, type TimeRange } from '../../core/model/time-range.ts';
import { FINDING_SORTS } from '../../core/model/views.ts';

const LIST_MAX = 1000;
const text = z.string().max(2048);
const list = z.array(text).max(LIST_MAX);

/** Rows of one page of a list. */
export const PAGE_ROWS = 200;

export const scopeInput = z.object({
  accounts: list,
  regions: list,
  environments: list,
  time: z.custom<TimeRange>((value) => typeof value === 'string' && parseTimeRange(value) !== null, {
    error: 'There is no such period.',
  }),
});

export const pageInput = {
  cursor: z.string().max(4096).nullable().default(null),
  limit: z.number().int().min(1).max(PAGE_ROWS).default(PAGE_ROWS),
};

export const criteriaInput = z.object({
  statuses: z.array(z.enum(FINDING_STATUSES)).max(FINDING_STATUSES.length),
  severities: z.array(z.enum(SEVERITIES)).max(SEVERITIES.length),
  kinds: z.array(z.enum(RESOURCE_KINDS)).max(RESOURCE_KINDS.length),
  types: z.array(z.enum(FINDING_TYPES)).max(FINDING_TYPES.length),
  minimumScore: z.number().min(0).max(10).nullable(),
  exploited: z.boolean().nullable(),
  fixAvailable: z.boolean().nullable(),
  overdue: z.boolean().nullable(),
  firstSeenAfter: z.coerce.date().nullable(),
  words: z.array(text).max(20),
  resource: text.nullable(),
  package: text.nullable(),
  vulnerability: text.nullable(),
  sort: z.enum(FINDING_SORTS),
  descending: z.boolean(),
});

/** Parses with the schema; throws AppError `invalid-input` that names each field at fault. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) {
    return parsed.data;
  }
  const fields = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]));
  const names = Object.keys(fields).filter((name) => name !== '');
  throw new AppError(
    'invalid-input',
    names.length > 0 ? `This request could not be read: ${names.join(', ')}.` : 'This request could not be read.',
    fields,
  );
}

export const idInput = z.object({ id: z.string().min(1).max(2048) });
export const noInput = z.object({});
