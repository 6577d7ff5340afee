'use client';

import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import type { FindingDetail } from '@/lib/core/model/views.ts';
import { FindingActivity } from './finding-activity.tsx';
import { FindingEvidence } from './finding-evidence.tsx';

interface Props {
  readonly finding: FindingDetail;
  readonly now: Date;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly summary: ReactNode;
}

export function FindingTabs({ finding, now, tab, onTab, summary }: Props) {
  return (
    <Tabs.Root value={tab} onValueChange={onTab} className="flex min-h-0 flex-1 flex-col">
      <Tabs.List className="tabs flex-none px-5" aria-label="Finding">
        <Tabs.Trigger className="tab" value="summary">
          Summary
        </Tabs.Trigger>
        <Tabs.Trigger className="tab" value="evidence">
          Evidence <span className="tab-count">{finding.vulnerablePackages.length}</span>
        </Tabs.Trigger>
        <Tabs.Trigger className="tab" value="activity">
          Activity <span className="tab-count">{finding.events.length}</span>
        </Tabs.Trigger>
      </Tabs.List>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">
        <Tabs.Content value="summary">{summary}</Tabs.Content>
        <Tabs.Content value="evidence">
          <FindingEvidence finding={finding} />
        </Tabs.Content>
        <Tabs.Content value="activity">
          <FindingActivity finding={finding} now={now} />
        </Tabs.Content>
      </div>
    </Tabs.Root>
  );
}
