import { collectSbom } from '../../core/inventory/sbom-file.ts';
import { mutated, mutatedBytes } from './mutate.ts';
import type { FuzzTarget } from './targets.ts';

const PURL = 'pkg:deb/debian/libssl3@3.0.9-1?arch=amd64&distro=debian-12&upstream=openssl%403.0.9-1';
const COMPONENT = {
  'bom-ref': 'a',
  type: 'library',
  group: 'g',
  name: 'libssl3',
  version: '3.0.9-1',
  purl: PURL,
  evidence: { occurrences: [{ location: '/var/lib/dpkg/status' }] },
  properties: [
    { name: 'aquasecurity:trivy:SrcName', value: 'openssl' },
    { name: 'harrier:path', value: 'x' },
  ],
};
const CYCLONEDX = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  metadata: {
    component: { type: 'container', name: 'c' },
    properties: [{ name: 'harrier:distro:id', value: 'debian' }],
  },
  components: [
    { type: 'operating-system', name: 'debian', version: '12' },
    { ...COMPONENT, components: [COMPONENT] },
  ],
  compositions: [{ aggregate: 'complete' }],
});
const SPDX2 = JSON.stringify({
  spdxVersion: 'SPDX-2.3',
  packages: [
    {
      SPDXID: 'SPDXRef-p',
      name: 'libssl3',
      versionInfo: '3.0.9-1',
      sourceInfo: 'built package from: openssl 3.0.9-1',
      externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: PURL }],
      annotations: [{ annotator: 'Tool: a:jsonencoded', comment: '{"name":"harrier:path","value":"x"}' }],
    },
  ],
  files: [{ SPDXID: 'f', fileName: 'a/b' }],
  relationships: [{ spdxElementId: 'SPDXRef-p', relationshipType: 'CONTAINS', relatedSpdxElement: 'f' }],
});
const SPDX3 = JSON.stringify({
  '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
  '@graph': [
    { type: 'SpdxDocument', spdxId: 'd', rootElement: ['p'] },
    { type: 'software_Package', spdxId: 'p', name: 'a', software_packageUrl: PURL },
    { type: 'Annotation', subject: 'p', statement: 'LayerDiffID: sha256:a' },
  ],
});
const TAGS = `SPDXVersion: SPDX-2.3\nPackageName: a\nSPDXID: p\nPackageComment: <text>x\ny</text>\nExternalRef: PACKAGE-MANAGER purl ${PURL}\n`;
const XML = `<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component type="library" bom-ref="a"><name>a</name>
<purl>pkg:npm/a@1</purl><properties><property name="p">v</property></properties></component></components></bom>`;
const ENVELOPE = JSON.stringify({
  payloadType: 'application/vnd.in-toto+json',
  payload: Buffer.from(JSON.stringify({ predicateType: 'x', predicate: JSON.parse(CYCLONEDX) })).toString('base64'),
});

/** Readers of SBOMs: none may throw, and what yields nothing must say why. */
export function sbomTargets(): readonly FuzzTarget[] {
  const samples = {
    CycloneDX: CYCLONEDX,
    'CycloneDX in XML': XML,
    'SPDX 2': SPDX2,
    'SPDX tags': TAGS,
    'SPDX 3': SPDX3,
  };
  const texts = Object.entries({ ...samples, attestation: ENVELOPE }).map(([name, sample]) => ({
    name: `SBOM: ${name}`,
    attempt: (random: () => number) => attempt(Buffer.from(mutated(random, [sample]))),
  }));
  const bytes = {
    name: 'SBOM: bytes',
    attempt: (random: () => number) => attempt(mutatedBytes(random, Buffer.from(`\uFEFF${CYCLONEDX}`, 'utf16le'))),
  };
  return [...texts, bytes];
}

function attempt(bytes: Uint8Array): void {
  const { packages, diagnostics, outcome } = collectSbom(bytes);
  if (packages.length === 0 && diagnostics.length === 0) {
    throw new Error('neither packages nor a reason');
  }
  if (packages.some(({ name, version, purl }) => name === '' || version === '' || !purl.startsWith('pkg:'))) {
    throw new Error('a package without a name, a version or a package URL');
  }
  if (outcome === 'failed' && packages.length > 0) {
    throw new Error('packages of a document that could not be read');
  }
}
