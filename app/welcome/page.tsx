import type { Metadata } from 'next';
import { BrandMark } from '@/components/layout/brand-mark.tsx';
import { initialsOf } from '@/components/layout/person.ts';
import { QueryProvider } from '@/components/providers/query-provider.tsx';
import { Toaster } from '@/components/ui/toaster.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { getSystemState } from '@/lib/operations/console/get-system-state.ts';
import { ask } from '../(console)/ask.ts';
import { settle } from '../(console)/settle.ts';
import { HostState } from './_components/host-state.tsx';
import { SourceChoice } from './_components/source-choice.tsx';
import { WelcomeSteps } from './_components/welcome-steps.tsx';

export const metadata: Metadata = { title: 'First run' };
export const dynamic = 'force-dynamic';

/** The way from the first sign-in to the first finding. */
export default async function WelcomePage() {
  const { deps, caller } = await requireCaller();
  const state = await settle(ask(getSystemState, {}), 'System state');
  return (
    <QueryProvider>
      <div className="grid min-h-dvh grid-rows-[var(--top-h)_minmax(0,1fr)]">
        <header className="flex items-center gap-2 border-line border-b px-6">
          <BrandMark />
          <span className="font-semibold text-14">Harrier</span>
          <span className="flex-1" />
          <span className="avatar" aria-hidden="true">
            {initialsOf(caller.name)}
          </span>
          <span>{caller.name}</span>
        </header>
        <div className="grid md:grid-cols-[288px_minmax(0,1fr)]">
          <aside className="flex flex-col border-line border-r bg-sunken px-6 py-7 max-md:hidden" aria-label="Steps">
            <WelcomeSteps />
            <div className="mt-auto border-line border-t pt-3">
              {state.ok ? <HostState state={state.value} now={deps.clock.now()} /> : <p>{state.message}</p>}
            </div>
          </aside>
          <SourceChoice
            mayScan={isAllowed(caller.role, 'scans:run')}
            hasAdvisories={state.ok && state.value.advisories.records > 0}
          />
        </div>
      </div>
      <Toaster />
    </QueryProvider>
  );
}
