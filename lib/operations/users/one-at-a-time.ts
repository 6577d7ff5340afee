import type { Dependencies } from '../dependencies.ts';

/**
 * Makes the surrounding transaction wait until no other one that changes people is under way. Writing one and the same
 * row first is what makes them queue; without it two administrators could demote each other at the same moment.
 */
export async function changePeopleOneAtATime(tx: Dependencies, userId: string): Promise<void> {
  const now = tx.clock.now();
  await tx.users.saveSetting('people:changed', now.toISOString(), userId, now);
}
