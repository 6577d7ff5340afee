import { byMaturity } from '../../core/advisories/exploit-references.ts';
import { resourceId } from '../../core/model/ids.ts';
import type { AdvisoryIndex, VulnerabilitySignals } from '../../core/ports/advisory-index.ts';
import type { StoredSignals } from '../../core/ports/signal-store.ts';
import type { VexBook } from '../../core/scan/package/vex-book.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { rematchResources } from './rematch-resources.ts';

export interface RescoreInput {
  readonly advisories: AdvisoryIndex;
  readonly vex: VexBook;
  readonly now: Date;
  readonly signal: AbortSignal;
}

export interface RescoreCounts {
  /** Findings whose score moved. */
  readonly scored: number;
  readonly opened: number;
  readonly closed: number;
  readonly changed: number;
}

/** Vulnerabilities that are compared and written in one transaction. */
const CHUNK = 2_000;

/**
 * Holds what is on record of exploitation against the index in force. EPSS and published exploits move scores: those alone
 * are written. Whoever entered or left the catalogue of known exploited flaws may change its severity too, so its
 * resources are matched anew. The second run finds nothing to do.
 */
export async function rescoreFindings(deps: Dependencies, input: RescoreInput): Promise<RescoreCounts> {
  const counts = { scored: 0, opened: 0, closed: 0, changed: 0 };
  for (let after = ''; ; ) {
    input.signal.throwIfAborted();
    const stored = await deps.signals.after(after, CHUNK);
    const last = stored.at(-1);
    if (last === undefined) {
      return counts;
    }
    after = last.id;
    const found = input.advisories.signals(stored.map(({ id }) => id));
    const moved = stored.flatMap((one) => movedSignals(one, found.get(one.id)) ?? []);
    const listed = moved.filter(({ isListed }) => isListed).map(({ signals }) => signals.id);
    const others = moved.filter(({ isListed }) => !isListed).map(({ signals }) => signals);
    if (others.length > 0) {
      counts.scored += await deps.signals.save(others, input.now);
    }
    await rematchAll(deps, listed, input, counts);
  }
}

interface Moved {
  readonly signals: StoredSignals;
  /** It entered or left the catalogue, or its entry says something else. */
  readonly isListed: boolean;
}

/** Null where the index says what is on record, or nothing: what a source left out today is not taken back. */
function movedSignals(stored: StoredSignals, found: VulnerabilitySignals | undefined): Moved | null {
  if (found === undefined) {
    return null;
  }
  const exploit =
    [...(found.exploits ?? []), ...(stored.exploit === null ? [] : [stored.exploit])].sort(byMaturity)[0] ?? null;
  const epss = found.epss ?? stored.epss;
  const isListed = JSON.stringify(found.kev) !== JSON.stringify(stored.kev) && !isSameEntry(found, stored);
  const isScored = epss?.probability !== stored.epss?.probability || exploit?.maturity !== stored.exploit?.maturity;
  return isListed || isScored ? { signals: { id: stored.id, epss, kev: found.kev, exploit }, isListed } : null;
}

function isSameEntry({ kev }: VulnerabilitySignals, { kev: before }: StoredSignals): boolean {
  return (
    kev?.dateAdded === before?.dateAdded && kev?.dueDate === before?.dueDate && kev?.ransomware === before?.ransomware
  );
}

async function rematchAll(
  deps: Dependencies,
  ids: readonly string[],
  { advisories, vex, now, signal }: RescoreInput,
  counts: { opened: number; closed: number; changed: number },
): Promise<void> {
  if (ids.length === 0) {
    return;
  }
  for (const key of await deps.signals.resourcesWith(ids)) {
    signal.throwIfAborted();
    const known = await deps.inventories.of(resourceId(key));
    if (known !== null) {
      const done = await rematchResources(deps, { known: [known], advisories, vex, now });
      counts.opened += done.open + done.reopen;
      counts.closed += done.close;
      counts.changed += done.refresh;
    }
  }
}
