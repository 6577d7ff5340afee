import { z } from 'zod';
import type { NoticePage } from '../../core/model/notice.ts';
import { noInput, pageInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

const page = z.object(pageInput);
const read = z.object({
  ids: z
    .array(z.string().regex(/^\d{1,18}$/))
    .max(200)
    .nullable(),
});

/** What the caller was told, the newest first. */
export const listNotices: Operation<z.output<typeof page>, NoticePage> = {
  name: 'ListNotices',
  permission: 'own-session:write',
  parse: (input) => parseInput(page, input),
  run: (deps, caller, request) => deps.notices.list(caller.userId, request),
};

/** How many of them are unread; a hundred stands for more. */
export const countUnreadNotices: Operation<unknown, { readonly unread: number }> = {
  name: 'CountUnreadNotices',
  permission: 'own-session:write',
  parse: (input) => parseInput(noInput, input),
  run: async (deps, caller) => ({ unread: await deps.notices.unread(caller.userId) }),
};

/** Marks own notices as read; null for all. */
export const readNotices: Operation<z.output<typeof read>, null> = {
  name: 'ReadNotices',
  permission: 'own-session:write',
  parse: (input) => parseInput(read, input),
  async run(deps, caller, { ids }) {
    await deps.notices.markRead(caller.userId, ids, deps.clock.now());
    return null;
  },
};
