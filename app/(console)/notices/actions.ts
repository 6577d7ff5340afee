'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { readNotices } from '@/lib/operations/notices/notices.ts';

export const readNoticesAction = guardAction(readNotices);
