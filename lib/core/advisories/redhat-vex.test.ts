import { describe, expect, it } from 'vitest';
import { sharedText } from '../../testing/shared-data.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import type { Advisory } from '../model/advisory.ts';
import type { Package } from '../model/package.ts';
import { evaluateAffected } from './range.ts';
import { redHatVexId, toAdvisoryOfRedHatVex } from './redhat-vex.ts';

const SAMPLE = 'native/feed-samples/redhat/vex/v1/2023/cve-2023-6212.json';

function advisory(raw: unknown): Advisory {
  const read = toAdvisoryOfRedHatVex(raw);
  if ('refused' in read) {
    throw new Error(read.refused);
  }
  return read;
}

interface Told {
  readonly id: string;
  readonly purl?: string;
  readonly in?: string;
  readonly status: string;
}

const PLACES = {
  'BaseOS-9.4.0.Z.MAIN': 'cpe:/o:redhat:enterprise_linux:9::baseos',
  'AppStream-8.9.0.Z.MAIN': 'cpe:/a:redhat:enterprise_linux:8::appstream',
  'BaseOS-9.2.0.Z.EUS': 'cpe:/o:redhat:rhel_eus:9.2::baseos',
  red_hat_enterprise_linux_8: 'cpe:/o:redhat:enterprise_linux:8',
  red_hat_enterprise_linux_9: 'cpe:/o:redhat:enterprise_linux:9.6',
  red_hat_products: 'cpe:/a:redhat',
};

/** A document with one component a line, told as `place:component`. */
function documentOf(told: readonly Told[], more: Readonly<Record<string, unknown>> = {}): unknown {
  const node = (product_id: string, helper: object) => ({
    category: 'product_version',
    product: { name: product_id, product_id, product_identification_helper: helper },
  });
  const status: Record<string, string[]> = {};
  for (const one of told) {
    status[one.status] = [...(status[one.status] ?? []), `${one.in ?? 'BaseOS-9.4.0.Z.MAIN'}:${one.id}`];
  }
  return {
    document: { tracking: { current_release_date: '2026-08-01T00:00:00+00:00' } },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          branches: [
            ...Object.entries(PLACES).map(([id, cpe]) => node(id, { cpe })),
            ...told.map(({ id, purl }) => node(id, purl === undefined ? {} : { purl })),
          ],
        },
      ],
      relationships: told.map(({ id, in: place = 'BaseOS-9.4.0.Z.MAIN' }) => ({
        category: 'default_component_of',
        full_product_name: { product_id: `${place}:${id}` },
        product_reference: id,
        relates_to_product_reference: place,
      })),
    },
    vulnerabilities: [{ cve: 'CVE-2026-1000', product_status: status, ...more }],
  };
}

function pkg(name: string, version: string, more: Partial<Package> = {}): Package {
  return {
    ecosystem: 'redhat',
    name,
    version,
    architecture: 'x86_64',
    sourceName: null,
    sourceVersion: null,
    purl: `pkg:rpm/redhat/${name}@${version}`,
    packageManager: 'OS',
    path: 'var/lib/rpm/rpmdb.sqlite',
    layer: null,
    ...more,
  };
}

/** What the first key says under which the advisory says anything that decides. */
function verdict(record: Advisory, installed: Package, id = 'rhel', versionId = '9.4'): string {
  const { advisoryKeys, advisoryVersion, versions } = ecosystems[installed.ecosystem];
  for (const key of advisoryKeys(installed, { id, versionId, codename: null, prettyName: '' })) {
    const entry = record.affected.find(({ ecosystem, name }) => `${ecosystem}/${name}` === key);
    if (entry !== undefined) {
      return evaluateAffected(entry, advisoryVersion(installed), versions).kind;
    }
  }
  return 'silent';
}

const fixedOpenssl: Told = {
  id: 'openssl-libs-1:3.0.7-27.el9.x86_64',
  purl: 'pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64&epoch=1',
  status: 'fixed',
};

