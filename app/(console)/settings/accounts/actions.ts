'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { checkConnection } from '@/lib/operations/cloud/check-connection.ts';
import { getRoleTemplates } from '@/lib/operations/cloud/get-role-templates.ts';
import { removeConnection } from '@/lib/operations/cloud/remove-connection.ts';
import { saveConnection } from '@/lib/operations/cloud/save-connection.ts';
import { startDiscovery } from '@/lib/operations/cloud/start-discovery.ts';

// What is saved or checked shows once its job has ended; the page asks for it then.
export const saveConnectionAction = guardAction(saveConnection);
export const checkConnectionAction = guardAction(checkConnection);
export const startDiscoveryAction = guardAction(startDiscovery);
export const getRoleTemplatesAction = guardAction(getRoleTemplates);
export const removeConnectionAction = guardAction(removeConnection, { revalidate: '/settings/accounts' });
