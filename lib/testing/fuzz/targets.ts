import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readMatchQuery } from '../../cli/match-query.ts';
import { parseEpssHeader, parseEpssLine } from '../../core/advisories/epss.ts';
import { parseKev } from '../../core/advisories/kev.ts';
import { toAdvisory } from '../../core/advisories/osv.ts';
import { evaluateAffected } from '../../core/advisories/range.ts';
import { readVex } from '../../core/advisories/vex/read-vex.ts';
import { distroOfPurl } from '../../core/ecosystems/os/purl-distro.ts';
import type { RangeEvent } from '../../core/model/advisory.ts';
import { parseBitnamiComponents, parseBitnamiSpdx } from '../../core/parsers/bitnami.ts';
import { bytesSource } from '../../core/parsers/byte-source.ts';
import { parseCargoLock } from '../../core/parsers/cargo-lock.ts';
import { parseDpkgStatus } from '../../core/parsers/dpkg-status.ts';
import { executable } from '../../core/parsers/executable.ts';
import { parseGoModFile, parseGoSum, parseGoVendor } from '../../core/parsers/go-mod.ts';
import {
  parseGradleCatalog,
  parseGradleLockfile,
  parseGradleVerification,
  parseSbtLock,
} from '../../core/parsers/gradle.ts';
import { readJavaArchive } from '../../core/parsers/java-archive.ts';
import { parsePomProperties, splitFileName } from '../../core/parsers/java-coordinates.ts';
import { parseJavaManifest } from '../../core/parsers/java-manifest.ts';
import { parseNpmPackage } from '../../core/parsers/npm-package.ts';
import { parseOsRelease } from '../../core/parsers/os-release.ts';
import { pomCoordinates } from '../../core/parsers/pom-model.ts';
import { fromPurl, toPurl } from '../../core/parsers/purl.ts';
import { parseMetadata } from '../../core/parsers/python-dist-info.ts';
import { scoreVector } from '../../core/risk/cvss.ts';
import { schemes } from '../../core/versions/registry.ts';
import type { VersionScheme } from '../../core/versions/scheme.ts';
import { createOsvPackWriter, openOsvPack } from '../../feeds/advisory-index/osv-pack.ts';
import { createSkipCount } from '../../feeds/skip-count.ts';
import { osvRecord } from '../../feeds/testing/mirror.ts';
import { zipOf } from '../../feeds/testing/zip-of.ts';
import { readUpdateinfo } from '../../feeds/updateinfo.ts';
import { zipRecords } from '../../feeds/zip-records.ts';
import { buildElf, buildMachO, buildPe, goBuildInfo } from '../executable-builder.ts';
import { memoryFileTree } from '../memory-file-tree.ts';
import { buildZip } from '../zip-builder.ts';
import { mutated, mutatedBytes } from './mutate.ts';

/** One parser or comparer. `attempt` makes an input, runs it and throws when a law is broken. */
export interface FuzzTarget {
  readonly name: string;
  attempt(random: () => number): void | Promise<void>;
}

export interface FuzzBench {
  readonly targets: readonly FuzzTarget[];
  close(): void;
}

const LEDGERS = new URL('../../core/versions/ledgers/', import.meta.url);
const VEX = [
  '{"@context":"https://openvex.dev/ns/v0.2.0","statements":[{"vulnerability":{"name":"CVE-2026-0001"},"products":[{"@id":"pkg:npm/a"}],"status":"fixed"}]}',
  '{"document":{"csaf_version":"2.0"},"product_tree":{"branches":[{"product":{"product_id":"a"}}]},"vulnerabilities":[{"cve":"CVE-2026-0001","product_status":{"fixed":["a"]}}]}',
  '{"bomFormat":"CycloneDX","components":[{"bom-ref":"a","purl":"pkg:npm/a"}],"vulnerabilities":[{"id":"CVE-2026-0001","analysis":{"state":"resolved"},"affects":[{"ref":"a"}]}]}',
];
const ISO = '2026-08-01T00:00:00Z';

