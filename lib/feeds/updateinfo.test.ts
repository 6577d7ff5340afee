import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extrasEcosystem, extrasTopicOf } from '../core/ecosystems/os/amazon-extras.ts';
import type { Advisory } from '../core/model/advisory.ts';
import { packageKey } from '../core/model/ids.ts';
import { matchQuery } from '../core/scan/package/query.ts';
import { sharedData } from '../testing/shared-data.ts';
import { openAdvisoryIndex } from './advisory-index/open-advisory-index.ts';
import { ecosystemOf, feedsOfEcosystem, mirrorPath } from './feed-name.ts';
import { REPOSITORIES, repositoryOf, updateinfoUrl } from './repositories.ts';
import { createSkipCount } from './skip-count.ts';
import { syncFeeds } from './sync-feeds.ts';
import { mirrorFile, mirrorSignals } from './testing/mirror.ts';
import { readUpdateinfo } from './updateinfo.ts';

const AMAZON = { ecosystem: 'Amazon Linux:2023', publisher: 'amazon' };
const UPDATE = `<update status="final" type="security"><id>ALAS2023-2026-001</id><title>important: rsyslog</title>
  <issued date="2026-02-17 20:41:00"/><updated date="2026-02-22 23:22:00"/><severity>Important</severity>
  <description>Fixes a &lt;flaw&gt;.</description>
  <references><reference href="https://example.org/CVE-2026-0001" id="CVE-2026-0001" type="cve"/></references>
  <pkglist><collection short="x"><name>Amazon Linux</name>
  <package name="rsyslog" version="8.2204.0" release="3.amzn2023" epoch="0" arch="x86_64"><filename>a.rpm</filename></package>
  <package name="rsyslog" version="8.2204.0" release="3.amzn2023" epoch="0" arch="aarch64"><filename>b.rpm</filename></package>
  <package name="bind" version="9.16" release="1.amzn2023" epoch="32" arch="x86_64"/>
  <package name="rsyslog" version="8.2204.0" release="3.amzn2023" epoch="0" arch="src"/></collection></pkglist></update>`;
const OTHER = '<update type="bugfix"><id>ALBA-1</id><issued date="2026-01-01"/><pkglist/></update>';

let area: string;
beforeEach(() => {
  area = mkdtempSync(join(tmpdir(), 'harrier-updateinfo-'));
});
afterEach(() => rmSync(area, { recursive: true, force: true }));

async function read(content: string | Uint8Array, skips = createSkipCount()): Promise<readonly Advisory[]> {
  const path = join(area, 'updateinfo.xml.gz');
  writeFileSync(path, typeof content === 'string' ? gzipSync(content) : content);
  const advisories: Advisory[] = [];
  for await (const advisory of readUpdateinfo(path, AMAZON, skips, new AbortController().signal)) {
    advisories.push(advisory);
  }
  return advisories;
}

describe('an updateinfo.xml', () => {
  it('becomes advisories: what an update brings is where its flaws end', async () => {
    const skips = createSkipCount();
    const advisories = await read(`<?xml version="1.0"?><updates>${UPDATE}${OTHER}</updates>`, skips);

    const fixed = (version: string) => [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: version }] }];
    expect(advisories).toEqual([
      expect.objectContaining({
        id: 'ALAS2023-2026-001',
        upstream: ['CVE-2026-0001'],
        details: 'Fixes a <flaw>.',
        published: new Date('2026-02-17T20:41:00Z'),
        modified: new Date('2026-02-22T23:22:00Z'),
        severities: [{ type: 'word', value: 'important', source: 'amazon' }],
        affected: [
          { ecosystem: 'Amazon Linux:2023', name: 'rsyslog', ranges: fixed('8.2204.0-3.amzn2023'), versions: [] },
          { ecosystem: 'Amazon Linux:2023', name: 'bind', ranges: fixed('32:9.16-1.amzn2023'), versions: [] },
        ],
      }),
    ]);
    expect(skips.top(3)).toEqual([{ reason: 'mends no vulnerability', count: 1 }]);
  });

  it.each([
    ['is cut short', gzipSync(`<updates>${UPDATE}`), /not well-formed|unclosed/],
    ['is not packed', Buffer.from('<updates/>'), /header/],
    ['ends in the middle of its archive', gzipSync(`<updates>${UPDATE}</updates>`).subarray(0, 300), /unexpected end/],
    ['nests without end', gzipSync('<a>'.repeat(100_000)), /nested too deeply/],
    ['defines entities', gzipSync('<!DOCTYPE a [<!ENTITY b "c">]><updates>&b;</updates>'), /not well-formed/],
  ])('that %s is refused whole', async (_why, content, sentence) => {
    await expect(read(content)).rejects.toThrow(sentence);
  });
});

