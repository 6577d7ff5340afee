import type { TrendWeek } from '@/lib/core/model/views.ts';
import { formatCount } from '../format/format-count.ts';
import { formatDate } from '../format/format-time.ts';

export function TrendTable({ weeks }: { readonly weeks: readonly TrendWeek[] }) {
  return (
    <table className="table">
      <caption className="vh">Critical and high findings per week</caption>
      <thead>
        <tr>
          <th scope="col">Week from</th>
          <th scope="col" className="num">
            Opened
          </th>
          <th scope="col" className="num">
            Fixed
          </th>
          <th scope="col" className="num">
            Open at end
          </th>
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.weekStart.toISOString()}>
            <th scope="row" className="!text-fg">
              {formatDate(week.weekStart)}
              {week.partial ? <span className="text-fg-3"> so far</span> : null}
            </th>
            <td className="num">{cell(week.opened)}</td>
            <td className="num">{cell(week.fixed)}</td>
            <td className="num">{cell(week.openAtEnd)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cell(count: number | null): string {
  return count === null ? '–' : formatCount(count);
}