export function openFuzzBench(): FuzzBench {
  const area = mkdtempSync(join(tmpdir(), 'harrier-fuzz-'));
  return {
    targets: [
      ...Object.values(schemes).map(versionTarget),
      rangeTarget(),
      ...textTargets(),
      ...binaryTargets(),
      ...fileTargets(area),
    ],
    close: () => rmSync(area, { recursive: true, force: true }),
  };
}

function versionTarget(scheme: VersionScheme): FuzzTarget {
  const samples = readFileSync(new URL(`${scheme.id}.txt`, LEDGERS), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => line.split(/ [<=>] /));
  return {
    name: `versions ${scheme.id}`,
    attempt(random) {
      const texts = [mutated(random, samples), mutated(random, samples), mutated(random, samples)];
      const [a, b, c] = texts.map((text) => scheme.parse(text));
      if (a == null || b == null || c == null) {
        return;
      }
      const ab = scheme.compare(a, b);
      const bc = scheme.compare(b, c);
      const ac = scheme.compare(a, c);
      const isLawful =
        scheme.compare(a, a) === 0 &&
        scheme.compare(b, a) === (ab === 0 ? 0 : -ab) &&
        (ab > 0 || bc > 0 || ac === Math.min(ab, bc)) &&
        (ab < 0 || bc < 0 || ac === Math.max(ab, bc));
      if (!isLawful) {
        throw new Error(`no total order: ${JSON.stringify({ texts, ab, bc, ac })}`);
      }
    },
  };
}

function rangeTarget(): FuzzTarget {
  const versions = ['0', '1.0.0', '1.2.3', '2.0.0-rc.1', '2.0.0', '10.1', '1:1.0-1', '*', ''];
  return {
    name: 'ranges',
    attempt(random) {
      const scheme = Object.values<VersionScheme>(schemes)[
        Math.floor(random() * Object.keys(schemes).length)
      ] as VersionScheme;
      const text = (): string => mutated(random, versions);
      const events = Array.from({ length: Math.floor(random() * 8) }, (): RangeEvent => {
        const kind = Math.floor(random() * 4);
        if (kind === 0) return { introduced: text() };
        if (kind === 1) return { fixed: text() };
        return kind === 2 ? { lastAffected: text() } : { limit: text() };
      });
      const entry = {
        ranges: [{ type: random() < 0.5 ? 'SEMVER' : 'ECOSYSTEM', events } as const],
        versions: random() < 0.3 ? [text()] : [],
      };
      const version = text();
      const verdict = evaluateAffected(entry, version, scheme);
      const fixed = verdict.kind === 'affected' ? verdict.fixedVersion : null;
      if (fixed !== null && evaluateAffected(entry, fixed, scheme).kind !== 'unaffected') {
        throw new Error(`a fix that does not fix: ${JSON.stringify({ entry, version, fixed })}`);
      }
    },
  };
}

