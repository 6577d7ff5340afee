import type { Advisory, AffectedPackage } from '../model/advisory.ts';
import { asObject, asText, textsOf } from '../model/raw.ts';
import { NEVER_AFFECTED } from './never-affected.ts';
import type { RefusedRecord } from './osv.ts';

/** One flaw that a package of Alpine mends, or never had. */
export interface Secfix {
  /** The CVE, or another publisher's id where there is none. */
  readonly flaw: string;
  readonly aliases: readonly string[];
  readonly affected: AffectedPackage;
}

const CVE = /^CVE-[0-9]{4}-[0-9]{4,19}$/;
const ID = /^[A-Za-z][A-Za-z0-9]*-[A-Za-z0-9:._-]{1,100}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9+._-]{0,127}$/;
const VERSION = /^[0-9][0-9A-Za-z._~+-]{0,127}$/;

/**
 * What one package of a branch says: `{"pkg": {"name", "secfixes": {"1.2-r0": ["CVE-… GHSA-…"], "0": […]}}}`. Names in one text
 * are names of one flaw; version "0" stands for flaws that the package never had. Format: secdb.alpinelinux.org.
 */
export function toSecfixes(
  raw: unknown,
  branch: string,
): { readonly secfixes: readonly Secfix[]; readonly refused: readonly RefusedRecord[] } {
  const pkg = asObject(asObject(raw)?.pkg);
  const name = asText(pkg?.name) ?? '';
  const versions = asObject(pkg?.secfixes);
  if (!NAME.test(name) || versions === null) {
    return { secfixes: [], refused: [{ refused: 'names no package' }] };
  }
  const secfixes: Secfix[] = [];
  const refused: RefusedRecord[] = [];
  for (const [version, texts] of Object.entries(versions)) {
    if (!VERSION.test(version)) {
      refused.push({ refused: 'no valid version' });
      continue;
    }
    const ranges =
      version === '0'
        ? NEVER_AFFECTED
        : [{ type: 'ECOSYSTEM' as const, events: [{ introduced: '0' }, { fixed: version }] }];
    const affected = { ecosystem: `Alpine:${branch}`, name, ranges, versions: [] };
    for (const text of textsOf(texts)) {
      const flaws = flawsOf(text);
      secfixes.push(...flaws.map((flaw) => ({ ...flaw, affected })));
      if (flaws.length === 0) {
        refused.push({ refused: 'no valid id' });
      }
    }
  }
  return { secfixes, refused };
}

/** All that a branch says of one flaw as one advisory, under the id that OSV gives it. The database has no dates. */
export function toAdvisoryOfSecfixes(flaw: string, secfixes: readonly Secfix[], asOf: Date): Advisory {
  const isCve = CVE.test(flaw);
  const aliases = secfixes.flatMap((one) => one.aliases);
  return {
    id: `ALPINE-${flaw}`,
    aliases: [...new Set(isCve ? aliases : [flaw, ...aliases])],
    upstream: isCve ? [flaw] : [],
    summary: '',
    details: '',
    published: null,
    modified: asOf,
    withdrawn: null,
    severities: [],
    cwes: [],
    references: isCve ? [`https://security.alpinelinux.org/vuln/${flaw}`] : [],
    affected: secfixes.map(({ affected }) => affected),
  };
}

/** The flaws that one text names: each CVE by itself, with other names where these can only mean that one. */
function flawsOf(text: string): readonly Omit<Secfix, 'affected'>[] {
  const names = text
    .slice(0, 1000)
    .split(/[\s,]+/)
    .filter((one) => ID.test(one));
  const cves = [...new Set(names.filter((one) => CVE.test(one)))];
  const [first, ...others] = names.filter((one) => !CVE.test(one));
  if (cves.length === 0) {
    return first === undefined ? [] : [{ flaw: first, aliases: others }];
  }
  const aliases = first !== undefined && cves.length === 1 ? [first, ...others] : [];
  return cves.map((flaw) => ({ flaw, aliases }));
}
