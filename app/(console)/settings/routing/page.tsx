import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { getRoutingRules } from '@/lib/operations/duty/routing-rules.ts';
import { runOperation } from '@/lib/operations/operation.ts';
import { listPeople } from '@/lib/operations/users/list-people.ts';
import { RoutingEditor } from './_components/routing-editor.tsx';

export const metadata: Metadata = { title: 'Routing' };

export default async function RoutingPage() {
  const { deps, caller } = await requireCaller();
  // Hidden from whoever may not see it, like its entry in the list of sections.
  if (!isAllowed(caller.role, getRoutingRules.permission)) {
    notFound();
  }
  const [rules, people] = await Promise.all([
    runOperation(getRoutingRules, deps, caller, {}),
    runOperation(listPeople, deps, caller, null),
  ]);
  return (
    <RoutingEditor
      rules={rules}
      people={people.filter(({ disabled }) => !disabled).map(({ id, name }) => ({ id, name }))}
      mayChange={isAllowed(caller.role, 'settings:write')}
    />
  );
}
