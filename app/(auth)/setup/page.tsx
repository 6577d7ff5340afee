import type { Metadata } from 'next';
import { ButtonLink } from '@/components/ui/button.tsx';
import { requestSource } from '@/lib/auth/request-source.ts';
import { readSetUpState } from '@/lib/operations/users/create-first-admin.ts';
import { getDependencies } from '@/lib/wiring/for-next.ts';
import { Door, type DoorProps } from '../_components/door.tsx';
import { SetUpForm } from './_components/set-up-form.tsx';
import { SetUpSteps } from './_components/set-up-steps.tsx';

export const metadata: Metadata = { title: 'Set-up', referrer: 'no-referrer' };

export default async function SetUpPage({ searchParams }: DoorProps) {
  const { code } = await searchParams;
  const given = typeof code === 'string' ? code : '';
  const state = await readSetUpState(await getDependencies(), given, await requestSource());
  if (state.kind === 'closed') {
    return (
      <Door title="Set-up is done" lead="The first sign-in exists, so this link is closed for good.">
        <ButtonLink kind="primary" href="/sign-in" className="sm:h-8">
          Sign in
        </ButtonLink>
      </Door>
    );
  }
  if (state.kind === 'refused') {
    return <Door title="This link does not open set-up" lead={state.reason} />;
  }
  return (
    <div className="grid md:grid-cols-[300px_minmax(0,1fr)]">
      <SetUpSteps />
      <Door
        title="Create the first sign-in"
        lead="This person administers Harrier and invites the others. The link works once and is then closed for good."
      >
        <SetUpForm code={given} />
      </Door>
    </div>
  );
}
