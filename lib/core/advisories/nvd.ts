import type { AdvisoryRecord, SeverityStatement } from '../model/advisory.ts';
import { asArray, asObject, asText } from '../model/raw.ts';
import { exploitReferencesOf } from './exploit-references.ts';
import type { RefusedRecord } from './osv.ts';

const CVE = /^CVE-[0-9]{4}-[0-9]{4,19}$/;
const CWE = /^CWE-[0-9]{1,5}$/;
const DETAILS_LENGTH_MAX = 4000;
const REFERENCES_MAX = 30;
/** Members of `metrics`, best first, with the type of statement that each holds. */
const METRICS: readonly (readonly [member: string, type: SeverityStatement['type']])[] = [
  ['cvssMetricV31', 'CVSS_V3'],
  ['cvssMetricV30', 'CVSS_V3'],
  ['cvssMetricV40', 'CVSS_V4'],
  ['cvssMetricV2', 'CVSS_V2'],
];

/**
 * A CVE as NVD describes it: ratings, weaknesses, references and exploits, of which other records of the same CVE make use. What it
 * affects is left out, since NVD names products and not packages. Format: NVD CVE API 2.0.
 */
export function toNvdRecord(raw: unknown): AdvisoryRecord | RefusedRecord {
  const cve = asObject(asObject(raw)?.cve);
  const id = asText(cve?.id) ?? '';
  const modified = dateOf(cve?.lastModified);
  if (cve === null || !CVE.test(id)) {
    return { refused: 'no valid id' };
  }
  if (modified === null) {
    return { refused: 'no valid date of modification' };
  }
  const exploits = exploitReferencesOf(cve.references);
  return {
    id,
    aliases: [],
    upstream: [],
    summary: '',
    details: descriptionOf(cve.descriptions).slice(0, DETAILS_LENGTH_MAX),
    published: dateOf(cve.published),
    modified,
    withdrawn: asText(cve.vulnStatus)?.toLowerCase() === 'rejected' ? modified : null,
    severities: severitiesOf(asObject(cve.metrics)),
    cwes: weaknessesOf(cve.weaknesses),
    references: referencesOf(cve.references),
    ...(exploits.length === 0 ? {} : { exploits }),
  };
}

function severitiesOf(metrics: Readonly<Record<string, unknown>> | null): readonly SeverityStatement[] {
  const statements = METRICS.flatMap(([member, type]) =>
    asArray(metrics?.[member]).flatMap((raw): readonly SeverityStatement[] => {
      const metric = asObject(raw);
      const value = asText(asObject(metric?.cvssData)?.vectorString);
      // Ratings of the organisation that assigned the CVE stand beside NVD's own.
      const source = asText(metric?.source) === 'nvd@nist.gov' ? 'nvd' : 'cna';
      return value === null ? [] : [{ type, value, source }];
    }),
  );
  return statements.sort((a, b) => Number(a.source !== 'nvd') - Number(b.source !== 'nvd'));
}

function descriptionOf(raw: unknown): string {
  const english = asArray(raw).find((one) => asObject(one)?.lang === 'en');
  return asText(asObject(english)?.value) ?? '';
}

function weaknessesOf(raw: unknown): readonly string[] {
  const values = asArray(raw).flatMap((one) =>
    asArray(asObject(one)?.description).flatMap((each) => asText(asObject(each)?.value) ?? []),
  );
  return [...new Set(values.filter((value) => CWE.test(value)))];
}

function referencesOf(raw: unknown): readonly string[] {
  const urls = asArray(raw).flatMap((one) => asText(asObject(one)?.url) ?? []);
  return [...new Set(urls.filter((url) => /^https?:\/\//i.test(url)))].slice(0, REFERENCES_MAX);
}

/** NVD writes times in UTC without saying so. */
function dateOf(raw: unknown): Date | null {
  const text = asText(raw);
  const date = text === null ? null : new Date(/(?:Z|[+-][0-9]{2}:?[0-9]{2})$/.test(text) ? text : `${text}Z`);
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}