it('as Amazon publishes them, updates of every release are read', async (ctx) => {
  for (const name of ['1', '2', '2022', '2023', '2023_kernel-livepatch', '2_kernel-5.15']) {
    const path = sharedData(ctx, `native/feed-samples/amazon/updateinfo_${name}.xml.gz`);
    const skips = createSkipCount();
    const found: Advisory[] = [];
    for await (const one of readUpdateinfo(path, AMAZON, skips, new AbortController().signal)) found.push(one);

    expect(found.length, name).toBeGreaterThan(0);
    expect(
      found.every(({ id, affected, upstream }) => id.startsWith('ALAS') && affected.length > 0 && upstream.length > 0),
      name,
    ).toBe(true);
    expect(skips.total(), name).toBe(0);
  }
});

it('as Fedora publishes them, updates are read; those that mend nothing are left out', async (ctx) => {
  const path = sharedData(
    ctx,
    'native/feed-samples/fedora/updateinfo/happy/fedora/linux/updates/43/Everything/x86_64/repodata/74f58a91baa4a290e7ab058c6298b46ef49fc5ee990ede14d181340e5d22fca9-updateinfo.xml.zst',
  );
  const skips = createSkipCount();
  const release = { ecosystem: 'Fedora:43', publisher: 'fedora' };
  for await (const one of readUpdateinfo(path, release, skips, new AbortController().signal)) {
    expect(one).toBeNull();
  }

  expect(skips.top(3)).toEqual([{ reason: 'mends no vulnerability', count: 1 }]);
});

it('the CVEs of Fedora stand in the titles of reports', async () => {
  const update = UPDATE.replace(
    '</references>',
    '<reference href="https://bugzilla.redhat.com/1" id="1" type="bugzilla" title="TRIAGE CVE-2026-0002 CVE-2026-0003 rsyslog: flaw [fedora-all]"/></references>',
  );

  expect((await read(`<updates>${update}</updates>`))[0]?.upstream).toEqual([
    'CVE-2026-0001',
    'CVE-2026-0002',
    'CVE-2026-0003',
  ]);
});

it('a packing that is not read says so', async () => {
  await expect(read(Buffer.from('BZh91AY&SY'))).rejects.toThrow('its header is of neither gzip nor zstd nor xz');
});

