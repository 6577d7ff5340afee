import type { Advisory, AdvisoryRange } from '../model/advisory.ts';
import { asObject, asText, textsOf } from '../model/raw.ts';
import { NEVER_AFFECTED } from './never-affected.ts';
import type { RefusedRecord } from './osv.ts';

const ID = /^AVG-[0-9]{1,9}$/;
const CVE = /^CVE-[0-9]{4}-[0-9]{4,19}$/;
const NAME = /^[A-Za-z0-9@_+][A-Za-z0-9@._+-]{0,127}$/;
const VERSION = /^[0-9A-Za-z][0-9A-Za-z:._+~-]{0,127}$/;
const ISSUES_MAX = 1_000;
const PACKAGES_MAX = 1_000;

/**
 * One group of flaws (`AVG-…`) of Arch Linux: which packages have them and which version mends them. The tracker has no dates.
 * Format: security.archlinux.org/issues/all.json.
 */
export function toAdvisoryOfArch(raw: unknown, asOf: Date): Advisory | RefusedRecord {
  const group = asObject(raw);
  const id = asText(group?.name) ?? '';
  if (group === null || !ID.test(id)) {
    return { refused: 'no valid id' };
  }
  const names = [...new Set(textsOf(group.packages))].filter((name) => NAME.test(name)).slice(0, PACKAGES_MAX);
  if (names.length === 0) {
    return { refused: 'names no package' };
  }
  const cves = [...new Set(textsOf(group.issues))].filter((issue) => CVE.test(issue)).slice(0, ISSUES_MAX);
  const ranges = rangesOf(group);
  const word = (asText(group.severity) ?? '').trim().toLowerCase();
  const notices = textsOf(group.advisories).filter((notice) => /^ASA-[0-9]{6}-[0-9]{1,4}$/.test(notice));
  return {
    id,
    aliases: [],
    upstream: cves,
    summary: (asText(group.type) ?? '').slice(0, 500),
    details: '',
    published: null,
    modified: asOf,
    withdrawn: null,
    severities: /^[a-z]{3,20}$/.test(word) && word !== 'unknown' ? [{ type: 'word', value: word, source: 'arch' }] : [],
    cwes: [],
    references: [id, ...notices.slice(0, 20)].map((name) => `https://security.archlinux.org/${name}`),
    affected: names.map((name) => ({ ecosystem: 'Arch Linux', name, ranges, versions: [] })),
  };
}

/** `affected` is the version in which the flaws were seen, not the first that has them, so a range starts at the beginning. */
function rangesOf(group: Readonly<Record<string, unknown>>): readonly AdvisoryRange[] {
  const fixed = asText(group.fixed) ?? '';
  const status = (asText(group.status) ?? '').toLowerCase();
  if (status === 'not affected') {
    return NEVER_AFFECTED;
  }
  if (VERSION.test(fixed)) {
    return [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }];
  }
  // A group that is "Unknown", or fixed in a version that nobody names, can decide nothing.
  return status === 'vulnerable' ? [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] : [];
}
