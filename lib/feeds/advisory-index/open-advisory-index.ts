import { join } from 'node:path';
import { byMaturity } from '../../core/advisories/exploit-references.ts';
import type { AdvisoryRecord, ExploitReference, SeverityStatement } from '../../core/model/advisory.ts';
import { ecosystemOfKey, type PackageKey } from '../../core/model/ids.ts';
import type {
  AdvisoryEntry,
  AdvisoryIndex,
  EcosystemStatus,
  VulnerabilitySignals,
} from '../../core/ports/advisory-index.ts';
import { type EpssPack, openEpssPack } from './epss-pack.ts';
import { type IndexFiles, indexFiles, readPointer } from './index-files.ts';
import { openKevPack } from './kev-pack.ts';
import { type OsvPack, openOsvPack } from './osv-pack.ts';
import { type Revision, readRevision, type StoredSource } from './revision.ts';
import { readSourceStates } from './source-state.ts';

const EMPTY: AdvisoryIndex = {
  revision: () => null,
  find: () => new Map(),
  named: () => [],
  statements: () => [],
  signals: () => new Map(),
  ecosystems: () => [],
  close: () => undefined,
};

interface OpenSource {
  readonly source: StoredSource;
  readonly pack: OsvPack;
}

interface OpenRevision {
  readonly revision: Revision;
  readonly advisories: readonly OpenSource[];
  readonly kev: ReturnType<typeof openKevPack> | null;
  readonly epss: EpssPack | null;
  close(): void;
}

/**
 * The index in force, read-only. A revision that does not open whole is passed by for the one before it; without
 * either the index is empty (revision null), which every reader reports.
 */
export function openAdvisoryIndex(dataDirectory: string): AdvisoryIndex {
  const files = indexFiles(dataDirectory);
  // A sync may replace the pointer and remove a file between the two steps; the second look finds the new one.
  for (let tries = 0; tries < 2; tries += 1) {
    const pointer = readPointer(files);
    for (const name of [pointer?.revision, pointer?.previous]) {
      const opened = name == null ? null : openRevision(files, name);
      if (opened !== null) {
        return toIndex(opened, files);
      }
    }
  }
  return EMPTY;
}

/**
 * All packs of a revision, or null when one of them does not open. With `whole`, everything that readers hold in
 * memory is read and checked at once.
 */
export function openRevision(files: IndexFiles, name: string, whole = false): OpenRevision | null {
  const revision = readRevision(files, name);
  if (revision === null) {
    return null;
  }
  const opened: { close(): void }[] = [];
  const kept = <Pack extends { close(): void }>(pack: Pack): Pack => {
    opened.push(pack);
    return pack;
  };
  try {
    const pathOf = ({ pack }: StoredSource): string => join(files.directory, pack);
    const kev = revision.sources.find((source) => source.name === 'kev');
    const epss = revision.sources.find((source) => source.name === 'epss');
    const found: OpenRevision = {
      revision,
      kev: kev === undefined ? null : kept(openKevPack(pathOf(kev))),
      epss: epss === undefined ? null : kept(openEpssPack(pathOf(epss))),
      advisories: revision.sources
        .filter((source) => source !== kev && source !== epss)
        .map((source) => ({ source, pack: kept(openOsvPack(pathOf(source))) })),
      close: () => closeAll(opened),
    };
    if (whole) {
      found.epss?.load();
      for (const { pack } of found.advisories) {
        pack.load();
      }
    }
    return found;
  } catch {
    // Damaged, of another format, or just removed: the caller looks elsewhere.
    closeAll(opened);
    return null;
  }
}

function closeAll(packs: readonly { close(): void }[]): void {
  for (const pack of packs) {
    pack.close();
  }
}

