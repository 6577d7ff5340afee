import Link from 'next/link';
import { SeverityBar } from '@/components/findings/severity-bar.tsx';
import { formatCount } from '@/components/format/format-count.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import type { AccountRisk } from '@/lib/core/model/views.ts';
import type { OverviewLink } from './overview-link.ts';

const BAR_WIDTH = 118;

interface Props {
  readonly accounts: readonly AccountRisk[];
  readonly link: OverviewLink;
}

export function AccountsByRisk({ accounts, link }: Props) {
  const most = Math.max(1, ...accounts.map((account) => account.total));
  return (
    <section>
      <header className="section-head">
        <h2>Accounts carrying most risk</h2>
      </header>
      {accounts.length === 0 ? (
        <EmptyState kind="no-match" title="No account carries an open finding" />
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col" className="w-44">
                Open findings
              </th>
              <th scope="col" className="num">
                Critical
              </th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => (
              <tr key={account.id}>
                <td className="w-full max-w-0 truncate">
                  <Link
                    href={link('/findings', 'is:open', null, account.id)}
                    className="font-medium hover:underline"
                    title={`${account.name} ${account.id}`}
                  >
                    {account.name}
                  </Link>
                </td>
                <td>
                  <div className="flex items-center gap-2">
                    <SeverityBar
                      counts={account.counts}
                      width={Math.max(12, Math.round((account.total / most) * BAR_WIDTH))}
                    />
                    <span className="text-12 text-fg-3">{formatCount(account.total)}</span>
                  </div>
                </td>
                <td className="num">{formatCount(account.counts.CRITICAL)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
