'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { removeRegistryCredential } from '@/lib/operations/registries/remove-registry-credential.ts';
import { saveRegistryCredential } from '@/lib/operations/registries/save-registry-credential.ts';

const shown = { revalidate: '/settings/registries' };

export const saveRegistryCredentialAction = guardAction(saveRegistryCredential, shown);
export const removeRegistryCredentialAction = guardAction(removeRegistryCredential, shown);