describe("Red Hat's VEX documents", () => {
  it('the published sample keeps fixes, what stays open and why, rating and links', (ctx) => {
    const read = advisory(JSON.parse(sharedText(ctx, SAMPLE)));

    expect(read).toMatchObject({
      id: 'RHVEX-CVE-2023-6212',
      upstream: ['CVE-2023-6212'],
      cwes: ['CWE-120'],
      published: new Date('2023-11-21T00:00:00Z'),
      modified: new Date('2024-08-04T10:17:22Z'),
      severities: [
        { type: 'word', value: 'important', source: 'redhat' },
        { type: 'CVSS_V3', value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H', source: 'redhat' },
      ],
    });
    expect(read.affected).toHaveLength(27);
    expect(read.details).toContain('Out of support scope: firefox, thunderbird (enterprise_linux:6).');
    expect(read.references).toContain('https://access.redhat.com/errata/RHSA-2023:7507');
    expect(verdict(read, pkg('firefox', '115.4.0-1.el9_3'))).toBe('affected');
    expect(verdict(read, pkg('firefox', '115.5.0-1.el9_3'))).toBe('unaffected');
    expect(verdict(read, pkg('firefox', '115.5.0-1.el6'), 'rhel', '6.10')).toBe('affected');
  });

  it('CentOS Linux is judged by the same document, by name and version', (ctx) => {
    const read = advisory(JSON.parse(sharedText(ctx, SAMPLE)));
    const centos = (version: string) => pkg('firefox', version, { ecosystem: 'centos' });

    expect(verdict(read, centos('115.4.0-1.el7.centos'), 'centos', '7')).toBe('affected');
    expect(verdict(read, centos('115.5.0-1.el7_9'), 'centos', '7')).toBe('unaffected');
  });

  it('an epoch is kept, whether the address or only the id has it', () => {
    const inId = { ...fixedOpenssl, purl: 'pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64' };

    for (const one of [fixedOpenssl, inId]) {
      const read = advisory(documentOf([one]));
      expect(verdict(read, pkg('openssl-libs', '1:3.0.7-26.el9'))).toBe('affected');
      expect(verdict(read, pkg('openssl-libs', '1:3.0.7-27.el9'))).toBe('unaffected');
    }
  });

  it('a source that is not affected clears what is built from it, unless a package is named by itself', () => {
    const source = { id: 'openssl', purl: 'pkg:rpm/redhat/openssl?arch=src', in: 'red_hat_enterprise_linux_9' };
    const read = advisory(documentOf([{ ...source, status: 'known_not_affected' }, fixedOpenssl]));
    const of = (name: string) => pkg(name, '1:3.0.7-2.el9', { sourceName: 'openssl' });

    expect(verdict(read, of('openssl-perl'))).toBe('unaffected');
    expect(verdict(read, of('openssl-libs'))).toBe('affected');
    expect(verdict(read, pkg('nginx', '1.20.1-1.el9'))).toBe('silent');
  });

  it('what is under investigation is not decided', () => {
    const read = advisory(
      documentOf([{ id: 'bash', in: 'red_hat_enterprise_linux_9', status: 'under_investigation' }]),
    );

    expect(verdict(read, pkg('bash', '5.1.8-9.el9'))).toBe('undecidable');
  });

  it('of several fixes of one package the last one counts', () => {
    const earlier = {
      id: 'openssl-libs-1:3.0.7-25.el9_3.x86_64',
      purl: 'pkg:rpm/redhat/openssl-libs@3.0.7-25.el9_3?arch=x86_64&epoch=1',
      status: 'fixed',
    };
    const [entry] = advisory(documentOf([fixedOpenssl, earlier])).affected;

    expect(entry && evaluateAffected(entry, '1:3.0.7-20.el9', ecosystems.redhat.versions)).toMatchObject({
      kind: 'affected',
      fixedVersion: '1:3.0.7-27.el9',
    });
  });

  it('other products, streams of extended support and words for all products are left out', () => {
    expect(
      toAdvisoryOfRedHatVex(
        documentOf([
          { ...fixedOpenssl, in: 'BaseOS-9.2.0.Z.EUS' },
          { id: 'openssl', in: 'red_hat_products', status: 'known_not_affected' },
        ]),
      ),
    ).toEqual({ refused: 'names no package of Enterprise Linux' });
  });
});

describe('packages of modules', () => {
  const build = 'nodejs-1:18.18.2-1.module+el8.9.0+20424+ea1fcb1b.x86_64';
  const version = '18.18.2-1.module%2Bel8.9.0%2B20424%2Bea1fcb1b';
  const appstream = 'AppStream-8.9.0.Z.MAIN';
  const inPurl: Told = {
    id: build,
    purl: `pkg:rpm/redhat/nodejs@${version}?arch=x86_64&epoch=1&rpmmod=nodejs:18:8090020231019152822:a75119d5`,
    in: appstream,
    status: 'fixed',
  };
  const inId: Told = {
    id: `${build}::nodejs:18`,
    purl: `pkg:rpm/redhat/nodejs@${version}?arch=x86_64&epoch=1`,
    in: appstream,
    status: 'fixed',
  };
  const of = (installed: string, stream: string | null) =>
    pkg('nodejs', installed, {
      purl: `pkg:rpm/redhat/nodejs@${encodeURIComponent(installed)}${stream === null ? '' : `?rpmmod=${encodeURIComponent(stream)}`}`,
    });
  const old18 = of('1:18.12.1-1.module+el8.7.0+17306+fc023f99', 'nodejs:18:8070020221206152822:bd1311ed');
  const old16 = of('1:16.20.1-1.module+el8.8.0+19157+fc023f99', 'nodejs:16:8080020230725152822:bd1311ed');

  it.each([
    ['in the address', inPurl],
    ['in the id', inId],
  ])('a fix of one stream says nothing of another; the stream stands %s', (_, told) => {
    const read = advisory(documentOf([told]));

    expect(verdict(read, old18, 'rhel', '8.9')).toBe('affected');
    expect(verdict(read, old16, 'rhel', '8.9')).toBe('silent');
    expect(verdict(read, of('1:18.18.2-1.module+el8.9.0+20424+ea1fcb1b', 'nodejs:18'), 'rhel', '8.9')).toBe(
      'unaffected',
    );
  });

  it('a build may be a part of a module that is a part of a repository', () => {
    const raw = documentOf([{ ...inId, id: build }]) as {
      product_tree: { branches: object[]; relationships: Record<string, unknown>[] };
    };
    const module = 'nodejs:18:8090020231019152822:a75119d5';
    const purl = 'pkg:rpmmod/redhat/nodejs@18:8090020231019152822:a75119d5';
    raw.product_tree.branches.push({
      product: { product_id: module, product_identification_helper: { purl } },
    });
    raw.product_tree.relationships[0] = {
      ...raw.product_tree.relationships[0],
      relates_to_product_reference: `${appstream}:${module}`,
    };
    raw.product_tree.relationships.push({
      full_product_name: { product_id: `${appstream}:${module}` },
      product_reference: module,
      relates_to_product_reference: appstream,
    });

    expect(advisory(raw).affected).toMatchObject([
      { ecosystem: 'Red Hat:enterprise_linux:8::appstream', name: 'nodejs:18/nodejs' },
    ]);
  });

  it.each([
    ['nodejs:16/nodejs', 'pkg:rpmmod/redhat/nodejs:16/nodejs'],
    ['nodejs:16/nodejs', undefined],
    ['nodejs::nodejs:16', 'pkg:rpm/redhat/nodejs?arch=src&rpmmod=nodejs:16'],
  ])('an open flaw of a stream is one of its packages: %s, %s', (id, purl) => {
    const told = { id, in: 'red_hat_enterprise_linux_8', status: 'known_affected' };
    const read = advisory(documentOf([purl === undefined ? told : { ...told, purl }]));

    expect(verdict(read, old16, 'rhel', '8.9')).toBe('affected');
    expect(verdict(read, old18, 'rhel', '8.9')).toBe('silent');
    expect(verdict(read, pkg('nodejs', '1:16.20.2-8.el8'), 'rhel', '8.9')).toBe('silent');
  });

  it('what is said of packages outside of modules is not said of a module', () => {
    const told = { id: 'nodejs', in: 'red_hat_enterprise_linux_8', status: 'known_affected' };
    const read = advisory(documentOf([told]));

    expect(verdict(read, pkg('nodejs', '1:10.1.0-1.el8'), 'rhel', '8.9')).toBe('affected');
    expect(verdict(read, old18, 'rhel', '8.9')).toBe('silent');
    expect(verdict(read, of(old18.version, null), 'rhel', '8.9')).toBe('silent');
  });
});

describe('hostile documents', () => {
  it.each([
    [null, 'speaks of no CVE, or of several'],
    [{ document: {}, vulnerabilities: [{ cve: 'CVE-2026-1' }] }, 'speaks of no CVE, or of several'],
    [{ document: {}, vulnerabilities: [{ cve: 'CVE-2026-1000' }] }, 'no valid date of modification'],
    [
      { document: { tracking: { current_release_date: '2026-01-01' } }, vulnerabilities: [{ cve: 'CVE-2026-1000' }] },
      'names no package of Enterprise Linux',
    ],
  ])('%j is refused: %s', (raw, refused) => {
    expect(toAdvisoryOfRedHatVex(raw)).toEqual({ refused });
  });

  it('relationships that go round in circles and branches without end name nothing', () => {
    let branch: object = {};
    for (let depth = 0; depth < 10_000; depth += 1) {
      branch = { branches: [branch] };
    }
    const circle = (id: string, parent: string) => ({
      full_product_name: { product_id: id },
      product_reference: 'bash',
      relates_to_product_reference: parent,
    });
    const raw = {
      document: { tracking: { current_release_date: '2026-01-01' } },
      product_tree: { branches: [branch], relationships: [circle('a', 'b'), circle('b', 'a')] },
      vulnerabilities: [{ cve: 'CVE-2026-1000', product_status: { known_affected: ['a', 'b', 'c'] } }],
    };

    expect(toAdvisoryOfRedHatVex(raw)).toEqual({ refused: 'names no package of Enterprise Linux' });
  });

  it('ids never meet those of OSV', () => {
    expect(redHatVexId('CVE-2026-1000')).toBe('RHVEX-CVE-2026-1000');
  });
});
