import { Chip } from '@/components/ui/chip.tsx';
import type { ListedRule } from '@/lib/core/model/suppression.ts';

/** How a rule stands, in two words. */
export function RuleState({ rule, now }: { readonly rule: ListedRule; readonly now: Date }) {
  if (rule.state === 'ended') return <Chip kind="stale">Ended</Chip>;
  if (rule.state === 'proposed') return <Chip>Waits for a second person</Chip>;
  if (rule.proposedEnd !== null) return <Chip>Later end waits</Chip>;
  if (rule.startsAt > now) return <Chip>Begins later</Chip>;
  return <Chip kind="plain">Active</Chip>;
}
