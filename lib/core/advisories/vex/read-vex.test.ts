import { describe, expect, it } from 'vitest';
import { readVex } from './read-vex.ts';

const OPENVEX = {
  '@context': 'https://openvex.dev/ns/v0.2.0',
  author: 'Example Ltd.',
  timestamp: '2026-02-06T16:37:20Z',
  statements: [
    {
      vulnerability: { name: 'CVE-2026-0001', aliases: ['https://example.org/GHSA-aaaa-bbbb-cccc'] },
      products: [
        { '@id': 'pkg:oci/app', subcomponents: [{ '@id': 'pkg:npm/left-pad@1.3.0' }] },
        'pkg:npm/right-pad',
        { '@id': 'the product' },
      ],
      status: 'not_affected',
      justification: 'vulnerable_code_not_in_execute_path',
    },
    { vulnerability: 'CVE-2026-0002', products: ['pkg:npm/a'], status: 'perhaps' },
  ],
};
const CSAF = {
  document: {
    csaf_version: '2.0',
    publisher: { name: 'Vendor' },
    tracking: { current_release_date: '2026-03-01T00:00:00Z' },
  },
  product_tree: {
    branches: [
      {
        branches: [
          {
            product: {
              product_id: 'bash-5.1',
              product_identification_helper: { purl: 'pkg:rpm/redhat/bash@5.1-1.el9?arch=x86_64' },
            },
          },
          { product: { product_id: 'RHEL-9' } },
        ],
      },
    ],
    relationships: [
      {
        product_reference: 'bash-5.1',
        relates_to_product_reference: 'RHEL-9',
        full_product_name: { product_id: 'RHEL-9:bash-5.1' },
      },
    ],
  },
  vulnerabilities: [
    {
      cve: 'CVE-2026-0003',
      product_status: { known_not_affected: ['RHEL-9:bash-5.1', 'unknown'], fixed: [] },
      flags: [{ label: 'component_not_present', product_ids: ['RHEL-9:bash-5.1'] }],
    },
  ],
};
const CYCLONEDX = {
  bomFormat: 'CycloneDX',
  metadata: { timestamp: '2026-04-01T00:00:00Z', supplier: { name: 'Acme' } },
  components: [{ 'bom-ref': 'jackson', purl: 'pkg:maven/com.example/jackson@2.9' }],
  vulnerabilities: [
    {
      id: 'CVE-2026-0004',
      analysis: { state: 'false_positive', detail: 'Not called.' },
      affects: [{ ref: 'jackson' }, { ref: 'urn:cdx:1/1#pkg%3Anpm%2Fa' }],
    },
    { id: 'CVE-2026-0005', analysis: { state: 'resolved' }, affects: [{ ref: 'nobody' }] },
  ],
};

describe('a VEX document', () => {
  it('in OpenVEX speaks of the parts of a product, of names and of aliases', () => {
    const common = {
      names: ['CVE-2026-0001', 'GHSA-aaaa-bbbb-cccc'],
      status: 'not_affected',
      justification: 'vulnerable_code_not_in_execute_path',
      author: 'Example Ltd.',
      at: new Date('2026-02-06T16:37:20Z'),
    };
    expect(readVex(OPENVEX)).toEqual([
      { ...common, purl: 'pkg:npm/left-pad@1.3.0' },
      { ...common, purl: 'pkg:npm/right-pad' },
    ]);
  });

  it('wrapped as Canonical does is read the same', () => {
    const { statements, ...metadata } = OPENVEX;
    expect(readVex({ metadata, statements })).toEqual(readVex(OPENVEX));
  });

  it('in CSAF finds the package behind a product of a product', () => {
    expect(readVex(CSAF)).toEqual([
      {
        names: ['CVE-2026-0003'],
        status: 'not_affected',
        justification: 'component_not_present',
        purl: 'pkg:rpm/redhat/bash@5.1-1.el9?arch=x86_64',
        author: 'Vendor',
        at: new Date('2026-03-01T00:00:00Z'),
      },
    ]);
  });

  it('in CycloneDX follows references into this document and out of it', () => {
    const common = {
      names: ['CVE-2026-0004'],
      status: 'not_affected',
      justification: 'Not called.',
      author: 'Acme',
      at: new Date('2026-04-01T00:00:00Z'),
    };
    expect(readVex(CYCLONEDX)).toEqual([
      { ...common, purl: 'pkg:maven/com.example/jackson@2.9' },
      { ...common, purl: 'pkg:npm/a' },
    ]);
  });

  it.each([[null], [[]], ['text'], [{}], [{ document: {} }]])('that is none is refused: %j', (raw) => {
    expect(readVex(raw)).toHaveProperty('refused');
  });
});
