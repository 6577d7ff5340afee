import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readMatchQuery } from '../../cli/match-query.ts';
import { parseEpssHeader, parseEpssLine } from '../../core/advisories/epss.ts';
import { parseKev } from '../../core/advisories/kev.ts';
import { toAdvisory } from '../../core/advisories/osv.ts';
import { evaluateAffected } from '../../core/advisories/range.ts';
import { toAdvisoryOfRedHatVex } from '../../core/advisories/redhat-vex.ts';
import { toAdvisoryOfUbuntuVex } from '../../core/advisories/ubuntu-vex.ts';
import { readVex } from '../../core/advisories/vex/read-vex.ts';
import { distroOfPurl } from '../../core/ecosystems/os/purl-distro.ts';
import type { Advisory, RangeEvent } from '../../core/model/advisory.ts';
import { parseDpkgStatus } from '../../core/parsers/dpkg-status.ts';
import { parseNpmPackage } from '../../core/parsers/npm-package.ts';
import { parseOsRelease } from '../../core/parsers/os-release.ts';
import { fromPurl, toPurl } from '../../core/parsers/purl.ts';
import { parseMetadata } from '../../core/parsers/python-dist-info.ts';
import { plainText } from '../../core/parsers/text-parser.ts';
import { scoreVector } from '../../core/risk/cvss.ts';
import { schemes } from '../../core/versions/registry.ts';
import type { VersionScheme } from '../../core/versions/scheme.ts';
import { openOsvPack } from '../../feeds/advisory-index/osv-pack.ts';
import { createOsvPackWriter } from '../../feeds/advisory-index/osv-pack-writer.ts';
import { readAlpineSecdb } from '../../feeds/alpine-secdb.ts';
import { readArchTracker } from '../../feeds/arch-tracker.ts';
import { readDebianTracker } from '../../feeds/debian-tracker.ts';
import { readPhotonCve } from '../../feeds/photon-cve.ts';
import { createSkipCount, type SkipCount } from '../../feeds/skip-count.ts';
import { tarRecords } from '../../feeds/tar-records.ts';
import { osvRecord } from '../../feeds/testing/mirror.ts';
import { tarOf } from '../../feeds/testing/tar-of.ts';
import { zipOf } from '../../feeds/testing/zip-of.ts';
import { readUpdateinfo } from '../../feeds/updateinfo.ts';
import { unpackXz } from '../../feeds/xz.ts';
import { zipRecords } from '../../feeds/zip-records.ts';
import { pick } from '../random.ts';
import { archiveTargets } from './archive-targets.ts';
import { lockTargets } from './lock-targets.ts';
import { mutated, mutatedBytes } from './mutate.ts';
import { binaryTargets, nativeTargets } from './native-targets.ts';
import { PACKAGE_LIST_SAMPLES } from './package-list-samples.ts';
import { queryTargets } from './query-targets.ts';
import { refusing } from './refusing.ts';
import { sbomTargets } from './sbom-targets.ts';
import { systemTargets } from './system-targets.ts';

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
/** Documents of vendors' feeds: of Red Hat with a build of a module, of Ubuntu with an archive of Pro. */
const RED_HAT = `{"document":{"tracking":{"current_release_date":"2026-08-01T00:00:00+00:00"}},"product_tree":{"branches":[{"branches":[
{"product":{"product_id":"R","product_identification_helper":{"cpe":"cpe:/a:redhat:enterprise_linux:8::appstream"}}},
{"product":{"product_id":"a-1:2-3.x86_64::m:1","product_identification_helper":{"purl":"pkg:rpm/redhat/a@2-3?arch=x86_64&epoch=1&rpmmod=m:1:2:3"}}}]}],
"relationships":[{"full_product_name":{"product_id":"R:a"},"product_reference":"a-1:2-3.x86_64::m:1","relates_to_product_reference":"R"}]},
"vulnerabilities":[{"cve":"CVE-2026-0001","product_status":{"fixed":["R:a"],"known_affected":["R:a"]},"threats":[{"category":"impact","details":"Low","product_ids":["R:a"]}],
"remediations":[{"category":"no_fix_planned","details":"Will not fix","product_ids":["R:a"]}]}]}`;
const UBUNTU =
  '{"metadata":{"timestamp":"2026-01-01T00:00:00"},"statements":[{"vulnerability":{"name":"CVE-2026-0001"},"status":"fixed","timestamp":"2026-01-01",' +
  '"products":[{"@id":"pkg:deb/ubuntu/a@1%2Besm1?arch=source&distro=esm-infra/bionic"}]}]}';
