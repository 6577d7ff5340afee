import { whenToMail } from '../../core/mail/mail-times.ts';
import type { PlannedMail } from '../../core/ports/mail-store.ts';
import type { Dependencies } from '../dependencies.ts';
import { readMailChoice } from './mail-choice.ts';

const BATCH = 2_000;

/** Decides for new notices whether and when they are mailed. Several workers decide once. */
export async function planMail(deps: Dependencies): Promise<void> {
  for (;;) {
    const now = deps.clock.now();
    const unplanned = await deps.mail.unplanned(BATCH, now);
    await deps.mail.plan(
      unplanned.map(({ id, userId, kind, choice }): PlannedMail => {
        const when = whenToMail(kind, readMailChoice(choice), now);
        return { id, userId, time: when?.time ?? 'never', nextAt: when?.at ?? now };
      }),
    );
    if (unplanned.length < BATCH) return;
  }
}
