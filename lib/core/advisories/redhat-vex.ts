import { redHatName } from '../ecosystems/os/redhat-keys.ts';
import type { Advisory, AffectedPackage, SeverityStatement } from '../model/advisory.ts';
import { asArray, asObject, asText, textsOf } from '../model/raw.ts';
import type { RefusedRecord } from './osv.ts';
import { type RedHatProduct, redHatProducts } from './redhat-products.ts';
import { type VendorVerdict, vendorVerdicts } from './vendor-verdicts.ts';

type Raw = Readonly<Record<string, unknown>>;
type ProductOf = (id: string) => RedHatProduct | null;

const CVE = /^CVE-[0-9]{4}-[0-9]{4,19}$/;
const DETAILS_LENGTH_MAX = 4000;
const SUMMARY_LENGTH_MAX = 500;
const REFERENCES_MAX = 30;
const SEVERITIES_MAX = 20;
const IDS_MAX = 400_000;
const ENTRIES_MAX = 20_000;
/** Packages that a line of the text names one by one. */
const NAMED_MAX = 12;
/** Red Hat's words for impact, worst first: https://access.redhat.com/security/updates/classification */
const IMPACTS = ['critical', 'important', 'moderate', 'low'];
const VECTORS = [
  ['cvss_v3', 'CVSS_V3'],
  ['cvss_v4', 'CVSS_V4'],
  ['cvss_v2', 'CVSS_V2'],
] as const;

/** What Red Hat says of one flaw, under an id that no record of OSV has. */
export function redHatVexId(cve: string): string {
  return `RHVEX-${cve}`;
}

/**
 * One document of Red Hat's VEX feed, which speaks of one CVE, as an advisory for the packages of Enterprise Linux.
 * Format: CSAF 2.0, profile VEX, as https://security.access.redhat.com/data/csaf/v2/vex/ has it.
 */
export function toAdvisoryOfRedHatVex(raw: unknown): Advisory | RefusedRecord {
  const outer = asObject(raw);
  const head = asObject(outer?.document);
  const [first, ...others] = asArray(outer?.vulnerabilities);
  const vulnerability = asObject(first);
  const cve = asText(vulnerability?.cve);
  if (
    outer === null ||
    head === null ||
    vulnerability === null ||
    cve === null ||
    !CVE.test(cve) ||
    others.length > 0
  ) {
    return { refused: 'speaks of no CVE, or of several' };
  }
  const tracking = asObject(head.tracking);
  const modified = dateOf(tracking?.current_release_date);
  if (modified === null) {
    return { refused: 'no valid date of modification' };
  }
  const productOf = redHatProducts(asObject(outer.product_tree));
  if ('refused' in productOf) {
    return productOf;
  }
  const affected = affectedOf(asObject(vulnerability.product_status), productOf);
  if ('refused' in affected) {
    return affected;
  }
  return {
    id: redHatVexId(cve),
    aliases: [],
    upstream: [cve],
    summary: (asText(vulnerability.title) ?? asText(head.title) ?? '').slice(0, SUMMARY_LENGTH_MAX),
    details: detailsOf(vulnerability, productOf),
    published: dateOf(vulnerability.release_date),
    modified,
    withdrawn: null,
    severities: severitiesOf(head, vulnerability, productOf),
    cwes: cwesOf(vulnerability),
    references: referencesOf(vulnerability),
    affected: affected.list,
  };
}

function affectedOf(
  status: Raw | null,
  productOf: ProductOf,
): RefusedRecord | { readonly list: readonly AffectedPackage[] } {
  const verdicts = vendorVerdicts();
  let count = 0;
  for (const word of ['fixed', 'known_affected', 'known_not_affected', 'under_investigation']) {
    const ids = textsOf(status?.[word]);
    count += ids.length;
    if (count > IDS_MAX) {
      return { refused: 'too many products' };
    }
    for (const id of ids) {
      const product = productOf(id);
      // A source that is fixed says no more than the builds of it, each of which is named with its own version.
      if (product !== null && !(word === 'fixed' && product.isSource)) {
        verdicts.add(product.ecosystem, redHatName(product), verdictOf(word, product.version));
      }
    }
  }
  if (verdicts.size() > ENTRIES_MAX) {
    return { refused: 'too many affected packages' };
  }
  return verdicts.size() === 0 ? { refused: 'names no package of Enterprise Linux' } : { list: verdicts.affected() };
}

function verdictOf(word: string, version: string | null): VendorVerdict {
  if (word === 'fixed') {
    return version === null ? { kind: 'unknown' } : { kind: 'fixed', version };
  }
  if (word === 'under_investigation') {
    return { kind: 'unknown' };
  }
  return { kind: word === 'known_affected' ? 'unfixed' : 'unaffected' };
}

