import { reconcile } from '../../core/findings/reconcile.ts';
import type { ReportChanges, ScoredReport, StoredFinding, StoredFindings } from '../../core/model/finding.ts';
import type { FindingKey } from '../../core/model/ids.ts';
import type { VexUse } from '../../core/model/vex.ts';
import type { AdvisoryIndex } from '../../core/ports/advisory-index.ts';
import type { ChangeCounts } from '../../core/ports/finding-store.ts';
import type { StoredInventory } from '../../core/ports/inventory-store.ts';
import type { MatchRecord } from '../../core/ports/resource-store.ts';
import { assessPackages } from '../../core/risk/assess-packages.ts';
import type { ScoringTerms } from '../../core/risk/scoring-terms.ts';
import type { VexBook } from '../../core/scan/package/vex-book.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { reportOf } from './report-of.ts';

export interface RematchInput {
  /** Different resources; those with the same inventory are best handed in together. */
  readonly known: readonly StoredInventory[];
  readonly advisories: AdvisoryIndex;
  readonly vex: VexBook;
  readonly now: Date;
}

/** How many findings a new match changed, by what happened to them. */
export type RematchCounts = ChangeCounts;

const NOTHING: RematchCounts = { open: 0, refresh: 0, reopen: 0, seen: 0, sight: 0, 'drop-origin': 0, close: 0 };

/**
 * Matches the stored inventories of resources anew and reconciles their findings, as a scan would, in one transaction.
 *
 * - The resources were not looked at: there is no record of a scan, and what did not change keeps its time of last sight.
 *   Coverage tells how the packages stand to the index in force.
 * - What no advisory covers any more closes if the inventory is complete. A partial one may be without packages that an
 *   advisory still covers, and findings show only what was seen last; so there only what was withdrawn altogether closes.
 * - A scan that ends meanwhile wins: the resources are locked first, and the inventories are those that they then have.
 */
export function rematchResources(deps: Dependencies, { known, ...input }: RematchInput): Promise<RematchCounts> {
  return deps.atomically(async (inside) => {
    const resources = known.map(({ resource }) => resource);
    const held = await inside.findings.current(resources, 'package', 'harrier');
    const stored = await inside.inventories.currentAll(known);
    const terms = await inside.scoring.hold();
    const matched = stored.flatMap((one) => {
      const findings = held.get(one.resource);
      return findings === undefined ? [] : [match(one, findings, { ...input, terms })];
    });
    await inside.resources.recordMatches(matched.map(({ record }) => record));
    await inside.suppression.saveVexUses(
      new Map(matched.map(({ record, vexUses }) => [record.resource, vexUses])),
      input.now,
    );
    const reports = matched.map(({ report }) => report).filter(({ changes }) => changes.length > 0);
    return reports.length === 0 ? NOTHING : inside.findings.apply(reports, input.now);
  });
}

interface Matched {
  readonly record: MatchRecord;
  readonly vexUses: readonly VexUse[];
  readonly report: ReportChanges;
}

function match(
  { resource, environment, inventory, facts }: StoredInventory,
  held: StoredFindings,
  { advisories, vex, now, terms }: Omit<RematchInput, 'known'> & { readonly terms: ScoringTerms },
): Matched {
  const more = facts === undefined ? {} : { facts };
  const result = assessPackages(inventory, advisories, { resource, environment, now, vex, terms, ...more });
  const report: ScoredReport = {
    ...reportOf(resource, result, now),
    again: true,
    // A complete inventory closes whatever is not seen, withdrawn or not.
    endedKeys: inventory.outcome === 'partial' ? withdrawnKeys(held.findings, advisories) : [],
    closeReason: 'advisory-changed',
  };
  const record: MatchRecord = {
    resource,
    scanType: 'package',
    findings: result.observations.length,
    undecidable: result.undecidable,
    advisoryRevision: result.advisoryRevision,
    advisoryStates: result.advisoryStates,
  };
  return { record, vexUses: result.vexUses ?? [], report: { ...report, changes: reconcile(held, report) } };
}

/** Open findings whose advisories were withdrawn, with none left that names a package. Absence alone proves nothing. */
function withdrawnKeys(findings: readonly StoredFinding[], advisories: AdvisoryIndex): readonly FindingKey[] {
  const isWithdrawn = ({ vulnerability }: StoredFinding): boolean =>
    advisories.named(vulnerability).some(({ withdrawn }) => withdrawn !== null) &&
    advisories.statements(vulnerability).every(({ record }) => record.withdrawn !== null);
  return findings.filter((finding) => finding.status !== 'CLOSED' && isWithdrawn(finding)).map(({ key }) => key);
}
