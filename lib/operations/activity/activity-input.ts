import { z } from 'zod';
import { ACTIVITY_KINDS, ACTIVITY_TABS, type ActivityFilter, type ActivityReader } from '../../core/model/activity.ts';
import { type Caller, isAllowed } from '../../core/model/permissions.ts';

const texts = z.array(z.string().min(1).max(200)).max(50).default([]);
const kinds = z.array(z.enum(ACTIVITY_KINDS)).max(ACTIVITY_KINDS.length).default([]);
const time = z.coerce.date().nullable().default(null);

export const activityFilterInput: z.ZodType<ActivityFilter> = z.object({
  tab: z.enum(ACTIVITY_TABS).default('all'),
  who: texts,
  notWho: texts,
  actions: texts,
  notActions: texts,
  objects: texts,
  accounts: texts,
  kinds,
  notKinds: kinds,
  requests: texts,
  from: time,
  to: time,
});

/** What a caller may know of the activity of others. */
export function readerOf({ email, accounts, role }: Caller): ActivityReader {
  return { email, accounts, seesSettings: isAllowed(role, 'settings:read') };
}