/** The description, then what Red Hat will do about it, product by product, and why others are not affected. */
function detailsOf(vulnerability: Raw, productOf: ProductOf): string {
  const notes = asArray(vulnerability.notes).map(asObject);
  const description = notes.find((one) => one?.category === 'description');
  const statement = notes.find((one) => one?.category === 'other' && one.title === 'Statement');
  const plans = asArray(vulnerability.remediations).flatMap((item) => {
    const plan = asObject(item);
    const isUnfixed = plan?.category === 'no_fix_planned' || plan?.category === 'none_available';
    return isUnfixed ? lineOf(asText(plan?.details) ?? 'No fix', textsOf(plan?.product_ids), productOf) : [];
  });
  const reasons = asArray(vulnerability.flags).flatMap((item) => {
    const flag = asObject(item);
    const label = (asText(flag?.label) ?? '').replaceAll('_', ' ');
    return lineOf(label === '' ? 'Not affected' : `Not affected, ${label}`, textsOf(flag?.product_ids), productOf);
  });
  const texts = [asText(description?.text) ?? '', ...plans, ...reasons, asText(statement?.text) ?? ''];
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n')
    .slice(0, DETAILS_LENGTH_MAX)
    .toWellFormed();
}

/** `Will not fix: firefox, thunderbird (enterprise_linux:6).` */
function lineOf(what: string, ids: readonly string[], productOf: ProductOf): readonly string[] {
  const names = new Map<string, Set<string>>();
  for (const id of ids.slice(0, IDS_MAX)) {
    const product = productOf(id);
    if (product !== null) {
      const place = product.ecosystem.slice('Red Hat:'.length);
      const list = names.get(place) ?? new Set();
      names.set(place, list.add(redHatName({ ...product, isSource: false })));
    }
  }
  const places = [...names].slice(0, NAMED_MAX).map(([place, list]) => {
    const more = list.size > NAMED_MAX ? ` and ${list.size - NAMED_MAX} more` : '';
    return `${[...list].slice(0, NAMED_MAX).join(', ')}${more} (${place})`;
  });
  return places.length === 0 ? [] : [`${what.slice(0, 200)}: ${places.join('; ')}.`];
}

/** The worst impact on a package of Enterprise Linux, else that of the whole document; and all vectors. */
function severitiesOf(head: Raw, vulnerability: Raw, productOf: ProductOf): readonly SeverityStatement[] {
  const words = asArray(vulnerability.threats).flatMap((item) => {
    const threat = asObject(item);
    const isOurs = textsOf(threat?.product_ids).some((id) => productOf(id) !== null);
    return threat?.category === 'impact' && isOurs ? [asText(threat.details)?.toLowerCase() ?? ''] : [];
  });
  const whole = asText(asObject(head.aggregate_severity)?.text)?.toLowerCase() ?? '';
  const word = IMPACTS.find((impact) => words.includes(impact)) ?? IMPACTS.find((impact) => impact === whole);
  const vectors = asArray(vulnerability.scores).flatMap((item) =>
    VECTORS.flatMap(([member, type]): readonly SeverityStatement[] => {
      const value = asText(asObject(asObject(item)?.[member])?.vectorString);
      return value === null || value.length > 512 ? [] : [{ type, value, source: 'redhat' }];
    }),
  );
  const distinct = new Map(vectors.map((one) => [one.value, one]));
  return [
    ...(word === undefined ? [] : [{ type: 'word', value: word, source: 'redhat' } as const]),
    ...[...distinct.values()].slice(0, SEVERITIES_MAX),
  ];
}

function cwesOf(vulnerability: Raw): readonly string[] {
  const ids = [vulnerability.cwe, ...asArray(vulnerability.cwes)].map((item) => asText(asObject(item)?.id) ?? '');
  return [...new Set(ids)].filter((text) => /^CWE-[0-9]{1,6}$/.test(text)).slice(0, 20);
}

/** The page of the CVE, links, and the advisories that brought fixes. */
function referencesOf(vulnerability: Raw): readonly string[] {
  const urls = [...asArray(vulnerability.references), ...asArray(vulnerability.remediations)].map(
    (item) => asText(asObject(item)?.url) ?? '',
  );
  return [...new Set(urls)].filter((url) => /^https?:\/\/[^\s"'<>]{1,2000}$/i.test(url)).slice(0, REFERENCES_MAX);
}

function dateOf(raw: unknown): Date | null {
  const text = asText(raw);
  const date = text === null || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}/.test(text) ? null : new Date(text);
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}
