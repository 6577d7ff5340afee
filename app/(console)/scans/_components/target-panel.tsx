import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { TargetView } from '@/lib/operations/targets/list-targets.ts';
import { formatRun, formatRunElsewhere } from '../run-time.ts';
import { targetsAddress } from '../target-words.ts';
import { AddScheduleButton } from './add-schedule-button.tsx';
import { KindCounts } from './kind-counts.tsx';
import { QuietTimeBlock } from './quiet-time-block.tsx';
import { RuleChips } from './rule-chips.tsx';
import { ScheduleLine } from './schedule-line.tsx';
import { TargetActs } from './target-acts.tsx';
import { TargetPanelHead } from './target-panel-head.tsx';
import type { TargetRights } from './targets-view.tsx';

const SHOWN = 5;

interface Props extends TargetRights {
  readonly target: TargetView;
  readonly now: Date;
}

/** One target: its rule, what belongs to it, when it is scanned. */
export function TargetPanel({ target, now, mayRun, mayChange }: Props) {
  const { id, name, rule, quiet, schedules, updatedAt, updatedBy } = target;
  const { resources, eligible, byKind } = target.now;
  return (
    <aside className="panel" aria-label="Target">
      <TargetPanelHead id={id} name={name} closeHref={targetsAddress()} />
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">
        <section className="panel-block">
          <h3>Rule</h3>
          <RuleChips rule={rule} wraps />
          <p className="mt-2 break-words text-12 text-fg-3">
            Changed <Timestamp time={updatedAt} now={now} /> by {updatedBy}
          </p>
        </section>
        <section className="panel-block">
          <h3>
            Belongs to it now <span>{formatCounted(resources, 'resource')}</span>
          </h3>
          <KindCounts byKind={byKind} />
          <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4">
            <dt className="text-fg-2">Can be scanned</dt>
            <dd className="num font-medium">
              {formatCount(eligible)} of {formatCount(resources)}
            </dd>
          </dl>
        </section>
        <section className="panel-block">
          <h3>
            Schedules <span>{schedules.length === 0 ? 'none' : formatCount(schedules.length)}</span>
          </h3>
          {schedules.length === 0 ? (
            <p className="text-fg-2">It is scanned when somebody asks.</p>
          ) : (
            <ul>
              {schedules.map((schedule) => (
                <ScheduleLine key={schedule.id} schedule={schedule} quiet={quiet} mayChange={mayChange} />
              ))}
            </ul>
          )}
          {mayChange ? <AddScheduleButton targetId={id} quiet={quiet} /> : null}
        </section>
        {schedules.length === 0 ? null : <NextRuns target={target} now={now} />}
        <QuietTimeBlock targetId={id} quiet={quiet} mayChange={mayChange} />
      </div>
      {mayRun || mayChange ? (
        <footer className="panel-foot">
          <TargetActs as="buttons" target={target} mayRun={mayRun} mayChange={mayChange} />
        </footer>
      ) : null}
    </aside>
  );
}

function NextRuns({ target, now }: { readonly target: TargetView; readonly now: Date }) {
  const runs = target.schedules
    .flatMap(({ timeZone, next }) => next.map((at) => ({ at, timeZone })))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    // Two schedules that come at the same time are one scan.
    .filter(({ at }, index, all) => at.getTime() !== all[index - 1]?.at.getTime())
    .slice(0, SHOWN);
  return (
    <section className="panel-block" aria-label="Next runs">
      <h3>
        Next five runs <span>UTC</span>
      </h3>
      {runs.length === 0 ? (
        <p className="text-fg-2">None: every schedule is switched off.</p>
      ) : (
        <ol>
          {runs.map(({ at, timeZone }) => (
            <li key={at.toISOString()} className="flex items-center gap-3 py-0.5">
              <time dateTime={at.toISOString()}>{formatRun(at, 'UTC', now)}</time>
              {timeZone === 'UTC' ? null : (
                <span className="ml-auto min-w-0 truncate text-12 text-fg-3">{formatRunElsewhere(at, timeZone)}</span>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
