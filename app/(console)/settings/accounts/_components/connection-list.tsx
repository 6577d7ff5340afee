import { CircleCheck, CircleDashed, CircleX, Plus, TriangleAlert } from 'lucide-react';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { ConnectionsView } from '@/lib/operations/cloud/list-connections.ts';
import { accountSums, sumsInWords } from '../account-sums.ts';
import { type Connection, KIND_WORDS } from '../connection.ts';
import { regionsInWords } from '../connection-draft.ts';
import { type ConnectionStanding, standingOf } from '../connection-states.ts';
import { ConnectionActs } from './connection-acts.tsx';
import { LookButton } from './look-button.tsx';

const ICON = { size: 14, strokeWidth: 1.6, 'aria-hidden': true } as const;
const LOOKS = {
  ok: { icon: CircleCheck, tone: 'text-ok' },
  warn: { icon: TriangleAlert, tone: 'text-warn' },
  danger: { icon: CircleX, tone: 'text-danger' },
  none: { icon: CircleDashed, tone: 'text-fg-3' },
} as const satisfies Record<ConnectionStanding['tone'], unknown>;

interface Props {
  readonly view: ConnectionsView;
  readonly now: Date;
  readonly mayChange: boolean;
  readonly mayScan: boolean;
}

/** The ways into accounts of AWS, and how each of them stands. */
export function ConnectionList({ view, now, mayChange, mayScan }: Props) {
  const { connections, accounts } = view;
  return (
    <section aria-labelledby="connections">
      <div className="section-head flex-wrap">
        <h2 id="connections">Accounts</h2>
        <span className="text-12 text-fg-3">{sumsInWords(accountSums(accounts, now))}</span>
        <span className="ml-auto flex flex-wrap gap-2 self-center">
          {mayScan ? <LookButton label="Look at all" connection="" /> : null}
          {mayChange ? (
            <ButtonLink href="/settings/accounts?new=1" prefetch={false}>
              <Plus {...ICON} />
              Connect another
            </ButtonLink>
          ) : null}
        </span>
      </div>
      <ul className="border-line border-t">
        {connections.map((connection) => (
          <Row
            key={connection.id}
            connection={connection}
            standing={standingOf(connection, accounts)}
            now={now}
            mayChange={mayChange}
            mayScan={mayScan}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly connection: Connection;
  readonly standing: ConnectionStanding;
  readonly now: Date;
  readonly mayChange: boolean;
  readonly mayScan: boolean;
}

function Row({ connection, standing, now, mayChange, mayScan }: RowProps) {
  const { id, name, kind, regions, lookedAt } = connection;
  const { icon: Icon, tone } = LOOKS[standing.tone];
  const { connected, total } = standing;
  const accounts =
    connected === total
      ? formatCounted(total, 'account')
      : `${formatCount(connected)} of ${formatCounted(total, 'account')}`;
  return (
    <li className="connection-row">
      <Icon {...ICON} className={`mt-[3px] ${tone}`} />
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <b className="min-w-0 truncate font-medium" title={name}>
            <bdi>{name}</bdi>
          </b>
          <span className={`text-12 ${tone}`}>{standing.word}</span>
        </p>
        <p className="text-12 text-fg-3">
          {KIND_WORDS[kind]}, {total === 0 ? '' : `${accounts}, `}
          {regionsInWords(regions)}
          {lookedAt === null ? null : (
            <>
              , last look <Timestamp time={lookedAt} now={now} />
            </>
          )}
        </p>
        {standing.reason === '' ? null : <p className="break-words text-12 text-fg-2">{standing.reason}</p>}
      </div>
      <ConnectionActs id={id} name={name} mayChange={mayChange} mayScan={mayScan} />
    </li>
  );
}
