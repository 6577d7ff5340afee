import { dueStep, isInForce, RULE_FRESH_MS } from '../../core/findings/suppression.ts';
import type { SuppressionRule } from '../../core/model/suppression.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import type { JobHandler } from '../contracts.ts';
import { applyInRounds } from './apply-in-rounds.ts';

export interface EndExpiredRulesDependencies {
  readonly dependencies: Dependencies;
}

const BATCH = 2_000;

/** Begins and ends rules, acceptances and snoozes whose time has come. A second run changes nothing. */
export function endExpiredRulesHandler({ dependencies }: EndExpiredRulesDependencies): JobHandler<'end-expired-rules'> {
  return {
    kind: 'end-expired-rules',
    async run(_payload, context) {
      const { suppression, clock } = dependencies;
      const decisions = await endDecisions(dependencies, context.signal);
      const now = clock.now();
      const rules = await suppression.due(now, new Date(now.getTime() - RULE_FRESH_MS));
      let findings = 0;
      for (const rule of rules) {
        context.signal.throwIfAborted();
        await takeStep(dependencies, rule);
        findings += await applyInRounds(dependencies, rule.id, context);
      }
      const message = `${counted(decisions, 'decision')} ended, ${counted(rules.length, 'rule')} looked over, ${counted(findings, 'finding')} changed.`;
      return { outcome: 'done', message };
    },
  };
}

async function endDecisions({ suppression, clock }: Dependencies, signal: AbortSignal): Promise<number> {
  let total = 0;
  for (;;) {
    signal.throwIfAborted();
    const ended = await suppression.endDecisions(BATCH, clock.now());
    total += ended;
    if (ended === 0) return total;
  }
}

/** Somebody may have been faster: what is due is decided once more under the lock. */
function takeStep(deps: Dependencies, { id }: SuppressionRule): Promise<void> {
  return deps.atomically(async (tx) => {
    const now = tx.clock.now();
    await tx.suppression.lockRules();
    const rule = await tx.suppression.byId(id);
    const step = rule === null ? null : dueStep(rule, now);
    if (rule === null || step === null) return;
    const changed: SuppressionRule =
      step === 'begin'
        ? { ...rule, inForce: isInForce(rule, now), appliedAt: null }
        : {
            ...rule,
            state: 'ended',
            inForce: false,
            appliedAt: null,
            endedAt: now,
            endedBy: null,
            endReason: reasonOf(rule),
          };
    await tx.suppression.save(changed);
    await tx.users.recordActivity({
      at: now,
      actor: 'harrier',
      action: step === 'begin' ? 'suppression-rule-began' : 'suppression-rule-ended',
      object: rule.name,
      detail: step === 'begin' ? 'Its day has come.' : reasonOf(rule),
      address: '',
      accounts: rule.accounts,
    });
  });
}

function reasonOf({ state }: SuppressionRule): string {
  return state === 'proposed' ? 'Nobody approved it before its end.' : 'Its end has come.';
}

function counted(amount: number, noun: string): string {
  return `${amount.toLocaleString('en-US')} ${noun}${amount === 1 ? '' : 's'}`;
}
