'use client';

import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useState } from 'react';
import { formatCount } from '@/components/format/format-count.ts';

interface Section {
  readonly path: string;
  readonly label: string;
  /** Words that a search finds it by. */
  readonly about: string;
  /** What stands at its end. */
  readonly count?: string | null;
  readonly isLate?: boolean;
}

interface Props {
  /** Whether the reader may see what concerns the whole installation. */
  readonly showInstallation: boolean;
  /** Whether the reader administers it. */
  readonly showMail: boolean;
  /** Accounts of AWS that are connected; null where nobody knows. */
  readonly accounts: number | null;
  readonly lateFeeds: number;
}

/** The sections of Settings; what the reader may not see is not there. */
export function SettingsSections({ showInstallation, showMail, accounts, lateFeeds }: Props) {
  const pathname = usePathname();
  const router = useRouter();
  const [text, setText] = useState('');
  const sections: readonly Section[] = [
    { path: '/settings', label: 'Your sign-in', about: 'sessions password browser' },
    ...(showInstallation
      ? [
          {
            path: '/settings/accounts',
            label: 'Accounts',
            about: 'aws connect role organisation organization regions permissions template external id',
            count: accounts ? formatCount(accounts) : null,
          },
          {
            path: '/settings/feeds',
            label: 'Feeds',
            about: 'advisories sync offline bundle mirror osv nvd kev epss',
            count: lateFeeds > 0 ? `${formatCount(lateFeeds)} late` : null,
            isLate: true,
          },
          {
            path: '/settings/scanning',
            label: 'Scanning',
            about: 'aws snapshots ssm agent images functions windows days',
          },
          { path: '/settings/users', label: 'Users', about: 'people roles teams accounts invite rights' },
          { path: '/settings/sla', label: 'SLA', about: 'due dates days severity overdue clock kev policy' },
          { path: '/settings/routing', label: 'Routing', about: 'rules owner team tags accounts paths assign' },
          { path: '/settings/scoring', label: 'Scoring', about: 'risk score terms epss reach environment formula' },
          { path: '/settings/registries', label: 'Registries', about: 'images sign-in secrets docker' },
        ]
      : []),
    ...(showMail ? [{ path: '/settings/mail', label: 'Mail', about: 'smtp notices digest e-mail test' }] : []),
  ];
  const word = text.trim().toLowerCase();
  const shown = sections.filter(({ label, about }) => `${label} ${about}`.toLowerCase().includes(word));
  return (
    <nav aria-label="Settings" className="px-4 py-3 max-md:border-line max-md:border-b">
      <div className="field mb-2">
        <input
          data-query-input
          type="search"
          aria-label="Search settings"
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
            if (event.key === 'Enter' && shown[0]) router.push(shown[0].path);
          }}
        />
      </div>
      {shown.length === 0 ? <p className="text-12 text-fg-3">No section matches.</p> : null}
      <ul className="flex flex-wrap gap-1 md:grid">
        {shown.map(({ path, label, count, isLate }) => (
          <li key={path}>
            <Link href={path} className="nav-item" aria-current={pathname === path ? 'page' : undefined}>
              {label}
              {count ? <span className={isLate ? 'nav-count !text-warn' : 'nav-count'}>{count}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
