import type { ReactNode } from 'react';
import { EmptyState, ErrorState } from '@/components/ui/block-state.tsx';
import { listTargets, type TargetView } from '@/lib/operations/targets/list-targets.ts';
import { ask } from '../../ask.ts';
import { settle } from '../../settle.ts';
import { NewTargetButton } from './new-target-button.tsx';
import { ScheduleTable } from './schedule-table.tsx';
import { TargetPanel } from './target-panel.tsx';
import { TargetTable } from './target-table.tsx';

export interface TargetRights {
  readonly mayRun: boolean;
  readonly mayChange: boolean;
}

interface Props {
  readonly selected: string | null;
  readonly rights: TargetRights;
  readonly now: Date;
}

/** What is scanned by itself and when, what its rules name, and one target open beside them. */
export async function TargetsView({ selected, rights, now }: Props) {
  const result = await settle(ask(listTargets, {}), 'Targets');
  if (!result.ok) {
    return (
      <Alone>
        <ErrorState title="Targets did not load" message={result.message} />
      </Alone>
    );
  }
  const targets = result.value;
  if (targets.length === 0) return <NoTargets mayChange={rights.mayChange} />;
  const picked = targets.find(({ id }) => id === selected) ?? null;
  return (
    <div className="split-view [--panel-w:404px]">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1). */}
      <section className="min-h-0 overflow-auto" tabIndex={0} aria-label="Schedules and targets">
        <Tables targets={targets} picked={picked} rights={rights} now={now} />
      </section>
      {picked === null ? null : <TargetPanel key={picked.id} target={picked} now={now} {...rights} />}
    </div>
  );
}

interface TablesProps {
  readonly targets: readonly TargetView[];
  readonly picked: TargetView | null;
  readonly rights: TargetRights;
  readonly now: Date;
}

function Tables({ targets, picked, rights, now }: TablesProps) {
  const narrow = picked !== null;
  return (
    <>
      {targets.some(({ schedules }) => schedules.length > 0) ? (
        <ScheduleTable targets={targets} narrow={narrow} now={now} />
      ) : null}
      <TargetTable targets={targets} picked={picked?.id ?? null} narrow={narrow} now={now} {...rights} />
    </>
  );
}

function NoTargets({ mayChange }: { readonly mayChange: boolean }) {
  return (
    <Alone>
      <EmptyState
        kind="unknown"
        title="No targets yet"
        action={mayChange ? <NewTargetButton kind="primary" /> : undefined}
      >
        A target names resources by what they are: tags, accounts, units, names. Resources join and leave it as they
        change. It is scanned on schedule, or when somebody asks. Without a target everything in AWS that can be scanned
        is scanned once a day.
        {mayChange ? null : ' An administrator makes targets.'}
      </EmptyState>
    </Alone>
  );
}

function Alone({ children }: { readonly children: ReactNode }) {
  return (
    <div className="border-line border-t px-(--gutter) pt-4">
      <div className="max-w-[640px]">{children}</div>
    </div>
  );
}
