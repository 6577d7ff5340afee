import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { runOperation } from '@/lib/operations/operation.ts';
import { listPeople } from '@/lib/operations/users/list-people.ts';
import { getEnvironment } from '@/lib/wiring/for-next.ts';
import { People } from './_components/people.tsx';

export const metadata: Metadata = { title: 'Users' };

export default async function UsersPage() {
  const { deps, caller } = await requireCaller();
  // Hidden from whoever may not see it, like its entry in the list of sections.
  if (!isAllowed(caller.role, listPeople.permission)) {
    notFound();
  }
  const people = await runOperation(listPeople, deps, caller, null);
  const { url } = await getEnvironment();
  return (
    <People
      people={people}
      now={deps.clock.now()}
      ownId={caller.userId}
      address={url}
      mayChange={isAllowed(caller.role, 'settings:write')}
    />
  );
}
