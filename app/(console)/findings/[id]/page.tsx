import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ExploitChips } from '@/components/findings/exploit-chips.tsx';
import { FindingActivity } from '@/components/findings/finding-activity.tsx';
import { FindingEvidence } from '@/components/findings/finding-evidence.tsx';
import { FindingFacts } from '@/components/findings/finding-facts.tsx';
import { FindingSummary } from '@/components/findings/finding-summary.tsx';
import { ScorePill } from '@/components/findings/score-pill.tsx';
import { SeverityBadge } from '@/components/findings/severity-badge.tsx';
import { AppError } from '@/lib/core/model/app-error.ts';
import type { FindingDetail } from '@/lib/core/model/views.ts';
import { getFinding } from '@/lib/operations/console/get-finding.ts';
import { ScanHostButton } from '../../_components/scan-host-button.tsx';
import { ask } from '../../ask.ts';

export const metadata: Metadata = { title: 'Finding' };

export default async function FindingPage({ params }: { params: Promise<{ id: string }> }) {
  const finding = await load((await params).id);
  const now = new Date();
  return (
    <article className="px-(--gutter) pt-3.5 pb-8">
      <nav className="text-12 text-fg-3" aria-label="Breadcrumb">
        <Link href="/findings" className="hover:underline">
          Findings
        </Link>
        <span aria-hidden="true"> › </span>
        {finding.vulnerabilityId} on {finding.resourceName}
      </nav>
      <h1 className="title-20 mt-1 break-words">{finding.title}</h1>
      <div className="mt-2 flex flex-wrap items-center gap-1.5">
        <SeverityBadge severity={finding.severity} />
        <ScorePill score={finding.score} breakdown={finding.scoreBreakdown} />
        <ExploitChips
          kev={finding.kev}
          epss={finding.epss}
          kevDateAdded={finding.kevDateAdded}
          epssDate={finding.epssDate}
        />
      </div>
      {finding.status === 'CLOSED' ? <p className="mt-3 text-ok">Fixed: a scan no longer saw it.</p> : null}
      <div className="mt-4 grid gap-x-10 lg:grid-cols-[minmax(0,720px)_320px]">
        <div>
          <FindingSummary finding={finding} rescan={finding.resourceKind === 'host' ? <ScanHostButton /> : null} />
          <h2 className="mt-4 font-semibold text-16">Evidence</h2>
          <FindingEvidence finding={finding} />
        </div>
        <aside aria-label="Properties">
          <FindingFacts finding={finding} now={now} scoped={(path) => path} columns={1} />
          <h2 className="mt-4 font-semibold text-16">Activity</h2>
          <FindingActivity finding={finding} now={now} />
        </aside>
      </div>
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
