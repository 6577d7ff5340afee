'use client';

import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { FindingEvidence } from '@/components/findings/finding-evidence.tsx';
import { FindingFacts } from '@/components/findings/finding-facts.tsx';
import { FindingSummary } from '@/components/findings/finding-summary.tsx';
import type { FindingDetail, FindingRow } from '@/lib/core/model/views.ts';
import { rescanOf } from '../rescan-of.tsx';
import type { TriageRights } from '../triage/rights.ts';
import type { Triage } from '../triage/use-triage-keys.tsx';
import { FindingComments } from './finding-comments.tsx';
import { FindingPath } from './finding-path.tsx';
import { FindingRelated } from './finding-related.tsx';
import { FindingSteps } from './finding-steps.tsx';
import { OwnerButton, StatusButton } from './holder-buttons.tsx';

interface Props {
  readonly row: FindingRow;
  /** Null while it is on its way, or did not come. */
  readonly detail: FindingDetail | null;
  readonly tab: string;
  readonly now: Date;
  readonly scoped: (path: string) => string;
  readonly rights: TriageRights;
  readonly triage: Triage;
  readonly onTab: (tab: string) => void;
  /** What stands in place of the detail. */
  readonly waiting: ReactNode;
}

/** Everything about one finding under five tabs: beside the list, and on its own page. */
export function FindingBody({ row, detail, tab, now, scoped, rights, triage, onTab, waiting }: Props) {
  return (
    <Tabs.Root value={tab} onValueChange={onTab} className="flex min-h-0 flex-1 flex-col">
      <Tabs.List className="tabs px-5" aria-label="Finding">
        <Tabs.Trigger className="tab" value="summary">
          Summary
        </Tabs.Trigger>
        <Tabs.Trigger className="tab" value="evidence">
          Evidence <span className="tab-count">{evidenceCount(detail)}</span>
        </Tabs.Trigger>
        <Tabs.Trigger className="tab" value="path">
          Path
        </Tabs.Trigger>
        <Tabs.Trigger className="tab" value="related">
          Related <span className="tab-count">{detail?.sameVulnerability ?? ''}</span>
        </Tabs.Trigger>
        <Tabs.Trigger className="tab" value="activity">
          Activity <span className="tab-count">{detail?.events.length ?? ''}</span>
        </Tabs.Trigger>
      </Tabs.List>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">
        <Tabs.Content value="summary">
          <FindingFacts
            finding={row}
            closedAt={detail?.closedAt ?? null}
            now={now}
            scoped={scoped}
            status={<StatusButton row={row} rights={rights} triage={triage} />}
            owner={<OwnerButton row={row} rights={rights} triage={triage} />}
          />
          {detail === null ? waiting : <FindingSummary finding={detail} rescan={rescanOf(detail)} />}
        </Tabs.Content>
        <Tabs.Content value="evidence">{detail === null ? waiting : <FindingEvidence finding={detail} />}</Tabs.Content>
        <Tabs.Content value="path">
          <FindingPath row={row} detail={detail} />
        </Tabs.Content>
        <Tabs.Content value="related">
          <FindingRelated row={row} scoped={scoped} />
        </Tabs.Content>
        <Tabs.Content value="activity">
          <FindingComments row={row} rights={rights} now={now} />
          {detail === null ? waiting : <FindingSteps finding={detail} now={now} />}
        </Tabs.Content>
      </div>
    </Tabs.Root>
  );
}

/** Packages that prove it; an open port is one piece of evidence. */
function evidenceCount(detail: FindingDetail | null): number | '' {
  if (detail === null) return '';
  return detail.network === null ? detail.vulnerablePackages.length : 1;
}
