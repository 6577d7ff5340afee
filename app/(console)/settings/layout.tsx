import type { ReactNode } from 'react';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { SettingsSections } from './_components/settings-sections.tsx';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { caller } = await requireCaller();
  return (
    <>
      <PageHeader title="Settings" />
      <div className="mt-3.5 grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] border-line border-t max-md:grid-rows-[auto_1fr] md:grid-cols-[136px_minmax(0,1fr)]">
        <SettingsSections
          showInstallation={isAllowed(caller.role, 'settings:read')}
          showMail={isAllowed(caller.role, 'settings:write')}
        />
        <div className="min-w-0 px-(--gutter) py-4 md:border-line md:border-l">{children}</div>
      </div>
    </>
  );
}
