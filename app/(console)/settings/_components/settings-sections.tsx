'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';

interface Props {
  /** Whether the reader may see what concerns the whole installation. */
  readonly showInstallation: boolean;
}

/** The sections of Settings; what the reader may not see is not there. */
export function SettingsSections({ showInstallation }: Props) {
  const pathname = usePathname();
  const sections = [
    { path: '/settings', label: 'Your sign-in' },
    ...(showInstallation
      ? [
          { path: '/settings/users', label: 'Users' },
          { path: '/settings/registries', label: 'Registries' },
        ]
      : []),
  ];
  return (
    <nav aria-label="Settings" className="px-4 py-3 max-md:border-line max-md:border-b">
      <ul className="flex gap-1 md:grid">
        {sections.map(({ path, label }) => (
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
