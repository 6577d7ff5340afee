import type { ReportChanges } from '../../core/model/finding.ts';
import type { IntendedExposure } from '../../core/model/intended.ts';
import { portsWord } from '../../core/model/network.ts';
import { beyondExtent } from '../../core/scan/network/extent.ts';
import type { InstanceExposure } from '../../core/scan/network/scanner.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import {
  exposureName,
  notifyOfDrift,
  notifyOfPortsBeside,
  type PortsBeside,
} from '../../operations/notices/notify-of-drift.ts';

interface NetworkLook {
  readonly startedAt: Date;
  readonly exposures: readonly InstanceExposure[];
  /** What it changed, written already. */
  readonly reports: readonly ReportChanges[];
}

/**
 * Holds what a look saw against what is intended there: what is wider than was meant is open again, and whoever answers for
 * it is told. To be called in the transaction of the look.
 */
export async function watchIntended(deps: Dependencies, { startedAt, exposures, reports }: NetworkLook): Promise<void> {
  const intended = await deps.network.intended(reports.map(({ resource }) => resource));
  if (intended.length === 0) return;
  const widened = intended.flatMap((one) => {
    // What this look read may be older than what was meant; the next one decides.
    if (one.markedAt > startedAt) return [];
    const sentence = drift(one, exposures);
    return sentence === null ? [] : [{ intended: one, sentence }];
  });
  if (widened.length > 0) {
    const now = deps.clock.now();
    await deps.network.widen(widened, now);
    for (const { intended: one, sentence } of widened) {
      await deps.users.recordActivity({
        at: now,
        actor: 'harrier',
        action: 'findings-widened',
        object: exposureName(one),
        detail: sentence,
        address: '',
        accounts: [one.accountId],
        record: { findingId: one.finding },
      });
    }
    await notifyOfDrift(deps, widened);
  }
  const beside = portsBeside(intended, reports);
  if (beside.length > 0) await notifyOfPortsBeside(deps, beside);
}

/** What is wider than was meant, in one sentence; null where nothing is, or nobody may call any more. */
function drift({ finding, extent }: IntendedExposure, exposures: readonly InstanceExposure[]): string | null {
  const sources = exposures.find((one) => one.sources.has(finding))?.sources.get(finding);
  return sources === undefined ? null : beyondExtent(sources, extent);
}

/** Ports that the look opened beside intended ones: on the same interface, from the same side. */
function portsBeside(intended: readonly IntendedExposure[], reports: readonly ReportChanges[]): readonly PortsBeside[] {
  const meant = new Set(intended.map(({ finding }) => finding));
  const opened = reports
    .flatMap(({ changes }) =>
      changes.flatMap((change) => (change.kind === 'open' || change.kind === 'reopen' ? [change] : [])),
    )
    .flatMap(({ observation: { key, network } }) =>
      network === undefined || meant.has(key) ? [] : [{ key, network }],
    );
  const openedAt = Map.groupBy(opened, ({ network }) => sideOf(network));
  return [...Map.groupBy(intended, ({ network }) => sideOf(network))].flatMap(([side, [one, ...others]]) => {
    const [first, ...more] = (openedAt.get(side) ?? []).map(({ key, network }) => ({
      finding: key,
      ports: portsWord(network),
    }));
    return one === undefined || first === undefined ? [] : [{ intended: [one, ...others], opened: [first, ...more] }];
  });
}

function sideOf({ interfaceId, category }: { readonly interfaceId: string; readonly category: string }): string {
  return `${interfaceId} ${category}`;
}
