import type { Advisory, AdvisoryRange, AffectedPackage } from '../model/advisory.ts';
import { asObject, asText } from '../model/raw.ts';
import { NEVER_AFFECTED } from './never-affected.ts';
import type { RefusedRecord } from './osv.ts';

/** What Photon OS says of one flaw in one package of a release. */
export interface PhotonStatement {
  readonly flaw: string;
  readonly affected: AffectedPackage;
  /** CVSS base score; null where none is given. */
  readonly score: number | null;
}

const CVE = /^CVE-[0-9]{4}-[0-9]{4,19}$/;
/** CVEs and ids of other lists with year and number (BDSA-2025-13833); placeholders (UNK-1) name no flaw. */
const FLAW = /^[A-Z]{2,10}-[0-9]{4}-[0-9]{1,19}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9+._-]{0,127}$/;
const VERSION = /^[0-9A-Za-z][0-9A-Za-z:._+~^-]{0,127}$/;

/**
 * A row of a release's list: `{"cve_id", "pkg", "cve_score", "aff_ver", "res_ver", "status"}`. Format: photon_cve_metadata of
 * packages.broadcom.com.
 */
export function toPhotonStatement(raw: unknown, release: string): PhotonStatement | RefusedRecord {
  const row = asObject(raw);
  const flaw = asText(row?.cve_id) ?? '';
  const name = asText(row?.pkg) ?? '';
  if (row === null || !FLAW.test(flaw)) {
    return { refused: 'no valid id' };
  }
  if (!NAME.test(name)) {
    return { refused: 'names no package' };
  }
  const score = typeof row.cve_score === 'number' && row.cve_score > 0 && row.cve_score <= 10 ? row.cve_score : null;
  return { flaw, affected: { ecosystem: `Photon OS:${release}`, name, ranges: rangesOf(row), versions: [] }, score };
}

/** All that a release says of one flaw as one advisory. The lists have no dates. */
export function toAdvisoryOfPhoton(flaw: string, statements: readonly PhotonStatement[], asOf: Date): Advisory {
  const isCve = CVE.test(flaw);
  const score = Math.max(0, ...statements.map((one) => one.score ?? 0));
  return {
    id: `PHOTON-${flaw}`,
    aliases: isCve ? [] : [flaw],
    upstream: isCve ? [flaw] : [],
    summary: '',
    details: '',
    published: null,
    modified: asOf,
    withdrawn: null,
    severities: score === 0 ? [] : [{ type: 'word', value: wordOf(score), source: 'photon' }],
    cwes: [],
    references: [],
    affected: statements.map(({ affected }) => affected),
  };
}

function rangesOf(row: Readonly<Record<string, unknown>>): readonly AdvisoryRange[] {
  const fixed = asText(row.res_ver) ?? '';
  const status = (asText(row.status) ?? '').toLowerCase();
  if (status === 'not affected') {
    return NEVER_AFFECTED;
  }
  if (fixed !== 'NA' && VERSION.test(fixed)) {
    return [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }];
  }
  // Without a fix, only a row that calls versions vulnerable says enough.
  const isOpen = status === 'not fixed' || /^all versions/i.test(asText(row.aff_ver) ?? '');
  return isOpen ? [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] : [];
}

/** The scores come without their vectors. Bands of the qualitative rating scale of CVSS 3.1, section 5. */
function wordOf(score: number): string {
  if (score >= 9) {
    return 'critical';
  }
  if (score >= 7) {
    return 'high';
  }
  return score >= 4 ? 'medium' : 'low';
}
