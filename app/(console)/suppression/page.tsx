import type { Metadata } from 'next';
import { connection } from 'next/server';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import type { SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import type { EstateValues } from '@/lib/core/findings/query/complete-query.ts';
import { type SuppressionSummary, summaryOf } from '@/lib/core/findings/suppression-summary.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { WHOLE_ESTATE } from '@/lib/core/model/scope.ts';
import { getScopeChoices } from '@/lib/operations/console/get-scope-choices.ts';
import { listRuleOwners } from '@/lib/operations/suppression/list-rule-owners.ts';
import { listSuppressionRules } from '@/lib/operations/suppression/list-suppression-rules.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { RuleBoard } from './_components/rule-board.tsx';
import { parseRuleSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Suppression rules' };

export default async function SuppressionPage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const { deps, caller } = await requireCaller();
  const search = parseRuleSearch(await searchParams);
  const mayPropose = isAllowed(caller.role, 'suppression:propose');
  const [rules, ended, owners, choices] = await Promise.all([
    settle(ask(listSuppressionRules, { ended: false }), 'Suppression rules'),
    search.tab === 'ended' ? settle(ask(listSuppressionRules, { ended: true }), 'Ended rules') : null,
    mayPropose ? settle(ask(listRuleOwners, {}), 'Owners of rules') : null,
    mayPropose ? settle(ask(getScopeChoices, { scope: WHOLE_ESTATE }), 'Values of the estate') : null,
  ]);
  const estate: EstateValues = choices?.ok
    ? {
        accounts: choices.value.accounts.map(({ id, name }) => ({ value: id, label: name })),
        regions: choices.value.regions.map((value) => ({ value })),
        environments: choices.value.environments.map((value) => ({ value })),
      }
    : {};

  const failed = [rules, ended ?? rules].find((one) => !one.ok);
  const shown = ended ?? rules;
  if (!rules.ok || !shown.ok) {
    return (
      <>
        <PageHeader title="Suppression rules" />
        <div className="max-w-[640px] px-(--gutter) pt-4">
          <ErrorState title="Suppression rules did not load" message={failed?.ok === false ? failed.message : ''} />
        </div>
      </>
    );
  }
  return (
    <RuleBoard
      key={search.tab}
      answer={answerOf(summaryOf(rules.value.rules))}
      tab={search.tab}
      rules={shown.value.rules}
      vex={rules.value.vex}
      counts={{ active: rules.value.rules.length, vex: rules.value.vex.length }}
      selected={search.selected}
      draft={search.draft}
      owners={owners?.ok ? owners.value : []}
      estate={estate}
      reader={{ id: caller.userId, mayPropose, mayWrite: isAllowed(caller.role, 'suppression:write') }}
      now={deps.clock.now()}
    />
  );
}

/** `14 rules hide 6,204 findings (412 high), 2 end this week, 1 matches nothing`. */
function answerOf(summary: SuppressionSummary): string {
  const { rules, hidden, critical, high, waiting, endingSoon, matchingNothing, newlyExploited } = summary;
  if (rules === 0) return 'Nothing is hidden by a rule';
  const grave = [critical > 0 ? `${formatCount(critical)} critical` : '', high > 0 ? `${formatCount(high)} high` : ''];
  const named = grave.filter((part) => part !== '').join(', ');
  const parts = [
    `${formatCounted(rules, 'rule')} ${rules === 1 ? 'hides' : 'hide'} ${formatCounted(hidden, 'finding')}${named ? ` (${named})` : ''}`,
    newlyExploited > 0
      ? `${formatCount(newlyExploited)} ${newlyExploited === 1 ? 'hides' : 'hide'} something newly exploited`
      : '',
    waiting > 0 ? `${formatCount(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for a second person` : '',
    endingSoon > 0 ? `${formatCount(endingSoon)} ${endingSoon === 1 ? 'ends' : 'end'} this week` : '',
    matchingNothing > 0 ? `${formatCount(matchingNothing)} ${matchingNothing === 1 ? 'matches' : 'match'} nothing` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
