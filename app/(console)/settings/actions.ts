'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { argon2Passwords } from '@/lib/auth/password.ts';
import { changeOwnPassword } from '@/lib/operations/users/change-own-password.ts';
import { revokeOwnSession } from '@/lib/operations/users/revoke-own-session.ts';

export const revokeOwnSessionAction = guardAction(revokeOwnSession, { revalidate: '/settings' });

export const changeOwnPasswordAction = guardAction(changeOwnPassword(argon2Passwords), { revalidate: '/settings' });
