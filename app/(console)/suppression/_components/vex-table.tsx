import { formatCount } from '@/components/format/format-count.ts';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { VexRule } from '@/lib/core/model/suppression.ts';
import { VEX_WORDS } from './vex-words.ts';

interface Props {
  readonly rules: readonly VexRule[];
  readonly current: number;
  readonly now: Date;
  readonly onOpen: (index: number) => void;
}

/** What suppliers say, read-only: it ends when the document says something else. */
export function VexTable({ rules, current, now, onOpen }: Props) {
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th className="w-[30%] max-sm:w-auto">Statement</th>
          <th className="max-md:hidden">Product</th>
          <th className="w-[120px] max-sm:hidden">Says</th>
          <th className="num w-[80px]">Hides</th>
          <th className="w-[16%] max-lg:hidden">Source</th>
          <th className="w-[120px] max-lg:hidden">Said</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule, index) => (
          <tr key={rule.id} aria-current={index === current ? 'true' : undefined}>
            <td>
              <button type="button" className="w-full truncate text-left font-medium" onClick={() => onOpen(index)}>
                {rule.name}
              </button>
            </td>
            <td className="max-md:hidden" title={rule.product}>
              <code className="text-fg-2">{rule.product}</code>
            </td>
            <td className="text-fg-2 max-sm:hidden">{VEX_WORDS[rule.status]}</td>
            <td className="num">{formatCount(rule.hidden)}</td>
            <td className="text-fg-2 max-lg:hidden" title={rule.source}>
              {rule.source}
            </td>
            <td className="text-fg-2 max-lg:hidden">
              {rule.saidAt === null ? '–' : <Timestamp time={rule.saidAt} now={now} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
