import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageKey } from '../core/model/ids.ts';
import type { SyncReport } from '../core/ports/advisory-feeds.ts';
import { openAdvisoryIndex } from './advisory-index/open-advisory-index.ts';
import { osvChanges } from './osv-delta.ts';
import { syncFeeds } from './sync-feeds.ts';
import { mirrorFile, mirrorOsv, mirrorSignals, osvRecord } from './testing/mirror.ts';
import { type MirrorServer, serveMirror } from './testing/mirror-server.ts';

const FIRST = new Date('2026-08-02T00:00:00Z');
const LATER = new Date('2026-08-04T00:00:00Z');
const RECORDS = Array.from({ length: 40 }, (_, n) =>
  osvRecord(`GHSA-${n}`, 'npm', `package-${n}`, { aliases: [`CVE-2026-${1000 + n}`] }),
);
const CHANGED = [
  // One names another package than before, one is withdrawn, one is new.
  { ...osvRecord('GHSA-3', 'npm', 'renamed', { summary: 'Now of renamed' }), modified: '2026-08-03T00:00:00Z' },
  {
    ...osvRecord('GHSA-4', 'npm', 'package-4', { withdrawn: '2026-08-03T00:00:00Z' }),
    modified: '2026-08-03T00:00:00Z',
  },
  { ...osvRecord('GHSA-new', 'npm', 'package-5'), modified: '2026-08-03T00:00:00Z' },
];

let area: string;
let mirror: string;
let server: MirrorServer;

beforeEach(async () => {
  area = mkdtempSync(join(tmpdir(), 'harrier-delta-'));
  mirror = join(area, 'mirror');
  mirrorSignals(mirror);
  publish(RECORDS);
  server = await serveMirror(mirror);
});

afterEach(() => {
  server.close();
  rmSync(area, { recursive: true, force: true });
});

type Published = ReturnType<typeof osvRecord>;

/** The archive, the list of changes (newest first, as OSV sorts it) and every record by itself. */
function publish(records: readonly Published[]): void {
  mirrorOsv(mirror, 'npm', records);
  const lines = records
    .map(({ id, modified }) => `${modified},${id}`)
    .sort()
    .reverse();
  mirrorFile(mirror, 'osv/npm/modified_id.csv', `${lines.join('\n')}\n`);
  for (const record of records) {
    mirrorFile(mirror, `osv/npm/${record.id}.json`, JSON.stringify(record));
  }
}

function publishChanges(): void {
  const changed = new Set(CHANGED.map(({ id }) => id));
  publish([...RECORDS.filter(({ id }) => !changed.has(id)), ...CHANGED]);
}

function sync(from: string, now: Date, data = 'data'): Promise<SyncReport> {
  return syncFeeds({
    dataDirectory: join(area, data),
    from,
    ecosystems: ['npm'],
    now,
    signal: new AbortController().signal,
    times: { retryMilliseconds: 1, attempts: 2, silenceMilliseconds: 10_000 },
    onProgress: () => undefined,
  });
}

/** Everything that the index says about every package of the records, texts included. */
function contents(data = 'data') {
  const index = openAdvisoryIndex(join(area, data));
  try {
    const names = [...RECORDS.map((_, n) => `package-${n}`), 'renamed'];
    return {
      records: index.ecosystems().map(({ ecosystem, records, newestRecord }) => [ecosystem, records, newestRecord]),
      found: names.map((name) => [
        name,
        (index.find([packageKey('npm', name)]).get(packageKey('npm', name)) ?? []).map(({ record, affected }) => [
          record.id,
          record.summary,
          record.modified,
          affected,
        ]),
      ]),
      named: index.named('GHSA-4').map(({ id, withdrawn }) => [id, withdrawn]),
    };
  } finally {
    index.close();
  }
}

describe('changed records alone make the index what the whole archive would', () => {
  it.each(['a directory', 'an address'])('from %s', async (kind) => {
    const from = kind === 'a directory' ? mirror : server.url;
    await sync(from, FIRST);
    publishChanges();
    server.asked.length = 0;

    const report = await sync(from, LATER);

    expect(report.sources[0]).toMatchObject({ source: 'osv/npm', state: 'updated', records: 41, skipped: 0 });
    expect(server.asked).not.toContain('/osv/npm/all.zip');
    await sync(mirror, LATER, 'whole');
    expect(contents()).toEqual(contents('whole'));
    expect(contents().named).toEqual([['GHSA-4', new Date('2026-08-03T00:00:00Z')]]);
  });

  it('again and again, and once a week from the whole archive', async () => {
    const from = server.url;
    await sync(from, FIRST);
    publishChanges();
    await sync(from, LATER);
    server.asked.length = 0;

    expect((await sync(from, LATER)).sources[0]?.state).toBe('unchanged');
    expect(server.asked).toContain('/osv/npm/modified_id.csv');
    expect(server.asked).not.toContain('/osv/npm/all.zip');

    await sync(from, new Date('2026-08-12T00:00:00Z'));
    expect(server.asked).toContain('/osv/npm/all.zip');
  });
});

it('what has to be matched again is the same after a list of changes and after the whole archive', async () => {
  const from = server.url;
  await sync(from, FIRST);
  await sync(from, FIRST, 'whole');
  publishChanges();

  const delta = await sync(from, LATER);
  rmSync(join(mirror, 'osv/npm/modified_id.csv'));
  const whole = await sync(from, LATER, 'whole');
  const again = await sync(from, LATER, 'whole');

  const keys = ['package-3', 'renamed', 'package-4', 'package-5'].map((name) => packageKey('npm', name));
  expect(delta.changedKeys).toEqual(new Set(keys));
  expect(whole.changedKeys).toEqual(new Set(keys));
  expect(whole.revision).not.toBe(delta.revision);
  expect(again).toMatchObject({ changed: false, previous: whole.revision, changedKeys: new Set() });
});

it('a changed record that is listed and not there is looked for in the whole archive', async () => {
  const from = server.url;
  await sync(from, FIRST);
  publishChanges();
  rmSync(join(mirror, 'osv/npm/GHSA-new.json'));

  const report = await sync(from, LATER);

  expect(server.asked).toContain('/osv/npm/all.zip');
  expect(report.sources[0]).toMatchObject({ state: 'updated', records: 41 });
});

it('so is one that its server is too busy to send', async () => {
  await sync(server.url, FIRST);
  publishChanges();
  server.overload('/osv/npm/GHSA-new.json');

  const report = await sync(server.url, LATER);

  expect(server.asked).toContain('/osv/npm/all.zip');
  expect(report.sources[0]).toMatchObject({ state: 'updated', records: 41, error: null });
});

it('a list of changes is read with its bad lines passed by', async () => {
  mirrorFile(
    mirror,
    'osv/npm/modified_id.csv',
    '2026-08-09T00:00:00Z,GHSA-9\nnonsense\n2026-08-01T00:00:00Z,GHSA-1\n2026-08-05T00:00:00.5Z,GHSA-5\n',
  );
  const access = { origin: { directory: mirror }, signal: new AbortController().signal };

  expect(await osvChanges.since('npm', '2026-08-03T00:00:00Z', access)).toEqual({
    ids: ['GHSA-9', 'GHSA-5'],
    removed: [],
    cursor: '2026-08-09T00:00:00Z',
    archivedAt: null,
  });
  expect(await osvChanges.since('PyPI', null, access)).toBeNull();
});
