import type { UserStore } from '../core/ports/user-store.ts';
import type { TransactionClient } from './client.ts';

/** After this many wrong codes the valid one is void too; the next start prints a new link. */
const WRONG_TRIES_MAX = 20;

/** The one-time code of the first start. */
export function setupCodeMethods(client: TransactionClient) {
  const usable = (codeHash: string, now: Date) => ({
    codeHash,
    usedAt: null,
    expiresAt: { gt: now },
    wrongTries: { lt: WRONG_TRIES_MAX },
  });
  return {
    async replaceSetupCode(codeHash, expiresAt) {
      await client.setupCode.deleteMany({ where: { codeHash: { not: codeHash } } });
      const fresh = { expiresAt, wrongTries: 0, usedAt: null };
      await client.setupCode.upsert({ where: { codeHash }, create: { codeHash, ...fresh }, update: fresh });
    },
    async consumeSetupCode(codeHash, now) {
      // One statement tests and marks, so of two people with the same link only one gets in.
      const { count } = await client.setupCode.updateMany({ where: usable(codeHash, now), data: { usedAt: now } });
      if (count === 0) {
        await client.setupCode.updateMany({ where: { usedAt: null }, data: { wrongTries: { increment: 1 } } });
      }
      return count > 0;
    },
    async isSetupCodeValid(codeHash, now) {
      return (await client.setupCode.count({ where: usable(codeHash, now) })) > 0;
    },
  } satisfies Partial<UserStore>;
}
