import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mirrorFile, mirrorOsv } from '../lib/feeds/testing/mirror.ts';
import { createRandom, pick } from '../lib/testing/random.ts';

/** The seed of every generated input; the same seed gives the same bytes. */
export const SEED = 20_261_124;
export const ECOSYSTEMS = ['Debian', 'npm', 'PyPI'] as const;
/** Names in each ecosystem; advisories and installed packages draw from the same ones. */
const NAMES = 8_000;
const TEXT = 'A crafted request makes the parser read past the end of its buffer, which discloses memory. ';

/** Writes a mirror of the feeds with so many records in each of the three ecosystems, and one CVE in fifty exploited. */
export function writeMirror(directory: string, recordsEach: number): void {
  const random = createRandom(SEED);
  const cves: string[] = [];
  for (const ecosystem of ECOSYSTEMS) {
    const records = Array.from({ length: recordsEach }, (_, n) => {
      const cve = `CVE-2026-${100_000 + cves.length}`;
      cves.push(cve);
      return recordOf(random, ecosystem, cve, n);
    });
    mirrorOsv(directory, ecosystem, records);
  }
  mirrorFile(directory, 'kev/known_exploited_vulnerabilities.json', knownExploited(cves));
  mirrorFile(directory, 'epss/epss_scores.csv.gz', gzipSync(epssOf(random, cves)));
}

function recordOf(random: () => number, ecosystem: (typeof ECOSYSTEMS)[number], cve: string, n: number) {
  const major = Math.floor(random() * 5);
  const impact = pick(random, ['H', 'L', 'N']);
  return {
    id: `${ecosystem === 'Debian' ? 'DEBIAN' : 'GHSA'}-${cve}`,
    modified: '2026-11-01T00:00:00Z',
    published: '2026-10-01T00:00:00Z',
    aliases: [cve],
    summary: `Flaw ${n} of ${ecosystem}`,
    details: TEXT.repeat(1 + Math.floor(random() * 8)),
    severity: [{ type: 'CVSS_V3', score: `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:${impact}/I:L/A:N` }],
    affected: [
      {
        package: {
          ecosystem: ecosystem === 'Debian' ? 'Debian:12' : ecosystem,
          name: `package-${Math.floor(random() * NAMES)}`,
        },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: `${major}.${n % 10}.1` }] }],
      },
    ],
    references: [{ type: 'WEB', url: `https://example.org/${cve}` }],
  };
}

function knownExploited(cves: readonly string[]): string {
  const vulnerabilities = cves
    .filter((_, n) => n % 50 === 0)
    .map((cveID) => ({
      cveID,
      vulnerabilityName: 'Flaw',
      dateAdded: '2026-10-02',
      dueDate: '2026-10-23',
      requiredAction: 'Apply updates.',
      knownRansomwareCampaignUse: 'Unknown',
    }));
  return JSON.stringify({ dateReleased: '2026-11-20T00:00:00Z', vulnerabilities });
}

function epssOf(random: () => number, cves: readonly string[]): string {
  const lines = cves.map((cve) => `${cve},${random().toFixed(5)},${random().toFixed(5)}`);
  return ['#model_version:v2026.06.15,score_date:2026-11-20T12:00:00Z', 'cve,epss,percentile', ...lines, ''].join('\n');
}

/** Writes the root of a Debian host with so many packages of the system, of npm and of Python. */
export function writeHost(root: string, packagesEach: number, seed = SEED): void {
  const random = createRandom(seed);
  const at = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const stanzas: string[] = [];
  for (let n = 0; n < packagesEach; n += 1) {
    const name = `package-${(n * 7) % NAMES}`;
    const version = `${Math.floor(random() * 5)}.${n % 10}.0`;
    stanzas.push(
      `Package: ${name}\nStatus: install ok installed\nPriority: optional\nSection: libs\nMaintainer: Nobody <nobody@example.org>\nArchitecture: amd64\n` +
        `Version: ${version}\nDescription: ${TEXT}\n ${TEXT.repeat(3)}\n`,
    );
    at(`srv/app/node_modules/${name}/package.json`, JSON.stringify({ name, version, main: 'index.js' }));
    at(`srv/app/node_modules/${name}/index.js`, 'module.exports = 1;\n');
    at(
      `usr/local/lib/python3.11/dist-packages/${name}-${version}.dist-info/METADATA`,
      `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\n${TEXT}\n`,
    );
  }
  at('etc/os-release', 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nPRETTY_NAME="Debian 12"\n');
  at('var/lib/dpkg/status', `${stanzas.join('\n')}\n`);
}
