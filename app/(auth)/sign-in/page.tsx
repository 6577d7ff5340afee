import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentCaller } from '@/lib/auth/current-caller.ts';
import { getDependencies, getEnvironment } from '@/lib/wiring/for-next.ts';
import { Door, type DoorProps } from '../_components/door.tsx';
import { FormFailure } from '../_components/form-failure.tsx';
import { ProviderButton } from './_components/provider-button.tsx';
import { SignInForm } from './_components/sign-in-form.tsx';
import { parseSignInSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: DoorProps) {
  const { next, refusal } = parseSignInSearch(await searchParams);
  if ((await currentCaller()) !== null) {
    redirect(next);
  }
  const { users } = await getDependencies();
  if ((await users.count()) === 0) {
    return (
      <Door
        title="Set-up comes first"
        lead="Nobody can sign in yet. Harrier prints a set-up link each time it starts; open that link to create the first sign-in."
      />
    );
  }
  const { oidc } = await getEnvironment();
  return (
    <Door title="Sign in" lead="To the findings of your estate.">
      <div className="grid gap-4">
        {refusal === null ? null : <FormFailure message={refusal(oidc?.name ?? 'the provider')} />}
        {oidc === null ? null : <ProviderButton name={oidc.name} next={next} />}
        <SignInForm next={next} />
      </div>
    </Door>
  );
}
