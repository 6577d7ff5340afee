import Link from 'next/link';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { TargetView } from '@/lib/operations/targets/list-targets.ts';
import { scheduleInWords } from '../cron-in-words.ts';
import { eligibleInWords, targetsAddress } from '../target-words.ts';
import { NewTargetButton } from './new-target-button.tsx';
import { RuleChips } from './rule-chips.tsx';
import { TargetActs } from './target-acts.tsx';
import type { TargetRights } from './targets-view.tsx';

interface Props extends TargetRights {
  readonly targets: readonly TargetView[];
  readonly picked: string | null;
  /** A target is open beside the table. */
  readonly narrow: boolean;
  readonly now: Date;
}

export function TargetTable({ targets, picked, narrow, now, mayRun, mayChange }: Props) {
  const wide = narrow ? 'hidden' : 'max-lg:hidden';
  return (
    <section className="pt-5 pb-6" aria-labelledby="targets">
      <div className="section-head !mb-0 px-(--gutter)">
        <h2 id="targets">Targets</h2>
        <span className="text-12 text-fg-3">
          {formatCounted(targets.length, 'target')}
          <span className="max-sm:hidden">. Resources join and leave as they change.</span>
        </span>
        {mayChange ? (
          <span className="ml-auto self-center">
            <NewTargetButton />
          </span>
        ) : null}
      </div>
      <table className="rows-table">
        <thead>
          <tr>
            <th className={narrow ? 'w-[24%] max-sm:w-auto' : 'w-[18%] max-sm:w-auto'}>Target</th>
            <th className="max-sm:hidden">Rule</th>
            <th className="w-[240px] max-md:w-[80px]">Now</th>
            <th className={`w-[220px] ${wide}`}>Scanned</th>
            <th className={`num w-[120px] ${wide}`}>Next, UTC</th>
            <th className="w-[64px]">
              <span className="vh">Acts</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {targets.map((target) => (
            <tr key={target.id} aria-current={target.id === picked ? 'true' : undefined}>
              <td>
                <Link
                  className="block truncate font-medium"
                  href={targetsAddress(target.id)}
                  scroll={false}
                  prefetch={false}
                  data-opens-target={target.id}
                  title={target.name}
                >
                  <bdi>{target.name}</bdi>
                </Link>
              </td>
              <td className="max-sm:hidden" title={target.rule}>
                <RuleChips rule={target.rule} />
              </td>
              <td>
                {formatCount(target.now.resources)}
                <span className="text-fg-3 max-md:hidden">{eligibleInWords(target.now)}</span>
              </td>
              <td className={`text-fg-2 ${wide}`}>{schedulesInWords(target)}</td>
              <td className={`num ${wide}`}>
                <NextTime target={target} now={now} />
              </td>
              <td className="num">
                {mayRun || mayChange ? (
                  <TargetActs as="menu" target={target} mayRun={mayRun} mayChange={mayChange} />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function schedulesInWords({ schedules }: TargetView): string {
  const [first, ...others] = schedules.filter(({ isOn }) => isOn);
  if (first !== undefined)
    return `${scheduleInWords(first)}${others.length === 0 ? '' : `, and ${others.length} more`}`;
  return schedules.length === 0 ? 'When somebody asks' : 'Switched off';
}

function NextTime({ target, now }: { readonly target: TargetView; readonly now: Date }) {
  const times = target.schedules.flatMap(({ next }) => next.slice(0, 1)).map((time) => time.getTime());
  return times.length === 0 ? '–' : <Timestamp time={new Date(Math.min(...times))} now={now} />;
}