/** Parsers of texts: none of them may throw. */
function textTargets(): readonly FuzzTarget[] {
  const record = JSON.stringify(
    osvRecord('GHSA-aaaa-bbbb-cccc', 'npm', 'left-pad', { aliases: ['CVE-2026-1'], withdrawn: ISO }),
  );
  const target = (name: string, samples: readonly string[], parse: (text: string) => unknown): FuzzTarget => ({
    name,
    attempt: (random) => void parse(mutated(random, samples)),
  });
  const json =
    (parse: (raw: unknown) => unknown) =>
    (text: string): unknown => {
      let raw: unknown;
      try {
        raw = JSON.parse(text);
      } catch {
        return null;
      }
      return parse(raw);
    };
  return [
    target(
      'dpkg status',
      ['Package: bash\nStatus: install ok installed\nVersion: 5.2-1\nArchitecture: amd64\nSource: bash (5.2)\n\n'],
      (text) => parseDpkgStatus(text, 'status', null),
    ),
    target('package.json', ['{"name":"@a/b","version":"1.0.0"}', '{"name":null}'], (text) =>
      parseNpmPackage(text, 'package.json'),
    ),
    target('METADATA', ['Metadata-Version: 2.1\nName: Django\nVersion: 4.2\n\nText'], (text) =>
      parseMetadata(text, 'METADATA'),
    ),
    target('os-release', ['ID=debian\nVERSION_ID="12"\nPRETTY_NAME=\'Debian 12\'\n'], parseOsRelease),
    target(
      'package URL',
      ['pkg:deb/debian/openssl@3.0.11-1?arch=amd64&distro=bookworm', 'pkg:npm/%40a/b@1.0.0#x'],
      (text) => {
        const parts = fromPurl(text);
        distroOfPurl(parts?.namespace ?? null, parts?.qualifiers.distro);
        return parts === null ? null : toPurl(parts);
      },
    ),
    target(
      'match query',
      ['{"ecosystem":"npm","package":"a","version":"1"}', '{"purl":"pkg:npm/a@1"}'],
      readMatchQuery,
    ),
    target(
      'CVSS',
      [
        'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
        'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
        'AV:N/AC:L/Au:N/C:P/I:P/A:P',
      ],
      scoreVector,
    ),
    target('EPSS', ['CVE-2026-0001,0.5,0.97', '#model_version:v1,score_date:2026-08-15T12:02:44Z'], (text) => [
      parseEpssHeader(text),
      parseEpssLine(text, '2026-08-15'),
    ]),
    target(
      'KEV',
      ['{"dateReleased":"2026-08-07","vulnerabilities":[{"cveID":"CVE-2026-0001","dateAdded":"2026-07-01"}]}'],
      json(parseKev),
    ),
    target('OSV record', [record], json(toAdvisory)),
    target('VEX document', VEX, json(readVex)),
    target('Gradle lock file', ['a:b:1=x\nempty=\n'], (text) => parseGradleLockfile(text, 'p')),
    target(
      'Gradle verification',
      [
        '<verification-metadata><components><component group="a" name="b" version="1"/></components></verification-metadata>',
      ],
      (text) => parseGradleVerification(text, 'p'),
    ),
    target('Gradle catalogue', ['[versions]\na="1"\n[libraries]\nb={module="c:d",version.ref="a"}'], (text) =>
      parseGradleCatalog(text, 'p'),
    ),
    target('sbt lock file', ['{"dependencies":[{"org":"a","name":"b","version":"1"}]}'], (text) =>
      parseSbtLock(text, 'p'),
    ),
    target(
      'pom.xml',
      [
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Maven writes its properties this way.
        '<project><groupId>a</groupId><artifactId>b</artifactId><version>${v}</version><properties><v>1</v></properties></project>',
      ],
      pomCoordinates,
    ),
    target(
      'names of Java',
      [
        'groupId=a\nartifactId=b\nversion=1\n',
        'Manifest-Version: 1.0\nBundle-SymbolicName: a\n b\n',
        'log4j-1.2-api-2.14.1.jar',
      ],
      (text) => [parsePomProperties(text), parseJavaManifest(text), splitFileName(text, '1.0')],
    ),
    target(
      'files of Go',
      [
        'module m\ngo 1.21\nrequire (\na.b/c v1.0.0 // indirect\n)\nreplace a.b/c => ../c\n',
        '# a.b/c v1.0.0 => d/e v2.0.0\n',
        'a.b/c v1.0.0 h1:x=\n',
      ],
      (text) => [parseGoModFile(text), parseGoSum(text), parseGoVendor(text, 'p')],
    ),
    target('Cargo.lock', ['[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+https://x"\n'], (text) =>
      parseCargoLock(text, 'p'),
    ),
    target(
      'components of Bitnami',
      ['{"a":{"version":"1"}}', '{"packages":[{"externalRefs":[{"referenceLocator":"pkg:bitnami/a@1"}]}]}'],
      (text) => [parseBitnamiComponents(text, 'p'), parseBitnamiSpdx(text, 'p')],
    ),
  ];
}

