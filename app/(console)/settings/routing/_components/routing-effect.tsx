import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import type { RoutingPreview } from '@/lib/core/model/duty.ts';
import type { RoutingPerson } from './routing-editor.tsx';

interface Props {
  readonly preview: RoutingPreview;
  readonly people: readonly RoutingPerson[];
}

/** What the rules would do to open findings that nobody assigned by hand. */
export function RoutingEffect({ preview, people }: Props) {
  const { changed, unrouted, assigned, holders } = preview;
  const nameOf = (id: string | null) => people.find((person) => person.id === id)?.name ?? id ?? '–';
  return (
    <div className="mt-3 rounded-2 bg-sunken px-3 py-2">
      <p role="status" className="font-medium">
        {formatCounted(changed, 'open finding')} {changed === 1 ? 'gets' : 'get'} another owner or team.{' '}
        {formatCount(unrouted)} stay without one. {formatCount(assigned)} assigned by a person stay as they are.
      </p>
      {holders.length === 0 ? null : (
        <ScrollRegion label="Findings by owner and team">
          <table className="table">
            <thead>
              <tr>
                <th>Owner</th>
                <th>Team</th>
                <th className="num">Now</th>
                <th className="num">Then</th>
              </tr>
            </thead>
            <tbody>
              {holders.slice(0, 20).map(({ owner, team, before, after }) => (
                <tr key={`${owner} ${team}`}>
                  <td>
                    <bdi>{nameOf(owner)}</bdi>
                  </td>
                  <td>
                    <bdi>{team ?? '–'}</bdi>
                  </td>
                  <td className="num">{formatCount(before)}</td>
                  <td className="num">{formatCount(after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </div>
  );
}
