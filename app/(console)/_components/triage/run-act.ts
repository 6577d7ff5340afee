import type { QueryClient } from '@tanstack/react-query';
import { reviveFindingRow, type Wire } from '@/components/findings/revive-finding.ts';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import type { SeenFinding, SkipReason, TriageReport } from '@/lib/core/model/triage-act.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';
import { patchFindings, replaceFindings } from '../../findings/_components/findings-cache.ts';
import { assignFindingsAction, setFindingStatusAction, snoozeFindingsAction, undoTriageActAction } from './actions.ts';
import { applyAct, describeAct, type TriageAct } from './triage-act.ts';
import type { TriageTarget } from './use-triage.ts';

/**
 * Does an act at once on the screen, then on the server; tells what became of it, with the way back. Whether any finding was changed.
 * The same id again does it once.
 */
export async function runAct(
  client: QueryClient,
  target: TriageTarget,
  act: TriageAct,
  actId: string,
): Promise<boolean> {
  const rows = target.kind === 'rows' ? target.rows : [];
  const ids = new Set(rows.map(({ id }) => id));
  const before = new Map<string, FindingRow>();
  patchFindings(client, (row) => {
    if (!ids.has(row.id)) return row;
    before.set(row.id, row);
    return applyAct(row, act);
  });
  const giveBack = () => patchFindings(client, (row) => before.get(row.id) ?? row);
  let result: ActionResult<TriageReport & { readonly jobId: string | null }>;
  try {
    result = await send(target, act, actId);
  } catch {
    giveBack();
    // The same id again does it once, whether or not the first request arrived.
    showToast('The server did not answer, and nothing is known to have changed.', {
      error: true,
      action: { label: 'Try again', run: () => void runAct(client, target, act, actId) },
    });
    return false;
  }
  if (!result.ok) {
    giveBack();
    showToast(result.message, { error: true });
    return false;
  }
  const report = result.value.jobId === null ? result.value : await untilDone(result.value);
  await refresh(client, rows);
  await client.invalidateQueries({ queryKey: ['finding-counts'] });
  const isWhole = report.skipped.length === 0 && report.applied > 0;
  const words = (count: number) => `${formatCounted(count, 'finding')} ${describeAct(act)}`;
  showToast(reportWords(report, act), {
    merge: isWhole ? { key: JSON.stringify(act), count: report.applied, words } : null,
    ...(report.applied === 0 ? { error: true } : { undo: () => void undo(client, actId, target) }),
  });
  return report.applied > 0;
}

function send(target: TriageTarget, act: TriageAct, actId: string) {
  const selection =
    target.kind === 'rows'
      ? { kind: 'findings', findings: target.rows.map(({ id, version }): SeenFinding => ({ id, version })) }
      : { kind: 'query', scope: target.scope, query: target.query };
  switch (act.kind) {
    case 'assign':
      return assignFindingsAction({
        actId,
        selection,
        ...(act.owner === undefined ? {} : { owner: act.owner?.id ?? null }),
        ...(act.team === undefined ? {} : { team: act.team }),
      });
    case 'status':
      return setFindingStatusAction({ actId, selection, status: act.status, reason: act.reason, until: act.until });
    case 'snooze':
      return snoozeFindingsAction({ actId, selection, until: act.until });
  }
}

const ASK_AGAIN_MS = 1_000;

/** A large act is a job; what has become of it is asked for until it has ended. */
async function untilDone(started: TriageReport): Promise<TriageReport> {
  showToast(`Working on ${formatCounted(started.findings, 'finding')}; you can go on meanwhile.`);
  let report = started;
  while (report.waiting > 0) {
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    const answer = await fetch(`/api/triage-acts/${started.actId}`).catch(() => null);
    if (answer?.ok) report = (await answer.json()) as TriageReport;
    else if (answer !== null && answer.status < 500) return report;
  }
  return report;
}

/** Shows the rows as they are now, whoever changed them. */
async function refresh(client: QueryClient, rows: readonly SeenFinding[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 100) {
    const seen = rows.slice(start, start + 100).map(({ id, version }) => `${id}.${version}`);
    const answer = await fetch(`/api/findings/changes?seen=${seen.join(',')}`).catch(() => null);
    if (answer?.ok) {
      replaceFindings(client, ((await answer.json()) as readonly Wire<FindingRow>[]).map(reviveFindingRow));
    }
  }
}

async function undo(client: QueryClient, actId: string, target: TriageTarget): Promise<void> {
  const result = await undoTriageActAction({ actId }).catch(() => null);
  if (result?.ok !== true) {
    showToast(result?.message ?? 'The server did not answer; the act stands.', { error: true });
    return;
  }
  // No finding has version 0, so all of them are asked for.
  await refresh(client, target.kind === 'rows' ? target.rows.map(({ id }) => ({ id, version: 0 })) : []);
  await client.invalidateQueries({ queryKey: ['finding-counts'] });
  const { applied, skipped } = result.value;
  const words = (count: number) => `${formatCounted(count, 'finding')} as before`;
  showToast(words(applied) + skippedWords(skipped), {
    merge: skipped.length === 0 ? { key: 'as before', count: applied, words } : null,
  });
  target.onUndone?.();
}

function reportWords(report: TriageReport, act: TriageAct): string {
  if (report.applied === 0 && report.waiting === 0) {
    const words = reasonWords(report.skipped);
    return words === '' ? 'Nothing changed.' : `Nothing changed: ${words}.`;
  }
  return `${formatCounted(report.applied, 'finding')} ${describeAct(act)}${skippedWords(report.skipped)}`;
}

const SKIP_WORDS: Readonly<Record<SkipReason, string>> = {
  'not-found': 'no longer there',
  changed: 'changed meanwhile',
  closed: 'closed by a scan',
  suppressed: 'hidden by a rule',
  unchanged: 'so already',
  right: 'beyond your rights',
  owner: 'out of the owner’s sight',
};

/** `2 changed meanwhile (Ines Kovar: Accepted until 2026-12-31), 1 closed by a scan`; without a number where it is one reason. */
function reasonWords(groups: TriageReport['skipped']): string {
  return groups
    .map(({ reason, count, examples }) => {
      const last = examples[0]?.lastChange;
      const who = last == null ? '' : ` (${last.by}: ${last.what.replace(/\.$/, '')})`;
      return `${groups.length > 1 ? `${formatCount(count)} ` : ''}${SKIP_WORDS[reason]}${who}`;
    })
    .join(', ');
}

/** `, 3 skipped: 2 changed meanwhile (Ines Kovar: Accepted until 2026-12-31.), 1 closed by a scan`. */
function skippedWords(groups: TriageReport['skipped']): string {
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  return count === 0 ? '' : `, ${formatCount(count)} skipped: ${reasonWords(groups)}`;
}
