import { ecosystemOfOsv } from '../ecosystems/registry.ts';
import type { Advisory, AdvisoryRange, AffectedPackage, RangeEvent } from '../model/advisory.ts';
import { asArray, asObject, asText, textsOf } from '../model/raw.ts';
import { exploitReferencesOf } from './exploit-references.ts';
import { severitiesOf } from './osv-severity.ts';

export interface RefusedRecord {
  /** One phrase that says what is wrong; records with the same fault get the same phrase, so that they can be counted. */
  readonly refused: string;
}

const DETAILS_LENGTH_MAX = 4000;
const SUMMARY_LENGTH_MAX = 500;
const REFERENCES_MAX = 30;
const ALIASES_MAX = 500;
const AFFECTED_MAX = 20_000;
const EVENTS_MAX = 2_000;
const VERSIONS_MAX = 50_000;
const ID = /^[A-Za-z0-9][A-Za-z0-9:._-]{1,127}$/;
const CVE = /^CVE-[0-9]{4}-[0-9]{4,19}$/;
/** Notices of distributions bundle several flaws; older ones name them under `related`. */
const NOTICE = /^(?:USN|LSN|DSA|DLA|DTSA|ALSA|ALBA|ALEA|RLSA|RXSA|RHSA|RHBA|RHEA|ELSA|SUSE|openSUSE|ALAS\w*|MGASA)-/;

/** Turns one OSV record into the model, taking only what is used. Specification: the OSV schema, version 1.7. */
export function toAdvisory(raw: unknown): Advisory | RefusedRecord {
  const record = asObject(raw);
  const id = asText(record?.id);
  if (record === null || id === null || !ID.test(id)) {
    return { refused: 'no valid id' };
  }
  const modified = dateOf(record.modified);
  if (modified === null) {
    return { refused: 'no valid date of modification' };
  }
  const affected = affectedOf(record.affected);
  if ('refused' in affected) {
    return affected;
  }
  const exploits = exploitReferencesOf(record.references);
  const withdrawn = dateOf(record.withdrawn);
  if (record.withdrawn !== undefined && record.withdrawn !== null && withdrawn === null) {
    return { refused: 'no valid date of withdrawal' };
  }
  return {
    id,
    aliases: idsOf(record.aliases).filter((alias) => alias !== id),
    upstream: upstreamOf(id, record),
    summary: cut(asText(record.summary) ?? '', SUMMARY_LENGTH_MAX),
    details: cut(asText(record.details) ?? '', DETAILS_LENGTH_MAX),
    published: dateOf(record.published),
    modified,
    withdrawn,
    severities: severitiesOf(id, record),
    cwes: cwesOf(record),
    references: referencesOf(record),
    ...(exploits.length === 0 ? {} : { exploits }),
    affected: affected.list,
  };
}

function affectedOf(raw: unknown): RefusedRecord | { readonly list: readonly AffectedPackage[] } {
  const entries = asArray(raw);
  if (entries.length > AFFECTED_MAX) {
    return { refused: 'too many affected packages' };
  }
  const list: AffectedPackage[] = [];
  for (const item of entries) {
    const entry = asObject(item);
    const named = asObject(entry?.package);
    const ecosystem = asText(named?.ecosystem);
    const name = asText(named?.name);
    // Entries without a package speak of commits of a repository, which no installed package names.
    if (entry === null || ecosystem === null || name === null || ecosystem === '' || name === '') {
      continue;
    }
    const known = ecosystemOfOsv(ecosystem);
    const ranges = rangesOf(entry.ranges, known?.versions.hasOrder !== false);
    if ('refused' in ranges) {
      return ranges;
    }
    const versions = textsOf(entry.versions);
    if (versions.length > VERSIONS_MAX) {
      return { refused: 'too many listed versions' };
    }
    const normalized = known?.normalizeName(name) ?? name;
    list.push({ ecosystem, name: normalized, ranges: ranges.list, versions });
  }
  return list.length === 0 ? { refused: 'names no package' } : { list };
}

function rangesOf(raw: unknown, hasOrder: boolean): RefusedRecord | { readonly list: readonly AdvisoryRange[] } {
  const list: AdvisoryRange[] = [];
  for (const item of asArray(raw)) {
    const range = asObject(item);
    const type = range?.type;
    if (type === 'GIT') {
      continue;
    }
    if (range === null || (type !== 'SEMVER' && type !== 'ECOSYSTEM')) {
      return { refused: 'a range of an unknown type' };
    }
    if (type === 'ECOSYSTEM' && !hasOrder) {
      return { refused: 'a range of versions that have no order' };
    }
    const events = asArray(range.events).map(toEvent);
    if (events.length === 0 || events.length > EVENTS_MAX) {
      return { refused: 'a range without events, or with too many' };
    }
    const known = events.filter((event) => event !== null);
    if (known.length !== events.length) {
      return { refused: 'a range with an unknown event' };
    }
    list.push({ type, events: known });
  }
  return { list };
}

function toEvent(raw: unknown): RangeEvent | null {
  const event = asObject(raw);
  const entries = Object.entries(event ?? {});
  const [name, value] = entries[0] ?? [];
  if (entries.length !== 1 || typeof value !== 'string' || value === '') {
    return null;
  }
  switch (name) {
    case 'introduced':
      return { introduced: value };
    case 'fixed':
      return { fixed: value };
    case 'last_affected':
      return { lastAffected: value };
    case 'limit':
      return { limit: value };
    default:
      return null;
  }
}

/** CVEs that the record stands for without being their alias. `UBUNTU-CVE-…` carries the CVE in its own name. */
function upstreamOf(id: string, record: Readonly<Record<string, unknown>>): readonly string[] {
  const named = /^[A-Z]+-(CVE-[0-9]{4}-[0-9]{4,19})$/.exec(id)?.[1];
  const upstream = idsOf(record.upstream).filter((text) => CVE.test(text));
  const related =
    NOTICE.test(id) && upstream.length === 0 ? idsOf(record.related).filter((text) => CVE.test(text)) : [];
  return [...new Set([...(named === undefined ? [] : [named]), ...upstream, ...related])];
}

function idsOf(raw: unknown): readonly string[] {
  return [...new Set(textsOf(raw))].filter((text) => ID.test(text)).slice(0, ALIASES_MAX);
}

function cwesOf(record: Readonly<Record<string, unknown>>): readonly string[] {
  const ids = textsOf(asObject(record.database_specific)?.cwe_ids);
  return [...new Set(ids)].filter((text) => /^CWE-[0-9]{1,6}$/.test(text)).slice(0, 20);
}

/** Links that a browser may follow; the rest of a record is not trusted to be one. */
function referencesOf(record: Readonly<Record<string, unknown>>): readonly string[] {
  const urls = asArray(record.references).map((item) => asText(asObject(item)?.url) ?? '');
  return [...new Set(urls)].filter((url) => /^https?:\/\/[^\s"'<>]{1,2000}$/i.test(url)).slice(0, REFERENCES_MAX);
}

function dateOf(raw: unknown): Date | null {
  const text = asText(raw);
  if (text === null || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}T/.test(text)) {
    return null;
  }
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Cuts before a character that would not fit whole, so that no half of a surrogate pair is left. */
function cut(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) {
    return text;
  }
  const code = text.charCodeAt(lengthMax - 1);
  const splitsPair = code >= 0xd800 && code <= 0xdbff;
  return text.slice(0, splitsPair ? lengthMax - 1 : lengthMax);
}
