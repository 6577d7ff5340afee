import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { runOperation } from '@/lib/operations/operation.ts';
import { getScanPolicy } from '@/lib/operations/scan-policy/scan-policy.ts';
import { ScanPolicyForm } from './_components/scan-policy-form.tsx';

export const metadata: Metadata = { title: 'Scanning' };

export default async function ScanningPage() {
  const { deps, caller } = await requireCaller();
  // Hidden from whoever may not see it, like its entry in the list of sections.
  if (!isAllowed(caller.role, getScanPolicy.permission)) {
    notFound();
  }
  const policy = await runOperation(getScanPolicy, deps, caller, {});
  return (
    <ScanPolicyForm key={JSON.stringify(policy)} policy={policy} mayChange={isAllowed(caller.role, 'settings:write')} />
  );
}