describe('repositories', () => {
  it('are synced as an ecosystem of their own and found by package', async () => {
    const mirror = join(area, 'mirror');
    mirrorSignals(mirror);
    mirrorFile(mirror, 'updateinfo/amazon-2023/updateinfo.xml.gz', gzipSync(`<updates>${UPDATE}</updates>`));
    const dataDirectory = join(area, 'data');
    const report = await syncFeeds({
      dataDirectory,
      from: mirror,
      ecosystems: ['Amazon Linux'],
      now: new Date('2026-03-01T00:00:00Z'),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });

    expect(report.sources.find(({ source }) => source === 'updateinfo/amazon-2023')).toMatchObject({
      state: 'updated',
      records: 1,
    });
    expect(report.sources.find(({ source }) => source === 'updateinfo/amazon-2')?.error).toMatch(
      /^Amazon Linux 2 advisories \(ALAS\)/,
    );
    const index = openAdvisoryIndex(dataDirectory);
    const key = packageKey('Amazon Linux:2023', 'bind');
    expect(
      index
        .find([key])
        .get(key)
        ?.map(({ record }) => record.id),
    ).toEqual(['ALAS2023-2026-001']);
    expect(index.ecosystems().map(({ ecosystem }) => ecosystem)).toEqual(['Amazon Linux:2023']);
    index.close();
  });

  it('that date their updates in the future are not fresher than today', async () => {
    const mirror = join(area, 'mirror');
    mirrorSignals(mirror);
    const update = UPDATE.replaceAll('2026-02-', '2099-02-');
    mirrorFile(mirror, 'updateinfo/amazon-2023/updateinfo.xml.gz', gzipSync(`<updates>${update}</updates>`));
    const dataDirectory = join(area, 'data');
    const now = new Date('2026-03-01T00:00:00Z');
    await syncFeeds({
      dataDirectory,
      from: mirror,
      ecosystems: ['Amazon Linux'],
      now,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    const index = openAdvisoryIndex(dataDirectory);

    expect(index.ecosystems()).toMatchObject([{ ecosystem: 'Amazon Linux:2023', newestRecord: now }]);
    index.close();
  });

  it('are found by way of their mirror list and their index', async () => {
    const repository = repositoryOf('amazon-2023');
    const asked: string[] = [];
    const get = async (url: string): Promise<string> => {
      asked.push(url);
      return url.endsWith('mirror.list')
        ? 'https://cdn.example.org/core/guids/abc/x86_64/\n'
        : '<repomd><data type="primary"><location href="no"/></data><data type="updateinfo"><location href="repodata/1-updateinfo.xml.gz"/></data></repomd>';
    };

    const url = await updateinfoUrl(repository as NonNullable<typeof repository>, new AbortController().signal, get);

    expect(url.href).toBe('https://cdn.example.org/core/guids/abc/x86_64/repodata/1-updateinfo.xml.gz');
    expect(asked[1]).toBe('https://cdn.example.org/core/guids/abc/x86_64/repodata/repomd.xml');
  });

  it('have names that are safe in paths, each once', () => {
    const names = REPOSITORIES.map(({ name }) => name);

    expect(names.every((name) => /^[a-z0-9.-]+$/.test(name))).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });

  it('a release of Fedora that is not listed is asked for by its number, also by later syncs', () => {
    expect(feedsOfEcosystem('Fedora')).toContain('updateinfo/fedora-43');
    expect(feedsOfEcosystem('Fedora:77')).toEqual(['updateinfo/fedora-77']);
    expect(mirrorPath('updateinfo/fedora-77')).toBe('updateinfo/fedora-77/updateinfo.xml.zst');
    expect(ecosystemOf('updateinfo/fedora-77')).toBe('Fedora:77');
    expect(ecosystemOf('updateinfo/fedora-43')).toBe('Fedora');
  });

  it('a fix of another topic of the extras says nothing of a package', async () => {
    const mirror = join(area, 'mirror');
    mirrorSignals(mirror);
    const fix = (id: string, version: string) =>
      gzipSync(
        `<updates><update type="security"><id>${id}</id><issued date="2026-01-01"/><references><reference type="cve" id="CVE-2026-0009"/></references><pkglist><package name="php-cli" epoch="0" version="${version}" release="1.amzn2" arch="x86_64"/></pkglist></update></updates>`,
      );
    mirrorFile(mirror, 'updateinfo/amazon-2-php8.0/updateinfo.xml.gz', fix('ALAS2PHP8.0-2026-001', '8.0.30'));
    mirrorFile(mirror, 'updateinfo/amazon-2-php8.2/updateinfo.xml.gz', fix('ALAS2PHP8.2-2026-001', '8.2.9'));
    const dataDirectory = join(area, 'data');
    await syncFeeds({
      dataDirectory,
      from: mirror,
      ecosystems: ['Amazon Linux'],
      now: new Date('2026-03-01T00:00:00Z'),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    const index = openAdvisoryIndex(dataDirectory);
    const idsOf = (version: string) => {
      const ecosystem = extrasEcosystem(extrasTopicOf('php-cli', version)?.topic ?? '');
      return matchQuery({ ecosystem, name: 'php-cli', version }, index);
    };

    expect(idsOf('8.0.30-1.amzn2')).toEqual({ ids: [], matches: [] });
    expect(idsOf('8.0.29-1.amzn2')).toMatchObject({
      ids: ['ALAS2PHP8.0-2026-001'],
      matches: [{ fixed: '8.0.30-1.amzn2' }],
    });
    expect(idsOf('8.2.8-1.amzn2')).toMatchObject({ ids: ['ALAS2PHP8.2-2026-001'] });
    index.close();
  });
});
