import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';
import { EmptyState, ErrorState } from '@/components/ui/block-state.tsx';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import type { TeamWork } from '@/lib/core/model/duty.ts';
import { quoted } from '../../findings/_components/rule-query.ts';
import type { OverviewLink } from './overview-link.ts';

const SHOWN = 8;

interface Props {
  readonly result: ActionResult<readonly TeamWork[]>;
  readonly link: OverviewLink;
}

/** Which team owes how much, for a lead; the most overdue first. */
export function TeamsByRisk({ result, link }: Props) {
  return (
    <section>
      <header className="section-head">
        <h2>Teams that owe most</h2>
        <Link className="more" href={teamsOf(link('/my-work'))} prefetch={false}>
          All teams
        </Link>
      </header>
      {result.ok ? (
        <Teams teams={result.value} link={link} />
      ) : (
        <ErrorState title="The teams did not load" message={result.message} />
      )}
    </section>
  );
}

function Teams({ teams, link }: { readonly teams: readonly TeamWork[]; readonly link: OverviewLink }) {
  if (teams.length === 0) return <EmptyState kind="no-match" title="No team owes anything" />;
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Team</th>
          <th scope="col" className="num">
            Open
          </th>
          <th scope="col" className="num">
            Critical
          </th>
          <th scope="col" className="num">
            Past due
          </th>
        </tr>
      </thead>
      <tbody>
        {teams.slice(0, SHOWN).map(({ team, open, critical, overdue }) => (
          <tr key={team ?? ''}>
            <td className="w-full max-w-0 truncate">
              <Link
                href={link('/findings', `is:open team:${team === null ? 'none' : quoted(team)}`)}
                className="font-medium hover:underline"
                prefetch={false}
              >
                {team === null ? 'No team' : <bdi>{team}</bdi>}
              </Link>
            </td>
            <td className="num">{formatCount(open)}</td>
            <td className="num">{formatCount(critical)}</td>
            <td className="num">{formatCount(overdue)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The tab of teams, in the scope of the address. */
function teamsOf(address: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}tab=teams`;
}