function toIndex(opened: OpenRevision, files: IndexFiles): AdvisoryIndex {
  const { revision, advisories, kev, epss } = opened;
  const byBase = packsBy(advisories, baseOf);
  const byRelease = packsBy(advisories, (ecosystem) => ecosystem);
  const named = (name: string): readonly AdvisoryRecord[] => advisories.flatMap(({ pack }) => pack.named(name));
  return {
    revision: () => revision.revision,
    find(keys) {
      const found = new Map<PackageKey, readonly AdvisoryEntry[]>();
      for (const key of keys) {
        const packs = byBase.get(baseOf(key));
        // Distributions with a source for each branch have dozens of packs, of which one or two know the release.
        const near = packs !== undefined && packs.length > 1 ? byRelease.get(ecosystemOfKey(key)) : packs;
        const entries = findIn(near, key);
        if (entries.length > 0) {
          found.set(key, entries);
        }
      }
      return found;
    },
    named,
    statements: (name) =>
      newestOfEach(
        advisories.flatMap(({ pack }) => pack.statements(name)),
        ({ key, record }) => `${key} ${record.id}`,
      ),
    signals(ids) {
      const found = new Map<string, VulnerabilitySignals>();
      for (const id of new Set(ids)) {
        const score = epss?.scoreOf(id) ?? null;
        const entry = kev?.entryOf(id) ?? null;
        const lenders = named(id).filter((record) => speaksOf(record, id));
        const severities = ratingsOf(lenders);
        const exploits = exploitsOf(lenders);
        if (score !== null || entry !== null || severities.length > 0 || exploits.length > 0) {
          const lent = exploits.length === 0 ? {} : { exploits };
          found.set(id, { epss: score, kev: entry, severities, ...lent });
        }
      }
      return found;
    },
    ecosystems: () => ecosystemsOf(advisories, files),
    close: opened.close,
  };
}

function packsBy(
  advisories: readonly OpenSource[],
  nameOf: (ecosystem: string) => string,
): ReadonlyMap<string, readonly OsvPack[]> {
  const packs = new Map<string, OsvPack[]>();
  for (const { pack } of advisories) {
    for (const name of new Set(Object.keys(pack.facts.releases).map(nameOf))) {
      packs.set(name, [...(packs.get(name) ?? []), pack]);
    }
  }
  return packs;
}

/** The name of an ecosystem without its release, or of the one that a key starts with. */
function baseOf(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 47 || code === 58) {
      return text.slice(0, at);
    }
  }
  return text;
}

const NOTHING: readonly AdvisoryEntry[] = [];

function findIn(packs: readonly OsvPack[] | undefined, key: PackageKey): readonly AdvisoryEntry[] {
  const [only, ...others] = packs ?? [];
  if (only === undefined) {
    return NOTHING;
  }
  if (others.length === 0) {
    return only.find(key);
  }
  return newestOfEach(
    [only, ...others].flatMap((pack) => pack.find(key)),
    ({ record }) => record.id,
  ).sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
}

/** Where several sources hold one record, what the one that was changed last says of a package is all that counts. */
function newestOfEach<Entry extends AdvisoryEntry>(
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string,
): Entry[] {
  const newest = new Map<string, Entry>();
  for (const entry of entries) {
    const known = newest.get(nameOf(entry));
    if (known === undefined || known.record.modified < entry.record.modified) {
      newest.set(nameOf(entry), entry);
    }
  }
  return [...newest.values()];
}

/**
 * True for a record from which others of a name may borrow. A notice that bundles several CVEs rates the worst of them, so
 * what it says is nobody's but its own; a withdrawn record lends nothing.
 */
function speaksOf({ id, aliases, upstream, withdrawn }: AdvisoryRecord, name: string): boolean {
  return withdrawn === null && (id === name || aliases.includes(name) || upstream.length === 1);
}

function ratingsOf(lenders: readonly AdvisoryRecord[]): readonly SeverityStatement[] {
  const ratings = lenders.flatMap(({ severities }) =>
    severities.map((rating) => [`${rating.source} ${rating.type} ${rating.value}`, rating] as const),
  );
  return [...new Map(ratings)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rating]) => rating);
}

function exploitsOf(lenders: readonly AdvisoryRecord[]): readonly ExploitReference[] {
  const exploits = lenders.flatMap((record) => record.exploits ?? []);
  return [...new Map(exploits.map((one) => [one.url, one])).values()].sort(byMaturity);
}

function ecosystemsOf(advisories: readonly OpenSource[], files: IndexFiles): readonly EcosystemStatus[] {
  const states = readSourceStates(files.state);
  const statuses = new Map<string, EcosystemStatus>();
  for (const { source, pack } of advisories) {
    const syncedAt = states[source.name]?.checkedAt ?? source.syncedAt;
    for (const [ecosystem, { records, newest }] of Object.entries(pack.facts.releases)) {
      const known = statuses.get(ecosystem);
      const newestRecord = Math.max(newest, known?.newestRecord?.getTime() ?? 0);
      statuses.set(ecosystem, {
        ecosystem,
        records: records + (known?.records ?? 0),
        newestRecord: newestRecord === 0 ? null : new Date(newestRecord),
        // Several sources are as fresh as the one that was looked at last longest ago.
        syncedAt: known !== undefined && known.syncedAt < syncedAt ? known.syncedAt : syncedAt,
      });
    }
  }
  return [...statuses.values()].sort((a, b) => (a.ecosystem < b.ecosystem ? -1 : 1));
}
