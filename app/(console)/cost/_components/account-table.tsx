import Link from 'next/link';
import { formatCount, formatCounted, formatUsd } from '@/components/format/format-count.ts';
import type { CostOfAccount, CostView } from '@/lib/core/model/cost-view.ts';
import { type CostSearch, costAddress } from '../search-params.ts';

const ROWS = 10;

interface Props {
  readonly view: CostView;
  readonly search: CostSearch;
}

/** The cost of each account, dearest first. */
export function AccountTable({ view: { accounts, cents }, search }: Props) {
  const shown = search.allAccounts ? accounts : accounts.slice(0, ROWS);
  const others = accounts.slice(shown.length);
  return (
    <section className="cost-section">
      <div className="section-head">
        <h2>By account</h2>
        {accounts.length > ROWS ? (
          <Link
            className="more"
            prefetch={false}
            scroll={false}
            href={costAddress(search, { allAccounts: !search.allAccounts })}
          >
            {search.allAccounts ? `The ${ROWS} dearest` : `All ${formatCount(accounts.length)}`}
          </Link>
        ) : null}
      </div>
      <div className="overflow-x-auto">
        <table className="table w-full sm:min-w-[640px]">
          <caption className="vh">Cost by account</caption>
          <thead>
            <tr>
              <th>Account</th>
              <th className="max-sm:hidden">ID</th>
              <th className="num max-sm:hidden">Instances</th>
              <th className="num max-sm:hidden">Image scans</th>
              <th className="num max-sm:hidden">Functions</th>
              <th className="num">Month</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((account) => (
              <Row key={account.accountId} account={account} search={search} />
            ))}
            {others.length === 0 ? null : <Others others={others} rest={cents - centsOf(shown)} />}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ account, search }: { readonly account: CostOfAccount; readonly search: CostSearch }) {
  const { accountId, accountName, instances, imageScans, functions, cents } = account;
  return (
    <tr>
      <td className="max-w-[220px] truncate font-medium">
        <Link
          prefetch={false}
          className="hover:underline"
          href={costAddress(search, { scope: { scope: null, acct: accountId }, allAccounts: false })}
        >
          {accountName}
        </Link>
      </td>
      <td className="font-mono text-12 text-fg-2 max-sm:hidden">{accountId}</td>
      <td className="num max-sm:hidden">{formatCount(instances)}</td>
      <td className="num max-sm:hidden">{formatCount(imageScans)}</td>
      <td className="num max-sm:hidden">{formatCount(functions)}</td>
      <td className="num font-medium">{formatUsd(cents / 100)}</td>
    </tr>
  );
}

/** `rest` is what the rows above leave of the whole, so that the column adds up. */
function Others({ others, rest }: { readonly others: readonly CostOfAccount[]; readonly rest: number }) {
  const sum = (of: (account: CostOfAccount) => number) =>
    formatCount(others.reduce((total, one) => total + of(one), 0));
  return (
    <tr>
      <td className="text-fg-2">{formatCounted(others.length, 'other account')}</td>
      <td className="max-sm:hidden" />
      <td className="num max-sm:hidden">{sum(({ instances }) => instances)}</td>
      <td className="num max-sm:hidden">{sum(({ imageScans }) => imageScans)}</td>
      <td className="num max-sm:hidden">{sum(({ functions }) => functions)}</td>
      <td className="num font-medium">{formatUsd(rest / 100)}</td>
    </tr>
  );
}

function centsOf(accounts: readonly CostOfAccount[]): number {
  return accounts.reduce((total, { cents }) => total + cents, 0);
}
