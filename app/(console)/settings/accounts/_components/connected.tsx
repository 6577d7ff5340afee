import { CircleMinus, CirclePause, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { formatDay } from '@/components/format/format-time.ts';
import { Chip } from '@/components/ui/chip.tsx';
import { Meter } from '@/components/ui/meter.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { type AccountSums, isNew } from '../account-sums.ts';
import type { ConnectedAccount } from '../connection.ts';

type Trouble = Exclude<ConnectedAccount['state'], 'active'>;
interface Look {
  readonly icon: LucideIcon;
  readonly tone: string;
  readonly word: string;
  /** What is said where nobody else has said why. */
  readonly reason: string;
}

const LOOKS: Readonly<Record<Trouble, Look>> = {
  denied: { icon: CircleX, tone: 'text-danger', word: 'Denied', reason: 'AWS refuses Harrier there.' },
  unreachable: { icon: TriangleAlert, tone: 'text-warn', word: 'Unreachable', reason: 'AWS did not answer.' },
  suspended: { icon: CirclePause, tone: 'text-fg-3', word: 'Suspended', reason: 'AWS has suspended the account.' },
  left: { icon: CircleMinus, tone: 'text-fg-3', word: 'Left', reason: 'No connection reaches it any more.' },
};
/** More than these are behind a line that opens. */
const SHOWN_TROUBLED = 6;
const SHOWN_NEW = 6;
const TWO_DAYS = 2 * 24 * 3_600_000;

/** How many accounts are read, which are not and why, and which are new. */
export function Connected({ sums, now }: { readonly sums: AccountSums; readonly now: Date }) {
  const { total, connected, troubled, fresh } = sums;
  return (
    <section>
      <h2>
        Connected
        <Link href="/coverage" prefetch={false} className="hover:text-fg">
          All accounts
        </Link>
      </h2>
      {total === 0 && troubled.length === 0 ? (
        <p className="text-fg-3">No account is connected yet.</p>
      ) : (
        <>
          <p className="flex items-baseline gap-2">
            <span className="accounts-figure">{formatCount(connected)}</span>
            <span className="text-fg-2">of {formatCounted(total, 'account')}</span>
          </p>
          <div className="mt-1.5 mb-2">
            <Meter
              share={total === 0 ? 0 : connected / total}
              label={`${connected} of ${total} accounts are connected`}
            />
          </div>
        </>
      )}
      <AccountList accounts={troubled} shown={SHOWN_TROUBLED} now={now} />
      {fresh.length === 0 ? null : <NewAccounts accounts={fresh} now={now} />}
    </section>
  );
}

interface ListProps {
  readonly accounts: readonly ConnectedAccount[];
  readonly shown: number;
  readonly now: Date;
}

function AccountList({ accounts, shown, now }: ListProps) {
  const more = accounts.slice(shown);
  if (accounts.length === 0) return null;
  return (
    <>
      <ul className="account-list">
        {accounts.slice(0, shown).map((account) => (
          <Troubled key={account.id} account={account} now={now} />
        ))}
      </ul>
      {more.length === 0 ? null : (
        <details>
          <summary className="cursor-pointer text-12 text-fg-3">and {formatCount(more.length)} more</summary>
          <ul className="account-list">
            {more.map((account) => (
              <Troubled key={account.id} account={account} now={now} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Troubled({ account, now }: { readonly account: ConnectedAccount; readonly now: Date }) {
  const { name, id, state, detail, since } = account;
  if (state === 'active') return null;
  const { icon: Icon, tone, word, reason } = LOOKS[state];
  return (
    <li>
      <Icon size={14} strokeWidth={1.6} className={tone} aria-hidden="true" />
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="truncate font-medium" title={name === id ? id : `${name}, ${id}`}>
          <bdi>{name}</bdi>
        </span>
        {isNew(account, now) ? <Chip kind="plain">New</Chip> : null}
      </span>
      <span className="text-12 text-fg-3">
        <span className={tone}>{word}</span>
        {since === null ? null : <Since time={since} now={now} />}
      </span>
      <span className="account-reason">{detail ?? reason}</span>
    </li>
  );
}

/** `for 26 h`, and from the third day on `since 19 Nov`. */
function Since({ time, now }: { readonly time: Date; readonly now: Date }) {
  if (now.getTime() - time.getTime() > TWO_DAYS)
    return <time dateTime={time.toISOString()}> since {formatDay(time)}</time>;
  return (
    <>
      {' '}
      for <Timestamp time={time} now={now} as="age" />
    </>
  );
}

function NewAccounts({ accounts, now }: { readonly accounts: readonly ConnectedAccount[]; readonly now: Date }) {
  const more = accounts.length - SHOWN_NEW;
  return (
    <div className="mt-2">
      <h3 className="text-12 text-fg-3">First seen in the last 7 days</h3>
      <ul>
        {accounts.slice(0, SHOWN_NEW).map((account) => (
          <li key={account.id} className="flex h-7 items-center gap-1.5">
            <span className="min-w-0 truncate" title={`${account.name}, ${account.id}`}>
              <bdi>{account.name}</bdi>
            </span>
            <Chip kind="plain">New</Chip>
            <span className="ml-auto text-12 text-fg-3">
              <Timestamp time={account.firstSeenAt} now={now} />
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-12 text-fg-3">and {formatCount(more)} more</p> : null}
    </div>
  );
}