/** Parsers of binary formats: none of them may throw. */
function binaryTargets(): readonly FuzzTarget[] {
  const properties = { name: 'META-INF/maven/a/b/pom.properties', content: 'groupId=a\nartifactId=b\nversion=1\n' };
  const jar = buildZip([properties, { name: 'lib/c.jar', content: buildZip([properties]), method: 0 }], {
    isWide: true,
  });
  const section = { name: '.go.buildinfo', content: goBuildInfo('go1.20.4', 'dep\ta.b/c\tv1.0.0') };
  const text = { name: '.rodata', content: Buffer.from('nginx version: nginx/1.22.1') };
  const programs = [
    buildElf([section, text]),
    buildElf([section], { isWide: false, isBigEndian: true, isStripped: true }),
    buildPe([{ ...section, name: '.data' }]),
    buildMachO([{ ...section, name: '__go_buildinfo' }]),
  ];
  const context = { distro: null };
  return [
    {
      name: 'Java archive',
      attempt: async (random) => void (await readJavaArchive(bytesSource(mutatedBytes(random, jar)), 'a-1.jar')),
    },
    {
      name: 'executable',
      async attempt(random) {
        const program = programs[Math.floor(random() * programs.length)] ?? new Uint8Array(0);
        await executable.parse('nginx', memoryFileTree({ nginx: mutatedBytes(random, program) }), context);
      },
    },
  ];
}

/** Readers of files: they may refuse, with an error, and nothing else. */
function fileTargets(area: string): readonly FuzzTarget[] {
  const signal = new AbortController().signal;
  const records = Object.fromEntries(
    Array.from({ length: 5 }, (_, n) => [
      `GHSA-${n}.json`,
      JSON.stringify(osvRecord(`GHSA-${n}`, 'npm', `package-${n}`)),
    ]),
  );
  const zip = zipOf(records);
  const update =
    '<updates><update type="security"><id>ALAS-1</id><issued date="2026-01-01"/><references><reference type="cve" id="CVE-2026-0001"/></references>' +
    '<pkglist><package name="a" epoch="0" version="1" release="1"/></pkglist></update></updates>';
  const pack = samplePack(area);
  const path = join(area, 'input');
  const refusing = async (work: () => Promise<unknown> | unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Error) || error instanceof RangeError || error instanceof ReferenceError) {
        throw error;
      }
    }
  };
  return [
    {
      name: 'zip of records',
      attempt: (random) =>
        refusing(async () => {
          writeFileSync(path, mutatedBytes(random, zip));
          for await (const one of zipRecords(path)) void one;
        }),
    },
    {
      name: 'updateinfo.xml',
      attempt: (random) =>
        refusing(async () => {
          writeFileSync(path, gzipSync(mutated(random, [update])));
          for await (const one of readUpdateinfo(path, { ecosystem: 'X', publisher: 'x' }, createSkipCount(), signal))
            void one;
        }),
    },
    {
      name: 'advisory pack',
      attempt: (random) =>
        refusing(() => {
          writeFileSync(path, mutatedBytes(random, pack));
          const opened = openOsvPack(path);
          try {
            opened.load();
            for (const { summary } of opened.named('GHSA-1')) void summary;
          } finally {
            opened.close();
          }
        }),
    },
  ];
}

function samplePack(area: string): Uint8Array {
  const path = join(area, 'sample.pack');
  const writer = createOsvPackWriter(path);
  for (let n = 0; n < 5; n += 1) {
    const advisory = toAdvisory(osvRecord(`GHSA-${n}`, 'npm', `package-${n}`, { summary: 'A flaw' }));
    if (!('refused' in advisory)) {
      writer.add(advisory, advisory.affected);
    }
  }
  writer.finish({});
  return readFileSync(path);
}
