import Link from 'next/link';
import { OwnerMark } from '@/components/findings/owner-mark.tsx';
import { formatCount, formatCounted, formatShare } from '@/components/format/format-count.ts';
import { addressWith, type SearchValues } from '@/components/layout/search-params.ts';
import type { ReachCounts, VulnerabilityView } from '@/lib/core/model/vulnerability-view.ts';

interface Props {
  readonly view: VulnerabilityView;
  readonly query: string;
  readonly kept: SearchValues;
}

/** Where it is: how many, who can reach them, in which accounts, and which version ends it. */
export function BlastTab({ view: { blast, scanned, notScanned }, query, kept }: Props) {
  const { open, reach } = blast;
  const link = (more: string) => addressWith('/findings', kept, { q: `${query} ${more}`.trim() });
  const steps = [
    {
      label: 'Affected resources',
      count: open,
      tone: 'all',
      hint: [
        formatCounted(blast.accounts, 'account'),
        formatCounted(blast.regions, 'region'),
        ...(blast.pastDue > 0 ? [`past SLA on ${formatCount(blast.pastDue)}`] : []),
      ].join(', '),
      href: link(''),
    },
    {
      label: 'Reachable from a peer or VPN',
      count: reach.internet + reach.peer,
      tone: 'peer',
      hint: '',
      href: link('reach:internet,peer'),
    },
    {
      label: 'Reachable from internet',
      count: reach.internet,
      tone: 'internet',
      hint: '',
      href: link('reach:internet'),
    },
    {
      label: 'Internet and production',
      count: blast.internetAndProduction,
      tone: 'worst',
      hint: '',
      href: link('reach:internet env:prod,production'),
    },
  ] as const;
  return (
    <>
      <section className="block-section">
        <h2 className="section-title">
          Where it is in the estate{' '}
          <span>
            {scanned > 0
              ? `${formatShare(Math.min(1, open / scanned))} of ${formatCounted(scanned, 'scanned resource')}`
              : ''}
            {notScanned > 0 ? `, ${formatCount(notScanned)} not scanned` : ''}
          </span>
        </h2>
        <ul className="funnel">
          {steps.map(({ label, count, tone, hint, href }) => (
            <li key={label}>
              <Link href={href} prefetch={false} className="hover:underline">
                {label}
              </Link>
              <span className="funnel-bar" aria-hidden="true">
                <i data-tone={tone} style={{ width: `${open === 0 ? 0 : (count / open) * 100}%` }} />
              </span>
              <b className="num font-medium">{formatCount(count)}</b>
              <span className="text-12 text-fg-3">{hint}</span>
            </li>
          ))}
          {reach.unknown > 0 ? (
            <li>
              <Link href={link('reach:unknown')} prefetch={false} className="hover:underline">
                Not assessed yet
              </Link>
              <span className="funnel-bar" aria-hidden="true">
                <i data-tone="unknown" style={{ width: `${(reach.unknown / open) * 100}%` }} />
              </span>
              <b className="num font-medium">{formatCount(reach.unknown)}</b>
              <span className="text-12 text-fg-3">nobody has looked at their network paths</span>
            </li>
          ) : null}
        </ul>
      </section>
      <section className="block-section">
        <h2 className="section-title">
          By account
          <span className="ml-auto flex flex-wrap gap-x-3">
            <Key tone="internet">Internet {formatCount(reach.internet)}</Key>
            <Key tone="peer">Peer or VPN {formatCount(reach.peer)}</Key>
            <Key tone="all">Isolated {formatCount(reach.isolated)}</Key>
            {reach.unknown > 0 ? <Key tone="unknown">Not assessed {formatCount(reach.unknown)}</Key> : null}
          </span>
        </h2>
        <div className="overflow-x-auto">
          <table className="table min-w-[520px]">
            <thead>
              <tr>
                <th>Account</th>
                <th>ID</th>
                <th className="w-[34%]">Resources by reach</th>
                <th className="num">Internet</th>
                <th className="num">Total</th>
                <th>Owner</th>
              </tr>
            </thead>
            <tbody>
              {blast.byAccount.map((account) => (
                <tr key={account.id}>
                  <td className="max-w-[200px] truncate font-medium">
                    <Link
                      prefetch={false}
                      href={addressWith('/findings', { ...kept, scope: null, acct: account.id }, { q: query })}
                      className="hover:underline"
                    >
                      <bdi>{account.name}</bdi>
                    </Link>
                  </td>
                  <td>
                    <code className="text-fg-3">{account.id}</code>
                  </td>
                  <td>
                    <ReachBar counts={account} most={blast.byAccount} />
                  </td>
                  <td className="num">{formatCount(account.internet)}</td>
                  <td className="num font-medium">{formatCount(account.total)}</td>
                  <td>
                    <OwnerMark name={account.ownerName} team={account.team} />
                  </td>
                </tr>
              ))}
              {blast.accounts > blast.byAccount.length ? (
                <tr>
                  <td colSpan={6} className="text-fg-3">
                    <Link
                      href={addressWith('/findings', kept, { q: query, group: 'account' })}
                      className="hover:underline"
                    >
                      {formatCounted(blast.accounts - blast.byAccount.length, 'more account')}
                    </Link>
                  </td>
                </tr>
              ) : null}
            </tbody>
          </table>
        </div>
      </section>
      <section className="block-section">
        <h2 className="section-title">Fixed version</h2>
        <table className="table">
          <thead>
            <tr>
              <th>Package</th>
              <th>Upgrade to</th>
              <th className="num">Resources</th>
            </tr>
          </thead>
          <tbody>
            {fixesOf(blast.packages).map(({ name, ecosystem, fixedVersion, open: count }) => (
              <tr key={`${ecosystem} ${name} ${fixedVersion}`}>
                <td>
                  <bdi className="font-medium">{name}</bdi> <span className="text-fg-3">{ecosystem}</span>
                </td>
                <td>
                  {fixedVersion === null ? (
                    <span className="text-fg-3">no fixed version yet</span>
                  ) : (
                    <code>{fixedVersion}</code>
                  )}
                </td>
                <td className="num">{formatCount(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Key({ tone, children }: { readonly tone: string; readonly children: React.ReactNode }) {
  return (
    <span className="flex items-center gap-1.5">
      <i className="reach-key" data-tone={tone} aria-hidden="true" />
      {children}
    </span>
  );
}

const PARTS = [
  ['internet', 'internet'],
  ['peer', 'peer'],
  ['isolated', 'all'],
  ['unknown', 'unknown'],
] as const;

/** Lengths compare between accounts; the numbers stand beside it. */
function ReachBar({
  counts,
  most,
}: {
  readonly counts: ReachCounts & { readonly total: number };
  readonly most: readonly { readonly total: number }[];
}) {
  const longest = Math.max(1, ...most.map(({ total }) => total));
  const words = PARTS.map(([part]) => `${part} ${counts[part]}`).join(', ');
  return (
    <span className="reach-bar" role="img" aria-label={words} style={{ width: `${(counts.total / longest) * 100}%` }}>
      {PARTS.filter(([part]) => counts[part] > 0).map(([part, tone]) => (
        <i key={part} data-tone={tone} style={{ flex: counts[part] }} />
      ))}
    </span>
  );
}

type Fix = Pick<VulnerabilityView['blast']['packages'][number], 'name' | 'ecosystem' | 'fixedVersion' | 'open'>;

function fixesOf(packages: VulnerabilityView['blast']['packages']): readonly Fix[] {
  const sums = new Map<string, Fix>();
  for (const { name, ecosystem, fixedVersion, open } of packages) {
    const key = `${ecosystem} ${name} ${fixedVersion}`;
    sums.set(key, { name, ecosystem, fixedVersion, open: open + (sums.get(key)?.open ?? 0) });
  }
  return [...sums.values()].toSorted((a, b) => b.open - a.open);
}
