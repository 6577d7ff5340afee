import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';
import { targetsAddress } from '../target-words.ts';

interface Props {
  readonly tab: 'jobs' | 'targets';
  readonly running: number;
  /** How many targets there are; null where that is not known. */
  readonly targets: number | null;
}

export function ScanTabs({ tab, running, targets }: Props) {
  return (
    <nav className="tabs !border-b-0 mt-1 px-(--gutter)" aria-label="Scans">
      <Link className="tab" href="/scans" aria-current={tab === 'jobs' ? 'page' : undefined}>
        Jobs {running > 0 ? <span className="tab-count">{formatCount(running)}</span> : null}
      </Link>
      <Link className="tab" href={targetsAddress()} aria-current={tab === 'targets' ? 'page' : undefined}>
        Schedules and targets{' '}
        {targets === null || targets === 0 ? null : <span className="tab-count">{formatCount(targets)}</span>}
      </Link>
    </nav>
  );
}
