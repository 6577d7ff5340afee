import { describe, expect, it } from 'vitest';
import { collectSbom } from './sbom-file.ts';

const LODASH = { type: 'library', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20', 'bom-ref': 'a' };
const OPENSSL = {
  type: 'library',
  name: 'libssl3',
  version: '3.0.9-1',
  purl: 'pkg:deb/debian/libssl3@3.0.9-1?arch=amd64&distro=debian-12&upstream=openssl',
  'bom-ref': 'b',
};

function cyclonedx(components: readonly unknown[], more: object = {}): object {
  return { bomFormat: 'CycloneDX', specVersion: '1.5', components, ...more };
}

function spdx(packages: readonly unknown[], more: object = {}): object {
  return { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', packages, ...more };
}

function read(document: unknown) {
  return collectSbom(Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)));
}

function named(document: unknown): readonly string[] {
  return read(document).packages.map(({ name, version, path }) => `${name}@${version} ${path}`);
}

function said(document: unknown): string {
  return read(document)
    .diagnostics.map(({ level, message }) => `${level}: ${message}`)
    .join('\n');
}

describe('a document', () => {
  const xml = `<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.5" serialNumber="urn:uuid:1"><metadata>
<tools><components><component type="application"><name>t</name><purl>pkg:npm/tool@1</purl></component></components></tools>
</metadata><components><component type="library" bom-ref="a"><name>lodash</name><version>4.17.20</version>
<purl><![CDATA[pkg:npm/lodash@4.17.20]]></purl><pedigree><ancestors><component type="library"><name>x</name>
<purl>pkg:npm/ancestor@1</purl></component></ancestors></pedigree></component></components></bom>`;
  const spdx3 = {
    '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
    '@graph': [
      { type: 'software_Package', spdxId: 'a', name: 'lodash', software_packageUrl: 'pkg:npm/lodash@4.17.20' },
    ],
  };
  const ref = { referenceCategory: 'PACKAGE_MANAGER', referenceType: 'purl', referenceLocator: LODASH.purl };
  const tags = `# made by hand\nSPDXVersion: SPDX-2.2\r\nPackageName: lodash\nSPDXID: a\nPackageComment: <text>PackageName:
no package</text>\nExternalRef: PACKAGE-MANAGER purl ${LODASH.purl}\n`;
  const text = JSON.stringify(cyclonedx([LODASH]));
  const envelope = (payload: unknown) => ({
    payloadType: 'application/vnd.in-toto+json',
    payload: Buffer.from(JSON.stringify(payload)).toString('base64'),
    signatures: [{ sig: 'x' }],
  });
  const statement = { predicateType: 'https://cyclonedx.org/bom', predicate: cyclonedx([LODASH]) };

  it.each<[string, string | Uint8Array]>([
    ['CycloneDX in JSON', text],
    ['CycloneDX in XML', xml],
    ['SPDX 2 in JSON', JSON.stringify(spdx([{ name: 'lodash', SPDXID: 'a', externalRefs: [ref] }]))],
    ['SPDX 2 in tags and values', tags],
    ['SPDX 3', JSON.stringify(spdx3)],
    ['one with a byte order mark', `\uFEFF${text}`],
    ['one in UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['one in UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['one in big-endian UTF-16', Buffer.from(`\uFEFF${xml}`, 'utf16le').swap16()],
    ['an answer with it in `sbom`', JSON.stringify({ sbom: cyclonedx([LODASH]) })],
    ['an in-toto statement', JSON.stringify(statement)],
    ['a DSSE envelope', JSON.stringify(envelope(statement))],
    ['a bundle of Sigstore', JSON.stringify({ dsseEnvelope: envelope(statement) })],
    [
      'attestations one a line',
      [{ predicateType: 'x', predicate: {} }, statement].map((one) => JSON.stringify(one)).join('\n'),
    ],
    ['a predicate as a text', JSON.stringify({ ...statement, predicate: { Data: text } })],
  ])('is read as %s', (_, document) => {
    const { packages, outcome } = collectSbom(Buffer.from(document));

    expect(packages).toMatchObject([{ ecosystem: 'npm', name: 'lodash', version: '4.17.20', path: 'a' }]);
    expect(outcome).toBe('complete');
  });

  it.each([
    ['', 'is empty'],
    ['hello', 'neither CycloneDX nor SPDX'],
    ['{"bomFormat":"CycloneDX","specVersion":"1.5","components":[', 'not well-formed JSON'],
    ['[]', 'neither a CycloneDX nor an SPDX document'],
    ['<html><body></body></html>', 'root is another element'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><bom xmlns="http://cyclonedx.org/schema/bom/1.5">&b;</bom>', 'to its end'],
    ['{"spdxVersion":"SPDX-1.2"}', 'version "SPDX-1.2" is not read'],
    ['{"artifacts":[],"descriptor":{}}', "syft's own JSON"],
    ['{"SchemaVersion":2,"Results":[]}', 'a report of trivy'],
    ['{"predicateType":"x","predicate":{"buildDefinition":{}}}', 'how something was built'],
  ])('that cannot be read is not complete: %s', (document, sentence) => {
    const { outcome, packages } = read(document);

    expect(outcome).not.toBe('complete');
    expect(packages).toEqual([]);
    expect(said(document)).toContain(sentence);
  });

  it('is known by its own name, else by its bytes', () => {
    expect(read(cyclonedx([], { serialNumber: 'urn:uuid:7' })).document).toMatchObject({ id: 'urn:uuid:7' });
    expect(read(spdx([], { documentNamespace: 'https://a.example/b' })).document?.id).toBe('https://a.example/b');
    expect(read(cyclonedx([])).document?.id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(read(cyclonedx([], { serialNumber: 'a\nb' })).document?.id).toMatch(/^sha256:/);
  });

  it('that was taken out of an envelope says that nobody checked who signed it', () => {
    expect(said(envelope(statement))).toContain('signature was not checked');
  });

  it('with several SBOMs in it says that one was read', () => {
    expect(said(`${JSON.stringify(statement)}\n${JSON.stringify(statement)}\n`)).toContain('The first of 2 SBOMs');
  });

  it('that says parts are missing is not complete', () => {
    const compositions = [{ aggregate: 'incomplete_third_party_only' }];

    expect(read(cyclonedx([LODASH], { compositions })).outcome).toBe('partial');
    expect(read(cyclonedx([LODASH], { compositions: [{ aggregate: 'not_specified' }] })).outcome).toBe('complete');
  });
});

describe('components', () => {
  it('below others count, and so does a library that the document is about', () => {
    const metadata = { component: { ...LODASH, components: [{ ...LODASH, purl: 'pkg:npm/inner@1', 'bom-ref': 'c' }] } };

    expect(named(cyclonedx([], { metadata }))).toEqual(['inner@1 c', 'lodash@4.17.20 a']);
    expect(named(cyclonedx([], { metadata: { component: { ...LODASH, type: 'application' } } }))).toEqual([]);
  });

  it.each([
    [{ evidence: { occurrences: [{ location: '/b' }, { location: './a' }] } }, ['a', 'b']],
    [{ properties: [{ name: 'amazon:inspector:sbom_generator:source_path', value: '/srv/x' }] }, ['srv/x']],
    [{ properties: [{ name: 'aquasecurity:trivy:FilePath', value: 'app/y' }] }, ['app/y']],
    [{ properties: [{ name: 'syft:location:0:path', value: '/z' }] }, ['z']],
    [{ purl: 'pkg:npm/lodash@4.17.20?path=opt/q' }, ['opt/q']],
    [{}, ['a']],
    [{ 'bom-ref': undefined }, ['components/0']],
  ])('stand where they say: %j', (fields, paths) => {
    expect(read(cyclonedx([{ ...LODASH, ...fields }])).packages.map(({ path }) => path)).toEqual(paths);
  });

  it('listed twice at one place count once', () => {
    expect(named(cyclonedx([LODASH, LODASH, { ...LODASH, 'bom-ref': 'z' }]))).toEqual([
      'lodash@4.17.20 a',
      'lodash@4.17.20 z',
    ]);
  });

  it('that cannot be matched are counted, and others go on', () => {
    const document = cyclonedx([
      LODASH,
      { type: 'library', name: 'nameless', cpe: 'cpe:2.3:a:x:y:1:*:*:*:*:*:*:*' },
      { ...LODASH, purl: 'pkg:npm/unversioned', version: undefined },
      { ...LODASH, purl: 'pkg:github/a/b@1' },
      { ...LODASH, purl: 'nonsense' },
      { type: 'file', name: 'f' },
    ]);

    expect(read(document).outcome).toBe('complete');
    expect(named(document)).toEqual(['lodash@4.17.20 a']);
    expect(said(document)).toContain('1 component without a package URL cannot be matched, though 1 of them has a CPE');
    expect(said(document)).toContain('1 component without a version');
    expect(said(document)).toContain('types that are not known: github (1)');
    expect(said(document)).toContain('1 component cannot be matched, because the package URL');
  });

  it.each([
    [cyclonedx([], { vulnerabilities: [{ id: 'CVE-1' }] }), 'holds 1 vulnerability'],
    [cyclonedx([], { services: [{}, {}] }), 'holds 2 services'],
    [cyclonedx([{ type: 'device', name: 'd' }]), '1 component of the kind "device"'],
    [cyclonedx([{ type: 'library', name: 'l' }]), '1 component of the kind "library"'],
    [spdx([], { files: [{ SPDXID: 'f' }] }), 'holds 1 file'],
  ])('of another kind alone prove nothing', (document, words) => {
    expect(read(document).outcome).toBe('partial');
    expect(said(document)).toContain(`warning: No package could be told from the document, which`);
    expect(said(document)).toContain(words);
  });

  it('are none in an empty document, which says so', () => {
    expect(read(cyclonedx([]))).toMatchObject({ outcome: 'complete', packages: [] });
    expect(said(cyclonedx([]))).toContain('there are no packages in it');
  });
});

describe('packages of a distribution', () => {
  const system = (name: string, version: string) => ({ type: 'operating-system', name, version });
  const pkg = (purl: string, properties: object = {}) => ({
    type: 'library',
    name: 'x',
    purl,
    properties: Object.entries(properties).map(([name, value]) => ({ name, value })),
  });

  it.each([
    [[system('Debian GNU/Linux', '12 (bookworm)'), OPENSSL], 'debian 12'],
    [[system('ubuntu', '22.04.2'), pkg('pkg:deb/ubuntu/a@1?upstream=b')], 'ubuntu 22.04'],
    [[system('amazon', '2 (Karoo)'), pkg('pkg:rpm/amazon/a@1-1')], 'amzn 2'],
    [[system('redhat', '9.4'), pkg('pkg:rpm/redhat/a@1-1')], 'rhel 9.4'],
    [[system('opensuse.leap', '15.5'), pkg('pkg:rpm/opensuse/a@1-1?upstream=b')], 'opensuse-leap 15.5'],
    [[OPENSSL], 'debian 12'],
    [[pkg('pkg:rpm/elfutils-libelf@0.176-2.amzn2?arch=X86_64&epoch=0')], 'amzn 2'],
    [[pkg('pkg:apk/wolfi/a@1-r0?upstream=b')], 'wolfi '],
  ])('are of the distribution that is told: %#', (components, expected) => {
    const { distro, outcome } = read(cyclonedx(components));

    expect(`${distro?.id} ${distro?.versionId}`).toBe(expected);
    expect(outcome).toBe('complete');
  });

  it("are of the platform in the namespace of Amazon Inspector's exports", () => {
    const purl = 'pkg:dpkg/libss2@1.44.5-1+deb10u3?arch=ARM64&epoch=0&upstream=libss2-1.44.5-1+deb10u3.src.dpkg';
    const externalRefs = [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }];
    const document = spdx([{ name: 'libss2', SPDXID: 'a', sourceInfo: '/var/lib/dpkg/status', externalRefs }], {
      documentNamespace: 'EC2://i-022fba820db137c64/DEBIAN_10/null/arm64',
    });

    expect(read(document)).toMatchObject({
      distro: { id: 'debian', versionId: '10' },
      packages: [{ ecosystem: 'debian', architecture: 'arm64', sourceName: null, path: 'var/lib/dpkg/status' }],
    });
  });

  it.each([
    ['pkg:rpm/redhat/libs@5.1-1.el9?epoch=1&upstream=bash-5.1-1.el9.src.rpm&distro=rhel-9', {}, 'bash', '1:5.1-1.el9'],
    ['pkg:deb/debian/libssl3@3.0.9-1?upstream=openssl%403.0.9-2&distro=debian-12', {}, 'openssl', '3.0.9-2'],
    [
      'pkg:deb/ubuntu/passwd@4.8.1-2?distro=jammy',
      {
        'aquasecurity:trivy:SrcName': 'shadow',
        'aquasecurity:trivy:SrcEpoch': '1',
        'aquasecurity:trivy:SrcVersion': '4.8.1',
        'aquasecurity:trivy:SrcRelease': '2',
      },
      'shadow',
      '1:4.8.1-2',
    ],
    [
      'pkg:deb/debian/libssl3@3.0.9-1?distro=debian-12',
      { 'syft:metadata:source': 'openssl', 'syft:metadata:sourceVersion': '3.0.9-1' },
      'openssl',
      '3.0.9-1',
    ],
  ])('name their source: %s', (purl, properties, sourceName, sourceVersion) => {
    expect(read(cyclonedx([pkg(purl, properties)])).packages).toMatchObject([{ sourceName, sourceVersion }]);
  });

  it.each([
    [[pkg('pkg:deb/debian/libssl3@3.0.9-1')], 'Nothing tells the distribution'],
    [[pkg('pkg:deb/debian/libssl3@3.0.9-1?distro=debian-12')], 'speak of source packages'],
    [[system('alpine', '3.18'), LODASH], 'none of its packages'],
    [[OPENSSL, OPENSSL, pkg('pkg:deb/debian/a@1?distro=debian-11&upstream=b')], 'Packages of other releases'],
  ])('that would be looked up in the wrong place leave a gap', (components, words) => {
    expect(read(cyclonedx(components)).outcome).toBe('partial');
    expect(said(cyclonedx(components))).toContain(words);
  });

  it('by their sources are not installed, and what the distribution owns is left to it', () => {
    const owned = pkg('pkg:pypi/rpm@4.19', {
      'amazon:inspector:sbom_generator:is_duplicate_package': 'true',
      'amazon:inspector:sbom_generator:duplicate_purl': 'pkg:rpm/fedora/python3-rpm@4.19',
    });
    const document = cyclonedx([pkg('pkg:rpm/redhat/a@1-1?arch=src&distro=rhel-9'), owned, LODASH]);

    expect(named(document)).toEqual(['lodash@4.17.20 a']);
    expect(said(document)).toContain('info: 1 component left out: sources');
    expect(said(document)).toContain('info: 1 language packages were left out');
  });

  it('of SPDX by trivy and syft have their layer, path and source', () => {
    const externalRefs = [
      {
        referenceCategory: 'PACKAGE-MANAGER',
        referenceType: 'purl',
        referenceLocator: 'pkg:apk/alpine/libcrypto3@3.1?distro=3.18',
      },
    ];
    const base = { name: 'libcrypto3', SPDXID: 'p', externalRefs };
    const trivy = {
      ...base,
      sourceInfo: 'built package from: openssl 3.1',
      attributionTexts: ['LayerDiffID: sha256:aa'],
    };
    const syft = { ...base, sourceInfo: 'acquired package info from APK DB: /lib/apk/db/installed, /x' };

    expect(read(spdx([trivy])).packages).toMatchObject([
      { sourceName: 'openssl', sourceVersion: '3.1', layer: 'sha256:aa' },
    ]);
    expect(read(spdx([syft])).packages).toMatchObject([{ path: 'lib/apk/db/installed' }]);
  });
});

describe('what strangers write', () => {
  const values: readonly unknown[] = [1, null, 'x', [], {}, [1], [null], [[]], { toString: 1 }, ['__proto__']];

  it.each(values.map((value) => ({ value })))('in place of any field is no exception: %j', ({ value }) => {
    for (const key of [
      'components',
      'metadata',
      'properties',
      'compositions',
      'services',
      'serialNumber',
      'specVersion',
    ]) {
      expect(() => read({ ...cyclonedx([LODASH]), [key]: value })).not.toThrow();
    }
    for (const key of Object.keys({ ...LODASH, properties: 1, evidence: 1, components: 1, group: 1 })) {
      expect(() => read(cyclonedx([{ ...LODASH, [key]: value }]))).not.toThrow();
    }
    for (const key of ['packages', 'files', 'relationships', 'annotations', 'documentDescribes', 'documentNamespace']) {
      expect(() => read({ ...spdx([{ name: 'a' }]), [key]: value })).not.toThrow();
    }
    for (const key of ['SPDXID', 'name', 'externalRefs', 'annotations', 'attributionTexts', 'hasFiles', 'sourceInfo']) {
      expect(() => read(spdx([{ name: 'a', [key]: value }]))).not.toThrow();
    }
    for (const key of ['type', 'spdxId', 'externalIdentifier', 'name', 'rootElement']) {
      expect(() => read({ '@context': 'spdx', '@graph': [{ type: 'software_Package', [key]: value }] })).not.toThrow();
    }
  });

  it('nested 100,000 deep is read to the bottom', () => {
    const deep =
      '{"type":"library","name":"n","purl":"pkg:npm/n@1","components":['.repeat(100_000) + ']}'.repeat(100_000);
    const { packages } = read(`{"bomFormat":"CycloneDX","specVersion":"1.5","components":[${deep}]}`);

    expect(packages.length).toBeGreaterThan(0);
    expect(read(`<bom xmlns="http://cyclonedx.org/schema/bom/1.5">${'<component>'.repeat(10_000)}`).outcome).toBe(
      'partial',
    );
  });

  it('beyond 200,000 components is left unread, and said', () => {
    const components = Array.from({ length: 200_001 }, (_, n) => ({
      name: 'n',
      purl: `pkg:npm/n@${n}`,
      'bom-ref': `${n}`,
    }));
    const { packages, outcome } = read(cyclonedx(components));

    expect(packages).toHaveLength(200_000);
    expect(outcome).toBe('partial');
    expect(said(cyclonedx(components))).toContain('Only the first 200000 components');
  });

  it('of more than 64 MiB is refused', () => {
    expect(collectSbom(Buffer.alloc(64 * 1024 * 1024 + 1, ' ')).diagnostics[0]?.message).toContain(
      'larger than 64 MiB',
    );
  });

  it('in a million lines of tags is read in time that grows with their number', () => {
    const lines = 'ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1\n'.repeat(500_000) + 'no tag\n'.repeat(500_000);

    expect(read(`SPDXVersion: SPDX-2.3\nPackageName: a\n${lines}`).outcome).toBe('partial');
  });
});
