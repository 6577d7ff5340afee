import { EmptyState } from '@/components/ui/block-state.tsx';
import type { RuleTab } from '../search-params.ts';

/** Why a list of rules is empty. */
export function NoRules({ tab }: { readonly tab: RuleTab }) {
  return (
    <div className="max-w-[640px] px-(--gutter) pt-4">
      {tab === 'active' ? (
        <EmptyState kind="clean" title="Nothing is hidden">
          No rule hides a finding from you. A rule hides what its query finds until a day, with a reason; it never
          closes anything.
        </EmptyState>
      ) : null}
      {tab === 'ended' ? (
        <EmptyState kind="no-match" title="No rule has ended">
          Rules that end, on their day or before it, are kept here with who ended them and why.
        </EmptyState>
      ) : null}
      {tab === 'vex' ? (
        <EmptyState kind="no-match" title="No supplier's statement is in use">
          VEX documents say of a product that a vulnerability is not in it. What they keep out of the findings is listed
          here.
        </EmptyState>
      ) : null}
    </div>
  );
}
