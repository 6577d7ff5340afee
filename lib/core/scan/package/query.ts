import { evaluateAffected } from '../../advisories/range.ts';
import { ecosystemOfOsv } from '../../ecosystems/registry.ts';
import { packageKey } from '../../model/ids.ts';
import type { AdvisoryIndex } from '../../ports/advisory-index.ts';

/** A package named as OSV names it, with an ecosystem such as `Debian:12` or `npm`. */
export interface PackageQuery {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
}

export type QueryAnswer =
  | {
      /** Ids of the records that apply, sorted, before any merging of aliases. */
      readonly ids: readonly string[];
      readonly matches: readonly {
        readonly id: string;
        readonly aliases: readonly string[];
        readonly fixed: string | null;
        readonly range: string;
      }[];
    }
  | { readonly undecidable: string };

/** Answers one question about one package. A record that cannot be decided counts where no other one applies. */
export function matchQuery(query: PackageQuery, index: AdvisoryIndex): QueryAnswer {
  const ecosystem = ecosystemOfOsv(query.ecosystem);
  if (ecosystem === null) {
    return { undecidable: `the ecosystem "${query.ecosystem.slice(0, 60)}" is not known` };
  }
  const key = packageKey(query.ecosystem, ecosystem.normalizeName(query.name));
  const version = ecosystem.versions.parse(query.version);
  if (version === null) {
    return { undecidable: `"${query.version.slice(0, 60)}" is not a ${ecosystem.versions.id} version` };
  }
  const matches = [];
  let reason: string | null = null;
  for (const { record, affected } of index.find([key]).get(key) ?? []) {
    const verdicts = affected.map((entry) => evaluateAffected(entry, query.version, ecosystem.versions));
    const found = verdicts.find((verdict) => verdict.kind === 'affected');
    if (record.withdrawn !== null) {
      continue;
    }
    if (found !== undefined) {
      matches.push({ id: record.id, aliases: record.aliases, fixed: found.fixedVersion, range: found.range });
    } else {
      const open = verdicts.find((verdict) => verdict.kind === 'undecidable');
      reason ??= open === undefined ? null : `${record.id}: ${open.reason}`;
    }
  }
  if (matches.length === 0 && reason !== null) {
    return { undecidable: reason };
  }
  matches.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ids: matches.map((match) => match.id), matches };
}