/** `one,two,three`, forty times. */
const XZ = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AIvABZdADebiM9IdvTjZd79IVAZ4VMf70hpCAAAAAAsExnNKklT6AABMrAEAAAAOO1CFbHEZ/sCAAAAAARZWg==',
  'base64',
);
const ISO = '2026-08-01T00:00:00Z';
const TRACKERS = {
  debian: [
    '{"bash": {"CVE-2026-0001": {"description": "x", "releases": {"bookworm": {"status": "resolved", "fixed_version": "0", "urgency": "low**"}, "sid": {"status": "open"}}}}, "zsh": {}}',
  ],
  alpine: [
    '{"packages":[{"pkg":{"name":"curl","secfixes":{"8.0-r0":["CVE-2026-0001 GHSA-a"],"0":["CVE-2026-0002"]}}}]}',
  ],
  arch: [
    '[{"name":"AVG-1","packages":["a"],"status":"Fixed","severity":"High","fixed":"1-1","issues":["CVE-2026-0001"]}]',
  ],
  photon: [
    '[{"cve_id":"CVE-2026-0001","pkg":"a","cve_score":7.5,"aff_ver":"all versions before 1-1.ph5","res_ver":"1-1.ph5","status":"Fixed"}]',
  ],
};

export function openFuzzBench(): FuzzBench {
  const area = mkdtempSync(join(tmpdir(), 'harrier-fuzz-'));
  return {
    targets: [
      ...Object.values(schemes).map(versionTarget),
      rangeTarget(),
      ...textTargets(),
      ...systemTargets(),
      ...binaryTargets(),
      ...sbomTargets(),
      ...queryTargets(),
      ...archiveTargets(area),
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
    ...lockTargets(target),
    packageListTarget(),
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
    target("Red Hat's VEX document", [RED_HAT], json(toAdvisoryOfRedHatVex)),
    target("Ubuntu's VEX document", [UBUNTU], json(toAdvisoryOfUbuntuVex)),
    ...nativeTargets(target),
  ];
}

/** Every format of the other languages in one target: their parsers are small and many. */
function packageListTarget(): FuzzTarget {
  return {
    name: 'package lists',
    attempt(random) {
      const { path, text, parse } = pick(random, PACKAGE_LIST_SAMPLES);
      parse(plainText(mutated(random, [text])), path);
    },
  };
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
  const tar = tarOf(records);
  const update =
    '<updates><update type="security"><id>ALAS-1</id><issued date="2026-01-01"/><references><reference type="cve" id="CVE-2026-0001"/></references>' +
    '<pkglist><package name="a" epoch="0" version="1" release="1"/></pkglist></update></updates>';
  const pack = samplePack(area);
  const path = join(area, 'input');
  const reading = (
    name: string,
    samples: readonly string[],
    read: (skips: SkipCount) => AsyncIterable<Advisory>,
  ): FuzzTarget => ({
    name,
    attempt: (random) =>
      refusing(async () => {
        writeFileSync(path, mutated(random, samples));
        for await (const one of read(createSkipCount())) void one;
      }),
  });
  const asOf = new Date(ISO);
  return [
    reading('Debian tracker', TRACKERS.debian, (skips) => readDebianTracker(path, asOf, skips, signal)),
    reading('Alpine secdb', TRACKERS.alpine, (skips) => readAlpineSecdb(path, 'v3.20', asOf, skips, signal)),
    reading('Arch tracker', TRACKERS.arch, (skips) => readArchTracker(path, asOf, skips, signal)),
    reading('Photon list', TRACKERS.photon, (skips) => readPhotonCve(path, '5.0', asOf, skips, signal)),
    {
      name: 'zip of records',
      attempt: (random) =>
        refusing(async () => {
          writeFileSync(path, mutatedBytes(random, zip));
          for await (const one of zipRecords(path)) void one;
        }),
    },
    {
      name: 'tar of records',
      attempt: (random) =>
        refusing(async () => {
          const chunks = piecesOf(mutatedBytes(random, tar), 1 + Math.floor(random() * 1500));
          for await (const one of tarRecords(chunks, () => true, { entriesMax: 100, bytesMax: 4096 })) void one;
        }),
    },
    {
      name: 'xz',
      attempt: (random) =>
        refusing(async () => {
          const chunks = piecesOf(mutatedBytes(random, XZ), 1 + Math.floor(random() * 50));
          for await (const one of unpackXz(chunks, 10_000)) void one;
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

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
  }
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
