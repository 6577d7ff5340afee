import Link from 'next/link';
import { addressWith, type SearchValues } from '@/components/layout/search-params.ts';

interface Props {
  readonly tab: 'mine' | 'teams';
  readonly kept: SearchValues;
  readonly mayLead: boolean;
}

/** One's own work, or that of every team for whoever leads some. */
export function WorkTabs({ tab, kept, mayLead }: Props) {
  const current = (one: Props['tab']) => (one === tab ? ('page' as const) : undefined);
  return (
    <nav className="tabs mt-1 px-(--gutter)" aria-label="Whose work">
      <Link className="tab" href={addressWith('/my-work', kept)} aria-current={mayLead ? current('mine') : 'page'}>
        Mine
      </Link>
      {mayLead ? (
        <Link className="tab" href={addressWith('/my-work', kept, { tab: 'teams' })} aria-current={current('teams')}>
          By team
        </Link>
      ) : (
        <span
          className="tab cursor-not-allowed text-fg-3"
          aria-disabled="true"
          title="For Lead, Security and Admin. An administrator can change your role under Settings, Users."
        >
          By team
        </span>
      )}
    </nav>
  );
}
