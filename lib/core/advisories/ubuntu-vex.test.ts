import { describe, expect, it } from 'vitest';
import { deb } from '../versions/deb.ts';
import { evaluateAffected } from './range.ts';
import { toAdvisoryOfUbuntuVex } from './ubuntu-vex.ts';

function documentOf(
  statements: readonly { readonly status: string; readonly products: readonly string[]; readonly note?: string }[],
  name = 'CVE-2026-1000',
): unknown {
  return {
    metadata: { '@context': 'https://openvex.dev/ns/v0.2.0', timestamp: '2026-02-06T16:37:20.173026' },
    statements: statements.map(({ status, products, note }) => ({
      vulnerability: {
        '@id': `https://nvd.nist.gov/vuln/detail/${name}`,
        name,
        description: 'A flaw.',
        aliases: ['https://ubuntu.com/security/x', 'javascript:alert(1)'],
      },
      timestamp: '2026-02-05 02:44:10.025070',
      status,
      action_statement: note,
      products: products.map((id) => ({ '@id': id })),
    })),
  };
}

/** By key, what the document says of a version. */
function verdicts(raw: unknown, version: string): Readonly<Record<string, string>> {
  const read = toAdvisoryOfUbuntuVex(raw);
  if ('refused' in read) {
    throw new Error(read.refused);
  }
  return Object.fromEntries(
    read.affected.map((entry) => [`${entry.ecosystem}/${entry.name}`, evaluateAffected(entry, version, deb).kind]),
  );
}

describe("Ubuntu's VEX documents", () => {
  it('each release has its verdict, and Pro has its own', () => {
    const raw = documentOf([
      { status: 'fixed', products: ['pkg:deb/ubuntu/shadow@1:4.8.1-2ubuntu2.2?arch=source&distro=jammy'] },
      { status: 'affected', products: ['pkg:deb/ubuntu/shadow@1:4.13-1?arch=source&distro=noble'] },
      {
        status: 'not_affected',
        products: ['pkg:deb/ubuntu/shadow@1:4.2-3.1ubuntu5.5+esm3?arch=source&distro=esm-infra/xenial'],
      },
      { status: 'under_investigation', products: ['pkg:deb/ubuntu/shadow@1:4.8?arch=source&distro=focal'] },
    ]);

    expect(verdicts(raw, '1:4.8.1-2ubuntu2.1')).toEqual({
      'Ubuntu:22.04:LTS/shadow': 'affected',
      'Ubuntu:24.04:LTS/shadow': 'affected',
      'Ubuntu:Pro:16.04:LTS/shadow': 'unaffected',
      'Ubuntu:20.04:LTS/shadow': 'undecidable',
    });
    expect(verdicts(raw, '1:4.8.1-2ubuntu2.2')['Ubuntu:22.04:LTS/shadow']).toBe('unaffected');
  });

  it('not affected covers no version at all', () => {
    const raw = documentOf([{ status: 'not_affected', products: ['pkg:deb/ubuntu/a@1?arch=source&distro=jammy'] }]);

    for (const version of ['0~git2020-1', '0', '1:99']) {
      expect(verdicts(raw, version)).toEqual({ 'Ubuntu:22.04:LTS/a': 'unaffected' });
    }
  });

  it('a plus of an archive of Pro stays one', () => {
    const raw = documentOf([
      {
        status: 'fixed',
        products: ['pkg:deb/ubuntu/varnish@5.2.1-1ubuntu0.1+esm1?arch=source&distro=esm-apps/bionic'],
      },
    ]);

    expect(toAdvisoryOfUbuntuVex(raw)).toMatchObject({
      id: 'UBUNTU-CVE-2026-1000',
      upstream: ['CVE-2026-1000'],
      published: new Date('2026-02-05T02:44:10Z'),
      modified: new Date('2026-02-06T16:37:20Z'),
      references: ['https://nvd.nist.gov/vuln/detail/CVE-2026-1000', 'https://ubuntu.com/security/x'],
      affected: [
        {
          ecosystem: 'Ubuntu:Pro:18.04:LTS',
          ranges: [{ events: [{ introduced: '0' }, { fixed: '5.2.1-1ubuntu0.1+esm1' }] }],
        },
      ],
    });
  });

  it("the vendor's own words stand beside the packages that they are about", () => {
    const raw = documentOf([
      { status: 'affected', note: 'Needs fixing.', products: ['pkg:deb/ubuntu/curl@8?arch=source&distro=noble'] },
    ]);

    expect(toAdvisoryOfUbuntuVex(raw)).toMatchObject({
      details: 'A flaw.\n\ncurl (Ubuntu:24.04:LTS): Needs fixing.',
    });
  });

  it.each([
    ['a text', 'is no VEX document'],
    [{ metadata: {}, statements: [] }, 'has no statement'],
    [
      documentOf([{ status: 'fixed', products: [] }], 'USN-7372-1'),
      'is a notice, whose flaws have documents of their own',
    ],
    [documentOf([{ status: 'fixed', products: [] }], 'x'), 'speaks of no CVE, or of several'],
    [
      documentOf([
        {
          status: 'fixed',
          products: [
            'pkg:deb/ubuntu/a@1?arch=amd64',
            'pkg:deb/debian/a@1?arch=source&distro=jammy',
            'pkg:deb/ubuntu/a@1?arch=source&distro=fips/jammy',
            'pkg:deb/ubuntu/a@1?arch=source&distro=__proto__',
            'arch=source',
          ],
        },
        { status: 'constructor', products: ['pkg:deb/ubuntu/a@1?arch=source&distro=jammy'] },
      ]),
      'names no package of a release',
    ],
  ])('%j is refused: %s', (raw, refused) => {
    expect(toAdvisoryOfUbuntuVex(raw)).toEqual({ refused });
  });
});
