import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../core/ports/password-hasher.ts';
import { hashingQueue } from './hashing-queue.ts';

// The second recommended setting of OWASP's password storage sheet: 19 MiB, two passes, one lane. The package's
// default algorithm is argon2id; its const enum cannot be named in code that is only stripped of types.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const inTurn = hashingQueue(2, 40);

// Checked in place of a missing hash, so that an unknown e-mail takes as long as a wrong password. Made once, at the
// first check of any kind, so that no single answer is slower because of it.
let decoy: Promise<string> | null = null;

/** Passwords as argon2id hashes. */
export const argon2Passwords: PasswordHasher = {
  hash: (password) => inTurn(() => hash(password, COST)),
  async verify(password, stored) {
    decoy ??= hash(randomUUID(), COST);
    const against = await decoy;
    const matches = await inTurn(() => verify(stored ?? against, password));
    return stored !== null && matches;
  },
};
