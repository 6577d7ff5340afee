import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { addressWith, readSearch, type SearchRecord, scopeOnly } from '@/components/layout/search-params.ts';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { AppError } from '@/lib/core/model/app-error.ts';
import type { FindingDetail } from '@/lib/core/model/views.ts';
import { getFinding } from '@/lib/operations/console/get-finding.ts';
import { rightsOf } from '../../_components/triage/rights.ts';
import { ask } from '../../ask.ts';
import { FindingView } from './_components/finding-view.tsx';

export const metadata: Metadata = { title: 'Finding' };

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<SearchRecord>;
}

export default async function FindingPage({ params, searchParams }: Props) {
  const { deps, caller } = await requireCaller();
  const finding = await load((await params).id);
  const values = readSearch(await searchParams);
  return (
    <article className="px-(--gutter) pt-3.5 pb-8">
      <nav className="flex min-w-0 gap-1 text-12 text-fg-3" aria-label="Breadcrumb">
        <Link href={addressWith('/findings', scopeOnly(values))} className="hover:underline">
          Findings
        </Link>
        <span aria-hidden="true">›</span>
        <bdi className="truncate">
          {finding.vulnerabilityId} on {finding.resourceName}
        </bdi>
      </nav>
      <FindingView first={finding} tab={values.tab ?? 'summary'} now={deps.clock.now()} rights={rightsOf(caller)} />
    </article>
  );
}

async function load(id: string): Promise<FindingDetail> {
  try {
    return await ask(getFinding, { id });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound();
    throw error;
  }
}
