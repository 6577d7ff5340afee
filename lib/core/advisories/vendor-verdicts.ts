import type { AdvisoryRange, AffectedPackage } from '../model/advisory.ts';
import { NEVER_AFFECTED } from './never-affected.ts';

/** What a vendor says of a package of its own: open, mended in a version, not concerned, or not looked at yet. */
export type VendorVerdict =
  | { readonly kind: 'unfixed' | 'unaffected' | 'unknown' }
  | { readonly kind: 'fixed'; readonly version: string };

interface Said {
  readonly ecosystem: string;
  readonly name: string;
  readonly fixes: Set<string>;
  readonly kinds: Set<VendorVerdict['kind']>;
}

/** Collects verdicts by package, in the order in which packages are first named. */
export interface VendorVerdicts {
  add(ecosystem: string, name: string, verdict: VendorVerdict): void;
  size(): number;
  affected(): readonly AffectedPackage[];
}

export function vendorVerdicts(): VendorVerdicts {
  const byKey = new Map<string, Said>();
  return {
    add(ecosystem, name, verdict) {
      const key = `${ecosystem}/${name}`;
      const said = byKey.get(key) ?? { ecosystem, name, fixes: new Set(), kinds: new Set() };
      byKey.set(key, said);
      said.kinds.add(verdict.kind);
      if (verdict.kind === 'fixed') {
        said.fixes.add(verdict.version);
      }
    },
    size: () => byKey.size,
    affected: () => [...byKey.values()].map(toAffected),
  };
}

/**
 * Unfixed outranks fixed, and fixed outranks not affected: a build that is not affected says nothing of others. Where a
 * flaw was fixed several times, each fix is a range of its own, so that the last one counts.
 */
function toAffected({ ecosystem, name, fixes, kinds }: Said): AffectedPackage {
  return { ecosystem, name, ranges: rangesOf(fixes, kinds), versions: [] };
}

function rangesOf(fixes: ReadonlySet<string>, kinds: Said['kinds']): readonly AdvisoryRange[] {
  const range = (...events: AdvisoryRange['events']): AdvisoryRange => ({ type: 'ECOSYSTEM', events });
  if (kinds.has('unfixed')) {
    return [range({ introduced: '0' })];
  }
  if (fixes.size > 0) {
    return [...fixes].sort().map((fixed) => range({ introduced: '0' }, { fixed }));
  }
  // Without a range nobody can decide.
  return kinds.has('unknown') ? [] : NEVER_AFFECTED;
}
