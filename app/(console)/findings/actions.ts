'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { savePreferences } from '@/lib/operations/personal/preferences.ts';
import { changeSavedView, createSavedView, setSavedViewRemoved } from '@/lib/operations/personal/saved-views.ts';

export const savePreferencesAction = guardAction(savePreferences);
export const createSavedViewAction = guardAction(createSavedView);
export const changeSavedViewAction = guardAction(changeSavedView);
export const setSavedViewRemovedAction = guardAction(setSavedViewRemoved);
