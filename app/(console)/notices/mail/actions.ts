'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { saveMailChoice } from '@/lib/operations/mail/mail-choice.ts';

export const saveMailChoiceAction = guardAction(saveMailChoice, { revalidate: '/notices/mail' });
