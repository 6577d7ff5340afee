import { TriangleAlert } from 'lucide-react';
import { SeverityBar } from '@/components/findings/severity-bar.tsx';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { SEVERITY_WORDS, worstOf } from '@/components/findings/severity-words.ts';
import { formatCount } from '@/components/format/format-count.ts';
import { formatAge, formatDate } from '@/components/format/format-time.ts';
import type { ListedRule } from '@/lib/core/model/suppression.ts';
import { RuleState } from './rule-state.tsx';

const WEEK_MS = 7 * 86_400_000;

interface Props {
  readonly rules: readonly ListedRule[];
  readonly current: number;
  readonly now: Date;
  /** With the panel beside it the table keeps what tells rules apart. */
  readonly narrow: boolean;
  readonly onOpen: (index: number) => void;
}

export function RuleTable({ rules, current, now, narrow, onOpen }: Props) {
  const wide = narrow ? 'hidden' : 'max-lg:hidden';
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th className="w-[26%] max-sm:w-auto">Name</th>
          <th className={narrow ? 'hidden' : 'max-md:hidden'}>Query</th>
          <th className="num w-[88px]">Hides</th>
          <th className="w-[120px] max-md:hidden">Worst</th>
          <th className={`w-[16%] ${wide}`}>Reason</th>
          <th className={`w-[110px] ${wide}`}>By</th>
          <th className="w-[96px]">Ends</th>
          <th className="w-[190px] max-md:hidden">State</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule, index) => (
          <tr key={rule.id} aria-current={index === current ? 'true' : undefined}>
            <td>
              <button
                type="button"
                className="flex w-full min-w-0 items-center gap-1.5 text-left font-medium"
                onClick={() => onOpen(index)}
              >
                <Alarm rule={rule} />
                <span className="truncate" title={rule.name}>
                  {rule.name}
                </span>
              </button>
            </td>
            <td className={narrow ? 'hidden' : 'max-md:hidden'} title={rule.query}>
              <code className="text-fg-2">{rule.query}</code>
            </td>
            <td className="num">{rule.state === 'active' ? formatCount(rule.figures.hidden) : '–'}</td>
            <td className="max-md:hidden">
              <Worst rule={rule} />
            </td>
            <td className={`text-fg-2 ${wide}`} title={rule.reason}>
              {rule.reason}
            </td>
            <td className={`text-fg-2 ${wide}`}>{rule.authorName}</td>
            <td title={rule.endsAt === null ? undefined : formatDate(rule.endsAt)}>
              <Ends rule={rule} now={now} />
            </td>
            <td className="max-md:hidden">
              <RuleState rule={rule} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The gravest thing that is wrong with a rule; all of them stand in its panel. */
function Alarm({ rule }: { readonly rule: ListedRule }) {
  const alarm = rule.alarms.find(({ kind }) => kind !== 'ends-soon');
  if (!alarm) return null;
  const tone = alarm.kind === 'newly-exploited' ? 'text-danger' : 'text-warn';
  return (
    <span title={alarm.message} className={tone}>
      <TriangleAlert size={14} strokeWidth={1.6} role="img" aria-label={alarm.message} />
    </span>
  );
}

function Worst({ rule }: { readonly rule: ListedRule }) {
  const worst = worstOf(rule.figures.severities);
  if (worst === null) return <span className="text-fg-3">–</span>;
  return (
    <span className="flex items-center gap-2">
      <SeverityGlyph severity={worst} />
      <SeverityBar counts={rule.figures.severities} width={56} />
      <span className="vh">{SEVERITY_WORDS[worst]}</span>
    </span>
  );
}

function Ends({ rule, now }: { readonly rule: ListedRule; readonly now: Date }) {
  const at = rule.endedAt ?? rule.endsAt;
  if (at === null) return <span className="text-fg-3">–</span>;
  const left = at.getTime() - now.getTime();
  if (rule.state === 'ended' || left <= 0) return <span className="text-fg-3">{formatDate(at)}</span>;
  return <span className={left <= WEEK_MS ? 'font-medium text-warn' : undefined}>{`in ${formatAge(left)}`}</span>;
}
