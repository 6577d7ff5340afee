'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { approveSuppressionRule } from '@/lib/operations/suppression/approve-suppression-rule.ts';
import { createSuppressionRule } from '@/lib/operations/suppression/create-suppression-rule.ts';
import { endSuppressionRule } from '@/lib/operations/suppression/end-suppression-rule.ts';
import { extendSuppressionRule } from '@/lib/operations/suppression/extend-suppression-rule.ts';

const shown = { revalidate: '/suppression' };

export const createRuleAction = guardAction(createSuppressionRule, shown);
export const approveRuleAction = guardAction(approveSuppressionRule, shown);
export const endRuleAction = guardAction(endSuppressionRule, shown);
export const extendRuleAction = guardAction(extendSuppressionRule, shown);
