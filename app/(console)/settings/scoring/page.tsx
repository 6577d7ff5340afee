import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { runOperation } from '@/lib/operations/operation.ts';
import { getScoringTerms } from '@/lib/operations/scoring/scoring-terms.ts';
import { ScoringForm } from './_components/scoring-form.tsx';

export const metadata: Metadata = { title: 'Scoring' };

export default async function ScoringPage() {
  const { deps, caller } = await requireCaller();
  // Hidden from whoever may not see it, like its entry in the list of sections.
  if (!isAllowed(caller.role, getScoringTerms.permission)) {
    notFound();
  }
  const terms = await runOperation(getScoringTerms, deps, caller, {});
  return <ScoringForm key={terms.version} terms={terms} mayChange={isAllowed(caller.role, 'settings:write')} />;
}
