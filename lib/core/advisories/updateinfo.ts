import type { Advisory, AffectedPackage } from '../model/advisory.ts';
import type { RefusedRecord } from './osv.ts';

/** One `<update>` of a repository's updateinfo.xml, as its text stands. */
export interface RawUpdate {
  readonly id: string;
  readonly status: string;
  readonly type: string;
  readonly title: string;
  readonly severity: string;
  readonly description: string;
  readonly issued: string;
  readonly updated: string;
  readonly references: readonly {
    readonly id: string;
    readonly type: string;
    readonly href: string;
    readonly title: string;
  }[];
  readonly packages: readonly {
    readonly name: string;
    readonly epoch: string;
    readonly version: string;
    readonly release: string;
    readonly arch: string;
  }[];
}

const ID = /^[A-Za-z0-9][A-Za-z0-9:._-]{1,127}$/;
const CVE = /CVE-[0-9]{4}-[0-9]{4,19}/g;
const DETAILS_LENGTH_MAX = 4000;
const SUMMARY_LENGTH_MAX = 500;
const REFERENCES_MAX = 30;

/**
 * An update of a repository as an advisory: every package that it brings is fixed in the version that it brings. Updates
 * that mend no vulnerability are refused with that reason. Format: updateinfo.xml of createrepo_c.
 */
export function toAdvisoryOfUpdate(update: RawUpdate, ecosystem: string, source: string): Advisory | RefusedRecord {
  if (!ID.test(update.id)) {
    return { refused: 'no valid id' };
  }
  // Fedora refers to reports, which have the CVEs in their titles.
  const named = update.references.map(({ type, id, href, title }) => (type === 'cve' ? `${id} ${href}` : title));
  const cves = [...new Set(`${named.join(' ')} ${update.description}`.match(CVE) ?? [])].sort();
  if (update.type !== 'security' && cves.length === 0) {
    return { refused: 'mends no vulnerability' };
  }
  const modified = dateOf(update.updated) ?? dateOf(update.issued);
  if (modified === null) {
    return { refused: 'no valid date' };
  }
  const affected = affectedOf(update, ecosystem);
  if (affected.length === 0) {
    return { refused: 'names no package' };
  }
  const word = update.severity.trim().toLowerCase();
  return {
    id: update.id,
    aliases: [],
    upstream: cves,
    summary: update.title.trim().slice(0, SUMMARY_LENGTH_MAX),
    details: update.description.trim().slice(0, DETAILS_LENGTH_MAX),
    published: dateOf(update.issued),
    modified,
    withdrawn: update.status === 'retracted' ? modified : null,
    severities: word === '' || word === 'none' ? [] : [{ type: 'word', value: word, source }],
    cwes: [],
    references: [...new Set(update.references.map(({ href }) => href))].filter(isWeb).slice(0, REFERENCES_MAX),
    affected,
  };
}

/** Builds for several architectures have one version, so each pair of name and version counts once. */
function affectedOf({ packages }: RawUpdate, ecosystem: string): readonly AffectedPackage[] {
  const entries = new Map<string, AffectedPackage>();
  for (const { name, epoch, version, release, arch } of packages) {
    const isWhole = name !== '' && version !== '' && release !== '' && arch !== 'src';
    const fixed = `${epoch === '' || epoch === '0' ? '' : `${epoch}:`}${version}-${release}`;
    if (isWhole) {
      const ranges = [{ type: 'ECOSYSTEM' as const, events: [{ introduced: '0' }, { fixed }] }];
      entries.set(`${name} ${fixed}`, { ecosystem, name, ranges, versions: [] });
    }
  }
  return [...entries.values()];
}

/** `2023-02-17 20:41:00`, `2023-02-17T20:41Z` or seconds of the epoch; all in UTC. */
function dateOf(text: string): Date | null {
  const value = text.trim();
  if (/^[0-9]{9,11}$/.test(value)) {
    return new Date(Number(value) * 1000);
  }
  const [, day, time = '00:00'] =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?))?/.exec(value) ?? [];
  const date = day === undefined ? null : new Date(`${day}T${time}Z`);
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}

function isWeb(address: string): boolean {
  return /^https?:\/\//i.test(address);
}
