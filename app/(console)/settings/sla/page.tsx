import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { getSlaPolicy } from '@/lib/operations/duty/sla-policy.ts';
import { runOperation } from '@/lib/operations/operation.ts';
import { SlaForm } from './_components/sla-form.tsx';

export const metadata: Metadata = { title: 'SLA' };

export default async function SlaPage() {
  const { deps, caller } = await requireCaller();
  // Hidden from whoever may not see it, like its entry in the list of sections.
  if (!isAllowed(caller.role, getSlaPolicy.permission)) {
    notFound();
  }
  const policy = await runOperation(getSlaPolicy, deps, caller, {});
  return <SlaForm key={policy.version} policy={policy} mayChange={isAllowed(caller.role, 'settings:write')} />;
}
