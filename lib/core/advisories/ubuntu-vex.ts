import { distroOfPurl } from '../ecosystems/os/purl-distro.ts';
import { proRelease, ubuntuRelease } from '../ecosystems/os/ubuntu.ts';
import type { Advisory } from '../model/advisory.ts';
import { asArray, asObject, asText } from '../model/raw.ts';
import { fromPurl } from '../parsers/purl.ts';
import type { RefusedRecord } from './osv.ts';
import { type VendorVerdict, type VendorVerdicts, vendorVerdicts } from './vendor-verdicts.ts';

type Raw = Readonly<Record<string, unknown>>;

const CVE = /^CVE-[0-9]{4}-[0-9]{4,19}$/;
const DETAILS_LENGTH_MAX = 4000;
const REFERENCES_MAX = 30;
const STATEMENTS_MAX = 1_000;
const PRODUCTS_MAX = 400_000;
const ENTRIES_MAX = 20_000;
/** Packages that a line of the text names one by one. */
const PLACES_MAX = 30;
/** `jammy`, or an archive of Ubuntu Pro: `esm-infra/bionic`, `esm-infra-legacy/trusty`, `esm-apps/jammy`. */
const ARCHIVE = /^(?:(esm-(?:infra|apps|infra-legacy))\/)?([a-z]{2,30})$/;

/**
 * One document of Ubuntu's VEX feed as an advisory for source packages. The feed has a document for each CVE and one for
 * each notice; notices repeat what the documents of their CVEs say, so they are left out. Format: OpenVEX 0.2 with its head
 * under `metadata`, as https://security-metadata.canonical.com/vex/ has it.
 */
export function toAdvisoryOfUbuntuVex(raw: unknown): Advisory | RefusedRecord {
  const outer = asObject(raw);
  const statements = asArray(outer?.statements).map(asObject);
  if (outer === null || statements.length > STATEMENTS_MAX) {
    return { refused: outer === null ? 'is no VEX document' : 'too many statements' };
  }
  const vulnerabilities = statements.map((statement) => asObject(statement?.vulnerability));
  const [name, ...others] = [...new Set(vulnerabilities.map((one) => asText(one?.name) ?? ''))];
  if (name === undefined) {
    return { refused: 'has no statement' };
  }
  if (/^[LU]SN-/.test(name)) {
    return { refused: 'is a notice, whose flaws have documents of their own' };
  }
  if (!CVE.test(name) || others.length > 0) {
    return { refused: 'speaks of no CVE, or of several' };
  }
  const modified = dateOf((asObject(outer.metadata) ?? outer).timestamp);
  if (modified === null) {
    return { refused: 'no valid date of modification' };
  }
  const verdicts = verdictsOf(statements);
  if ('refused' in verdicts) {
    return verdicts;
  }
  const dates = statements.flatMap((statement) => dateOf(statement?.timestamp) ?? []);
  return {
    // OSV has the same words of Ubuntu's under this id, so that the ones that changed last count.
    id: `UBUNTU-${name}`,
    aliases: [],
    upstream: [name],
    summary: '',
    details: detailsOf(asText(vulnerabilities[0]?.description), statements),
    published: dates.sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
    modified,
    withdrawn: null,
    severities: [],
    cwes: [],
    references: referencesOf(vulnerabilities),
    affected: verdicts.affected(),
  };
}

function verdictsOf(statements: readonly (Raw | null)[]): VendorVerdicts | RefusedRecord {
  const verdicts = vendorVerdicts();
  let count = 0;
  for (const statement of statements) {
    const products = asArray(statement?.products);
    count += products.length;
    if (count > PRODUCTS_MAX) {
      return { refused: 'too many products' };
    }
    for (const product of products) {
      const source = sourceOf(asText(asObject(product)?.['@id']));
      const verdict = source === null ? null : verdictOf(asText(statement?.status), source.version);
      if (source !== null && verdict !== null) {
        verdicts.add(source.ecosystem, source.name, verdict);
      }
    }
  }
  if (verdicts.size() > ENTRIES_MAX) {
    return { refused: 'too many affected packages' };
  }
  return verdicts.size() === 0 ? { refused: 'names no package of a release' } : verdicts;
}

function verdictOf(status: string | null, version: string | null): VendorVerdict | null {
  switch (status) {
    case 'fixed':
      return version === null ? { kind: 'unknown' } : { kind: 'fixed', version };
    case 'affected':
      return { kind: 'unfixed' };
    case 'not_affected':
      return { kind: 'unaffected' };
    case 'under_investigation':
      return { kind: 'unknown' };
    default:
      return null;
  }
}

interface Source {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string | null;
}

/** Only source packages name their release; the binaries behind them do not, and are the same builds. */
function sourceOf(text: string | null): Source | null {
  const purl = text?.includes('arch=source') ? fromPurl(text) : null;
  if (purl === null || purl.type !== 'deb' || purl.namespace !== 'ubuntu' || purl.qualifiers.arch !== 'source') {
    return null;
  }
  const [, pro, codename] = ARCHIVE.exec(purl.qualifiers.distro ?? '') ?? [];
  const release = codename === undefined ? null : ubuntuRelease(distroOfPurl('ubuntu', codename));
  if (release === null) {
    return null;
  }
  return { ecosystem: pro === undefined ? release : proRelease(release), name: purl.name, version: purl.version };
}

/** The description, then in each statement's own words why its packages are left open or not affected. */
function detailsOf(description: string | null, statements: readonly (Raw | null)[]): string {
  const notes = statements.flatMap((statement) => {
    const sources = asArray(statement?.products).flatMap((one) => sourceOf(asText(asObject(one)?.['@id'])) ?? []);
    const places = [...new Set(sources.map(({ ecosystem, name }) => `${name} (${ecosystem})`))].slice(0, PLACES_MAX);
    const said = [statement?.status_notes, statement?.impact_statement, statement?.action_statement];
    const text = said.map((note) => asText(note)?.trim() ?? '').filter((note) => note !== '');
    return places.length === 0 || text.length === 0 ? [] : [`${places.join(', ')}: ${text.join(' ')}`];
  });
  return [description?.trim() ?? '', ...notes]
    .filter((text) => text !== '')
    .join('\n\n')
    .slice(0, DETAILS_LENGTH_MAX)
    .toWellFormed();
}

function referencesOf(vulnerabilities: readonly (Raw | null)[]): readonly string[] {
  const urls = vulnerabilities.flatMap((one) =>
    [one?.['@id'], ...asArray(one?.aliases)].map((url) => asText(url) ?? ''),
  );
  return [...new Set(urls)].filter((url) => /^https?:\/\/[^\s"'<>]{1,2000}$/i.test(url)).slice(0, REFERENCES_MAX);
}

/** `2025-02-05`, `2025-03-26 02:44:10.025070` or `2025-02-06T16:37:20.173026`; all in UTC. */
function dateOf(raw: unknown): Date | null {
  const [, day, time = '00:00:00'] =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}:[0-9]{2}:[0-9]{2}))?/.exec(asText(raw) ?? '') ?? [];
  const date = day === undefined ? null : new Date(`${day}T${time}Z`);
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}
