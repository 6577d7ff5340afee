import { reconcile } from '../../core/findings/reconcile.ts';
import type { ScoredReport, StoredFinding } from '../../core/model/finding.ts';
import type { FindingKey } from '../../core/model/ids.ts';
import type { AdvisoryIndex } from '../../core/ports/advisory-index.ts';
import type { ChangeCounts } from '../../core/ports/finding-store.ts';
import type { StoredInventory } from '../../core/ports/inventory-store.ts';
import { assessPackages } from '../../core/risk/assess-packages.ts';
import type { VexBook } from '../../core/scan/package/vex-book.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { reportOf } from './report-of.ts';

export interface RematchInput {
  readonly known: StoredInventory;
  readonly advisories: AdvisoryIndex;
  readonly vex: VexBook;
  readonly now: Date;
}

/** How many findings of a resource a new match changed, by what happened to them. */
export type RematchCounts = ChangeCounts;

const NOTHING: RematchCounts = { open: 0, refresh: 0, reopen: 0, seen: 0, sight: 0, 'drop-origin': 0, close: 0 };

/**
 * Matches the stored inventory of a resource anew and reconciles its findings, as a scan would, in one transaction.
 *
 * - The resource was not looked at: there is no record of a scan, and what did not change keeps its time of last sight.
 *   Coverage tells how the packages stand to the index in force.
 * - What no advisory covers any more closes if the inventory is complete. A partial one may be without packages that an
 *   advisory still covers, and findings show only what was seen last; so there only what was withdrawn altogether closes.
 * - A scan that ends meanwhile wins: the resource is locked first, and the inventory is the one that it then has.
 */
export function rematchResource(deps: Dependencies, input: RematchInput): Promise<RematchCounts> {
  const { known, advisories, vex, now } = input;
  return deps.atomically(async (inside) => {
    const held = (await inside.findings.current([known.resource], 'package', 'harrier')).get(known.resource);
    const stored = await inside.inventories.current(known);
    if (held === undefined || stored === null) {
      return NOTHING;
    }
    const { resource, environment, inventory, facts } = stored;
    const more = facts === undefined ? {} : { facts };
    const result = assessPackages(inventory, advisories, { resource, environment, now, vex, ...more });
    const report: ScoredReport = {
      ...reportOf(resource, result, now),
      again: true,
      // A complete inventory closes whatever is not seen, withdrawn or not.
      endedKeys: inventory.outcome === 'partial' ? withdrawnKeys(held.findings, advisories) : [],
      closeReason: 'advisory-changed',
    };
    const changes = reconcile(held, report);
    await inside.resources.recordMatch({
      resource,
      scanType: 'package',
      findings: result.observations.length,
      undecidable: result.undecidable,
      advisoryRevision: result.advisoryRevision,
      advisoryStates: result.advisoryStates,
    });
    await inside.suppression.saveVexUses(new Map([[resource, result.vexUses ?? []]]), now);
    return changes.length === 0 ? NOTHING : inside.findings.apply([{ ...report, changes }], now);
  });
}

/** Open findings whose advisories were withdrawn, with none left that names a package. Absence alone proves nothing. */
function withdrawnKeys(findings: readonly StoredFinding[], advisories: AdvisoryIndex): readonly FindingKey[] {
  const isWithdrawn = ({ vulnerability }: StoredFinding): boolean =>
    advisories.named(vulnerability).some(({ withdrawn }) => withdrawn !== null) &&
    advisories.statements(vulnerability).every(({ record }) => record.withdrawn !== null);
  return findings.filter((finding) => finding.status !== 'CLOSED' && isWithdrawn(finding)).map(({ key }) => key);
}
