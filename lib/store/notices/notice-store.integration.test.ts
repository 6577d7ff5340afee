import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../../testing/store-fixture.ts';

const OURS = '111111111111';
const THEIRS = '222222222222';
const DAY_MS = 86_400_000;
const later = (days: number) => new Date(NOON.getTime() + days * DAY_MS);

let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
  for (const [id, accounts] of [
    ['ines', null],
    ['ours', [OURS]],
    ['gone', null],
  ] as const) {
    const email = `${id}@example.com`;
    const person = { id, email, name: id, role: 'triage', accounts, passwordHash: null, createdAt: NOON } as const;
    await fixture.stores.users.create(person);
  }
  await fixture.database.pool.query("update app_user set disabled = true where id = 'gone'");
  const ours = await addResource(fixture.stores, 'host-ours', { accountId: OURS });
  const theirs = await addResource(fixture.stores, 'host-theirs', { accountId: THEIRS });
  await reportFindings(fixture.stores, ours, [observationOf(ours, 'CVE-2026-1')]);
  await reportFindings(fixture.stores, theirs, [
    observationOf(theirs, 'CVE-2026-1'),
    observationOf(theirs, 'CVE-2026-2', { packageName: 'hidden-package' }),
  ]);
});

afterAll(() => fixture?.close());

describe('notices', () => {
  it('of one event are written once, and not to who is not there', async () => {
    const { notices } = fixture.stores;
    const notice = {
      kind: 'mention',
      dedupe: 'comment 1',
      title: 'x'.repeat(50),
      detail: '',
      href: '/my-work',
    } as const;
    await notices.add(
      [
        { ...notice, userId: 'ours' },
        { ...notice, userId: 'nobody' },
      ],
      NOON,
    );
    await notices.add([{ ...notice, userId: 'ours' }], NOON);

    expect(await notices.unread('ours')).toBe(1);
    const { rows } = await notices.list('ours', { cursor: null, limit: 10 });
    await notices.markRead('ines', null, NOON);
    expect(await notices.unread('ours')).toBe(1);
    await notices.markRead(
      'ours',
      rows.map(({ id }) => id),
      NOON,
    );
    expect(await notices.unread('ours')).toBe(0);
  });

  it('come in pages, newest first', async () => {
    const { notices } = fixture.stores;
    const many = Array.from({ length: 5 }, (_, n) => ({
      userId: 'ines',
      kind: 'mention' as const,
      dedupe: `page ${n}`,
      title: `notice ${n}`,
      detail: '',
      href: '/',
    }));
    for (const one of many) await notices.add([one], NOON);
    const first = await notices.list('ines', { cursor: null, limit: 3 });
    const second = await notices.list('ines', { cursor: first.nextCursor, limit: 3 });

    expect([...first.rows, ...second.rows].map(({ title }) => title)).toEqual(
      many.map(({ title }) => title).toReversed(),
    );
    expect(second.nextCursor).toBeNull();
    await expect(notices.list('ines', { cursor: 'x', limit: 3 })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('of a watched vulnerability and of due dates speak of what the person may see', async () => {
    const { notices, personal } = fixture.stores;
    for (const id of ['ours', 'ines', 'gone']) {
      await personal.watch(id, 'CVE-2026-1', true, later(-1));
      await personal.watch(id, 'CVE-2026-2', true, later(-1));
    }
    await fixture.database.pool.query(
      `update finding set owner = 'ours', due_at = $1::timestamptz, version = version + 1`,
      [later(1)],
    );
    const titles = async (id: string, kind: string) =>
      (await notices.list(id, { cursor: null, limit: 50 })).rows
        .filter((row) => row.kind === kind)
        .map(({ title, detail }) => `${title}. ${detail}`)
        .toSorted();

    await notices.sweep(NOON);
    await notices.sweep(NOON);

    expect(await titles('ours', 'watch')).toEqual(['CVE-2026-1 was found. It is open on 1 resource.']);
    expect(await titles('ines', 'watch')).toEqual([
      'CVE-2026-1 was found. It is open on 2 resources.',
      'CVE-2026-2 was found. It is open on 1 resource.',
    ]);
    expect(await titles('gone', 'watch')).toEqual([]);
    expect(await titles('ours', 'due')).toEqual(['1 of yours due within 48 h. ']);

    await notices.sweep(later(2));
    expect(await titles('ours', 'due')).toEqual(['1 of yours due within 48 h. ', '1 of yours past due. ']);

    await notices.sweep(later(200));
    expect(await notices.unread('ours')).toBe(1);
  });
});
