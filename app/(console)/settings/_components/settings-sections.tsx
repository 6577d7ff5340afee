'use client';

import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useState } from 'react';

interface Props {
  /** Whether the reader may see what concerns the whole installation. */
  readonly showInstallation: boolean;
  /** Whether the reader administers it. */
  readonly showMail: boolean;
}

/** The sections of Settings; what the reader may not see is not there. */
export function SettingsSections({ showInstallation, showMail }: Props) {
  const pathname = usePathname();
  const router = useRouter();
  const [text, setText] = useState('');
  const sections = [
    { path: '/settings', label: 'Your sign-in', about: 'sessions password browser' },
    ...(showInstallation
      ? [
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
        {shown.map(({ path, label }) => (
          <li key={path}>
            <Link href={path} className="nav-item" aria-current={pathname === path ? 'page' : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
