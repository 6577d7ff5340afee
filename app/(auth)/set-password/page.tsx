import type { Metadata } from 'next';
import { requestSource } from '@/lib/auth/request-source.ts';
import { AppError } from '@/lib/core/model/app-error.ts';
import { readPasswordLink } from '@/lib/operations/users/set-password-by-link.ts';
import { getDependencies } from '@/lib/wiring/for-next.ts';
import { Door, type DoorProps } from '../_components/door.tsx';
import { SetPasswordForm } from './_components/set-password-form.tsx';

export const metadata: Metadata = { title: 'Choose a password', referrer: 'no-referrer' };

export default async function SetPasswordPage({ searchParams }: DoorProps) {
  const { code } = await searchParams;
  const given = typeof code === 'string' ? code : '';
  try {
    const user = await readPasswordLink(await getDependencies(), given, await requestSource());
    return (
      <Door title="Choose a password" lead={`For ${user.name}, who signs in as ${user.email}.`}>
        <SetPasswordForm code={given} email={user.email} />
      </Door>
    );
  } catch (error) {
    if (error instanceof AppError) {
      return <Door title="This link does not work" lead={error.message} />;
    }
    throw error;
  }
}
