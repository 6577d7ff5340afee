'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { setScoringTerms } from '@/lib/operations/scoring/scoring-terms.ts';

/** Saves the points, or with `preview` only says what they would do. */
export const setScoringTermsAction = guardAction(setScoringTerms, { revalidate: '/settings/scoring' });
