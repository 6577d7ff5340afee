'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { removeMailSettings, saveMailSettings, sendTestMail } from '@/lib/operations/mail/mail-settings.ts';

const shown = { revalidate: '/settings/mail' };

export const saveMailSettingsAction = guardAction(saveMailSettings, shown);
export const removeMailSettingsAction = guardAction(removeMailSettings, shown);
export const sendTestMailAction = guardAction(sendTestMail, shown);
