import { Package } from 'lucide-react';
import Link from 'next/link';
import { formatCount, formatShare } from '@/components/format/format-count.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { Chip } from '@/components/ui/chip.tsx';
import { Meter } from '@/components/ui/meter.tsx';
import type { FixFirstChange } from '@/lib/core/model/views.ts';
import type { OverviewLink } from './overview-link.ts';

interface Props {
  readonly changes: readonly FixFirstChange[];
  readonly link: OverviewLink;
}

export function FixFirst({ changes, link }: Props) {
  const removed = changes.reduce((sum, change) => sum + change.riskShare, 0);
  const most = changes[0]?.riskShare ?? 1;
  return (
    <section>
      <header className="section-head">
        <h2>Fix first</h2>
        {changes.length > 0 ? (
          <span className="text-12 text-fg-3 max-sm:hidden">
            {changes.length === 1 ? 'One change removes' : `${changes.length} changes remove`}{' '}
            {formatShare(Math.min(1, removed))} of open risk
          </span>
        ) : null}
      </header>
      {changes.length === 0 ? (
        <EmptyState kind="no-match" title="No change to make">
          No open finding has a fixed version yet.
        </EmptyState>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Change</th>
              <th scope="col" className="num max-sm:hidden">
                Findings
              </th>
              <th scope="col" className="num max-sm:hidden">
                Resources
              </th>
              <th scope="col" className="num max-sm:hidden">
                Accounts
              </th>
              <th scope="col" className="num w-[132px]">
                Risk removed
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <ChangeRow
                key={`${change.ecosystem}/${change.packageName}/${change.fixedVersion}`}
                change={change}
                most={most}
                href={link('/findings', `is:open package:${quoted(change.packageName)} fix:yes`)}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface RowProps {
  readonly change: FixFirstChange;
  readonly most: number;
  readonly href: string;
}

function ChangeRow({ change, most, href }: RowProps) {
  return (
    <tr>
      <td className="w-full max-w-0">
        <div className="flex min-w-0 items-center gap-2">
          <Package size={14} strokeWidth={1.6} className="text-fg-3" aria-hidden="true" />
          <Link href={href} className="truncate font-medium hover:underline" title={change.title}>
            {change.title}
          </Link>
          <span className="min-w-0 flex-1 truncate text-fg-3 max-sm:hidden" title={change.fixedVersion}>
            → {change.fixedVersion}
          </span>
          {change.kev ? (
            <span className="max-sm:hidden">
              <Chip kind="kev">KEV</Chip>
            </span>
          ) : null}
        </div>
      </td>
      <td className="num max-sm:hidden">{formatCount(change.findings)}</td>
      <td className="num max-sm:hidden">{formatCount(change.resources)}</td>
      <td className="num max-sm:hidden">{formatCount(change.accounts)}</td>
      <td className="num">
        <div className="flex items-center justify-end gap-2">
          <span className="w-16">
            <Meter share={change.riskShare / most} />
          </span>
          <span className="w-[38px]">{formatShare(change.riskShare)}</span>
        </div>
      </td>
    </tr>
  );
}

function quoted(name: string): string {
  return /[\s,]/.test(name) ? `"${name}"` : name;
}
