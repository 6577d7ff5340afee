import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import type { TeamWork } from '@/lib/core/model/duty.ts';
import { quoted } from '../work-sections.ts';

interface Props {
  readonly teams: readonly TeamWork[];
  readonly link: (query: string) => string;
}

const COLUMNS = [
  { label: 'Open', of: 'open', query: 'is:open' },
  { label: 'Critical', of: 'critical', query: 'is:open severity:critical' },
  { label: 'Past due', of: 'overdue', query: 'is:overdue' },
  { label: 'Due in 7 days', of: 'dueIn7Days', query: 'is:open due:>=0d due:<7d' },
  { label: 'Exploited, with a fix', of: 'kevFixable', query: 'is:open exploit:kev fix:yes' },
] as const;

/** What each team owes; every figure lists its findings. */
export function TeamTable({ teams, link }: Props) {
  if (teams.length === 0) {
    return (
      <div className="pt-4">
        <EmptyState kind="no-match" title="No open finding in the accounts that you can see" />
      </div>
    );
  }
  return (
    <ScrollRegion label="What each team owes">
      <table className="table mt-2">
        <thead>
          <tr>
            <th>Team</th>
            {COLUMNS.map(({ label }) => (
              <th key={label} className="num">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {teams.map((team) => {
            const whose = team.team === null ? 'team:none' : `team:${quoted(team.team)}`;
            return (
              <tr key={team.team ?? ''}>
                <td className="max-w-[280px] truncate font-medium">
                  {team.team === null ? <span className="text-fg-3">No team</span> : <bdi>{team.team}</bdi>}
                </td>
                {COLUMNS.map(({ label, of, query }) => (
                  <td key={label} className={of === 'overdue' && team[of] > 0 ? 'num text-danger' : 'num'}>
                    {team[of] === 0 ? (
                      <span className="text-fg-3">0</span>
                    ) : (
                      <Link className="hover:underline" href={link(`${whose} ${query}`)} prefetch={false}>
                        {formatCount(team[of])}
                      </Link>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
