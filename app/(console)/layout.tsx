import { Bell, FlaskConical } from 'lucide-react';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Keyboard } from '@/components/layout/keyboard.tsx';
import { SampleStrip } from '@/components/layout/sample-strip.tsx';
import { ShellFrame } from '@/components/layout/shell-frame.tsx';
import { TopBar } from '@/components/layout/top-bar.tsx';
import { QueryProvider } from '@/components/providers/query-provider.tsx';
import { Toaster } from '@/components/ui/toaster.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { DEFAULT_PREFERENCES } from '@/lib/core/model/personal.ts';
import { WHOLE_ESTATE } from '@/lib/core/model/scope.ts';
import { getScopeChoices } from '@/lib/operations/console/get-scope-choices.ts';
import { getPreferences } from '@/lib/operations/personal/preferences.ts';
import { NoticeBell } from './_components/notice-bell.tsx';
import { removeSampleAction, saveScopesAction, storeAccountSetAction } from './actions.ts';
import { ask } from './ask.ts';
import { settle } from './settle.ts';

export const dynamic = 'force-dynamic';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { deps, caller } = await requireCaller();
  const [result, chosen] = await Promise.all([
    settle(ask(getScopeChoices, { scope: WHOLE_ESTATE }), 'Scope'),
    settle(ask(getPreferences, {}), 'Preferences'),
  ]);
  const preferences = chosen.ok ? chosen.value : DEFAULT_PREFERENCES;
  const choices = result.ok ? result.value : null;
  const narrow = (await cookies()).get('nav')?.value === 'narrow';

  return (
    <QueryProvider>
      <ShellFrame
        narrow={narrow}
        density={preferences.density}
        person={{ name: caller.name, role: caller.role }}
        actNow={choices?.actNow ?? null}
        showSettings={isAllowed(caller.role, 'settings:read')}
        showCost={isAllowed(caller.role, 'cost:read')}
        account={null}
        topBar={
          <TopBar
            choices={choices}
            now={deps.clock.now()}
            scopes={preferences.scopes}
            saveScopes={saveScopesAction}
            storeAccounts={storeAccountSetAction}
            notices={<NoticeBell icon={<Bell size={15} strokeWidth={1.6} aria-hidden="true" />} />}
          />
        }
      >
        {choices?.hasSample ? (
          <SampleStrip
            icon={<FlaskConical size={13} strokeWidth={1.6} aria-hidden="true" />}
            remove={removeSampleAction}
            mayRemove={isAllowed(caller.role, 'scans:run')}
          />
        ) : null}
        {children}
      </ShellFrame>
      <Keyboard />
      <Toaster />
    </QueryProvider>
  );
}
