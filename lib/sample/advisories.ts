import type { Advisory, SeverityStatement } from '../core/model/advisory.ts';
import { DEBIAN_FACTS, LANGUAGE_FACTS, type SampleAdvisoryFact, UBUNTU_FACTS } from './advisory-facts.ts';
import { SAMPLE_VULNERABILITIES, type SampleVulnerability } from './vulnerabilities.ts';

/** All facts, with the wave in which the sample's advisory set first carries each. */
export const SAMPLE_ADVISORY_FACTS: readonly SampleAdvisoryFact[] = [
  ...DEBIAN_FACTS,
  ...UBUNTU_FACTS,
  ...LANGUAGE_FACTS,
];

const vulnerabilities = new Map(SAMPLE_VULNERABILITIES.map((entry) => [entry.id, entry]));

/** The flaw behind a CVE number of the sample; throws for a number that no fact states, which would be a slip in the data. */
export function sampleVulnerability(id: string): SampleVulnerability {
  const found = vulnerabilities.get(id);
  if (!found) throw new Error(`The sample's advisories name ${id}, but vulnerabilities.ts does not hold it.`);
  return found;
}

/** The records that the sample's advisory set holds in a wave, in OSV shape. */
export function sampleAdvisories(wave: number): readonly Advisory[] {
  return SAMPLE_ADVISORY_FACTS.filter((fact) => fact.wave <= wave).map(toAdvisory);
}

function toAdvisory(fact: SampleAdvisoryFact): Advisory {
  const flaws = fact.cves.map(sampleVulnerability);
  // A notice of a distribution bundles flaws ("upstream"); a record of a language registry is one flaw ("aliases").
  const isNotice = !fact.affected.some(([ecosystem]) => ecosystem === 'npm' || ecosystem === 'PyPI');
  const published = new Date(`${fact.published}T00:00:00Z`);
  return {
    id: fact.id,
    aliases: isNotice ? [] : fact.cves,
    upstream: isNotice ? fact.cves : [],
    summary: flaws.length === 1 ? (flaws[0]?.title ?? fact.id) : `${fact.affected[0]?.[1] ?? fact.id}: security update`,
    details: flaws.map((flaw) => `${flaw.id}: ${flaw.title}.`).join('\n'),
    published,
    modified: published,
    withdrawn: null,
    severities: severitiesOf(fact, flaws),
    cwes: [...new Set(flaws.flatMap((flaw) => flaw.cwes))],
    references: fact.cves.map((cve) => `https://www.cve.org/CVERecord?id=${cve}`),
    affected: fact.affected.map(([ecosystem, name, introduced, fixed]) => ({
      ecosystem,
      name,
      ranges: [{ type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events: [{ introduced }, { fixed }] }],
      versions: [],
    })),
  };
}

/** Debian's notices rate nothing themselves, as in the real feed; the ratings of their CVEs arrive as signals. */
function severitiesOf(fact: SampleAdvisoryFact, flaws: readonly SampleVulnerability[]): readonly SeverityStatement[] {
  if (fact.id.startsWith('DSA-')) return [];
  const source = fact.id.split('-', 1)[0]?.toLowerCase() ?? 'osv';
  const statements: SeverityStatement[] = [];
  for (const flaw of flaws) if (flaw.cvss) statements.push({ type: 'CVSS_V3', value: flaw.cvss, source });
  if (fact.word) statements.push({ type: 'word', value: fact.word, source });
  return statements;
}
