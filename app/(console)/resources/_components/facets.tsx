import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';

interface Props {
  readonly label: string;
  readonly options: readonly {
    readonly name: string;
    readonly count: number | null;
    readonly href: string;
    readonly chosen: boolean;
  }[];
}

/** Ways to narrow a list, each with what it would leave. */
export function Facets({ label, options }: Props) {
  return (
    <nav className="facets" aria-label={label}>
      <span className="segmented">
        {options.map(({ name, count, href, chosen }) => (
          <Link key={name} href={href} aria-current={chosen ? 'true' : undefined} prefetch={false}>
            {name} {count === null ? null : <span className="ml-1 text-fg-3">{formatCount(count)}</span>}
          </Link>
        ))}
      </span>
    </nav>
  );
}
