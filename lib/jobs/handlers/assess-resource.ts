import type { Inventory } from '../../core/model/inventory.ts';
import type { Resource } from '../../core/model/resource.ts';
import { criticalityOfTags } from '../../core/model/resource-facts.ts';
import type { PackageScanResult } from '../../core/model/scan-result.ts';
import type { AdvisoryIndex } from '../../core/ports/advisory-index.ts';
import { assessPackages } from '../../core/risk/assess-packages.ts';
import type { ScoringTerms } from '../../core/risk/scoring-terms.ts';
import type { VexBook } from '../../core/scan/package/vex-book.ts';
import type { Dependencies } from '../../operations/dependencies.ts';

export interface AssessInput {
  readonly resource: Resource;
  readonly inventory: Inventory;
  readonly advisories: AdvisoryIndex;
  readonly terms: ScoringTerms;
  readonly now: Date;
}

export type Assess = (input: AssessInput) => PackageScanResult;

/** Matches and scores inventories of resources by what is stored of each; how much one matters is told by the tags that it has now. */
export async function assessor(
  deps: Dependencies,
  resources: readonly Resource[],
  vex: VexBook | null,
): Promise<Assess> {
  const stored = new Map(
    await Promise.all(resources.map(async ({ id }) => [id, await deps.resources.facts(id)] as const)),
  );
  return ({ resource, inventory, advisories, terms, now }) => {
    if (inventory.outcome === 'failed') return failedResult(inventory, advisories);
    const facts = stored.get(resource.id);
    return assessPackages(inventory, advisories, {
      resource: resource.id,
      environment: resource.environment,
      now,
      terms,
      ...(facts === undefined ? {} : { facts: { ...facts, criticality: criticalityOfTags(resource.tags) } }),
      ...(vex === null ? {} : { vex }),
    });
  };
}

/** What nobody could read was not matched. */
function failedResult(inventory: Inventory, advisories: AdvisoryIndex): PackageScanResult {
  return {
    inventory,
    observations: [],
    undecidable: 0,
    advisoryStates: [],
    advisoryRevision: advisories.revision(),
    outcome: 'failed',
    diagnostics: inventory.diagnostics,
  };
}
