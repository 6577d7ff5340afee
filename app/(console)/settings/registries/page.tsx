import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { runOperation } from '@/lib/operations/operation.ts';
import { listRegistryCredentials } from '@/lib/operations/registries/list-registry-credentials.ts';
import { Registries } from './_components/registries.tsx';

export const metadata: Metadata = { title: 'Registries' };

export default async function RegistriesPage() {
  const { deps, caller } = await requireCaller();
  // Hidden from whoever may not see it, like its entry in the list of sections.
  if (!isAllowed(caller.role, listRegistryCredentials.permission)) {
    notFound();
  }
  const credentials = await runOperation(listRegistryCredentials, deps, caller, null);
  return (
    <Registries credentials={credentials} now={deps.clock.now()} mayChange={isAllowed(caller.role, 'settings:write')} />
  );
}
