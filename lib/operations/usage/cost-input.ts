import { z } from 'zod';
import { type CostChoices, pastHours } from '../../core/cost/cost-view.ts';
import { monthOf, parseMonth } from '../../core/cost/metered-hours.ts';
import { BUILT_IN_BOOK, PRICE_BOOKS } from '../../core/cost/price-books.ts';
import type { Month } from '../../core/model/cost.ts';
import type { Caller } from '../../core/model/permissions.ts';
import type { Scope } from '../../core/model/scope.ts';
import type { Usage } from '../../core/model/usage.ts';
import { scopeInput } from '../console/input.ts';
import { visibleScope } from '../console/visible-scope.ts';
import type { Dependencies } from '../dependencies.ts';

export const costInput = z.object({
  scope: scopeInput,
  /** Null is the present one. */
  month: z
    .custom<Month>((value) => typeof value === 'string' && parseMonth(value) !== null, {
      error: 'There is no such month.',
    })
    .nullable(),
  book: z.enum(
    PRICE_BOOKS.map(({ id }) => id),
    { error: 'There is no such price book.' },
  ),
  trial: z.boolean(),
});

export interface CostInput {
  readonly scope: Scope;
  readonly month: Month | null;
  /** Id of a price book. */
  readonly book: string;
  /** Whether units in the trial cost nothing. */
  readonly trial: boolean;
}

/** Usage of what the caller may see in the month that was asked for, and the choices by which it is billed. */
export async function usageFor(
  deps: Dependencies,
  caller: Caller,
  { scope, month, book: id, trial }: CostInput,
): Promise<{ readonly usage: Usage; readonly choices: CostChoices; readonly now: Date }> {
  const now = deps.clock.now();
  const book = PRICE_BOOKS.find((one) => one.id === id) ?? BUILT_IN_BOOK;
  const choices = { month: month ?? monthOf(now), book, withTrial: trial };
  const ask = { ...pastHours(choices.month, now), trialDays: trial ? book.trialDays : null };
  return { usage: await deps.reads.usage(await visibleScope(deps, caller, scope), ask), choices, now };
}
