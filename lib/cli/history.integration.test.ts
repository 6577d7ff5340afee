import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../testing/store-fixture.ts';

let fixture: StoreFixture;
let key = '';

beforeAll(async () => {
  fixture = await openStoreFixture();
  const resource = await addResource(fixture.stores, 'i-1');
  const at = (days: number) => ({ at: new Date(NOON.getTime() + days * 86_400_000) });
  const observation = observationOf(resource, 'CVE-2026-1');
  key = observation.key;
  await reportFindings(fixture.stores, resource, [observation]);
  await reportFindings(
    fixture.stores,
    resource,
    [observationOf(resource, 'CVE-2026-1', { severity: 'CRITICAL', score: 9.8 })],
    at(1),
  );
  await reportFindings(fixture.stores, resource, [], at(2));
});

afterAll(() => fixture?.close());

function run(args: readonly string[], variables: Readonly<Record<string, string>> = { DATABASE_URL: fixture.url }) {
  return runCli(args, { variables, now: NOON });
}

describe('history on the command line', () => {
  it("shows one finding's life with its blocks", async () => {
    const { code, out } = await run(['history', 'show', key]);

    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'CVE-2026-1 on i-1',
      '',
      'AT | STEP | CAUSE | BY | STATE | SEVERITY | SCORE | BLOCK | DETAIL',
      '2026-11-20T12:00:00.000Z | open | new-resource | harrier | ACTIVE | HIGH | 7.5 | 1 | First seen: openssl 3.0.11.',
      '2026-11-21T12:00:00.000Z | refresh | re-score | harrier | ACTIVE | HIGH > CRITICAL | 7.5 > 9.8 | 2 | Changed: severity HIGH to CRITICAL, score 7.5 to 9.8.',
      '2026-11-22T12:00:00.000Z | close | fix | harrier | ACTIVE > CLOSED | CRITICAL | 9.8 | 3 | A complete scan no longer sees it.',
      '',
    ]);
    expect(JSON.parse((await run(['history', 'show', key, '--json'])).out).events).toHaveLength(3);
  });

  it('verifies the chain, and holds it against a head that was noted before', async () => {
    const { code, out } = await run(['history', 'verify']);
    const head = /block 3: ([0-9a-f]{64})/.exec(out)?.[1] ?? '';

    expect(code).toBe(0);
    expect(out).toContain('3 blocks with 3 rows are whole.');
    expect((await run(['history', 'verify', '--noted', head])).code).toBe(0);
    const other = await run(['history', 'verify', '--noted', '0'.repeat(64)]);
    expect(other).toMatchObject({ code: 1, out: expect.stringContaining('block missing') });
  });

  it('one row that somebody changed is found and named', async () => {
    const client = await fixture.database.pool.connect();
    await client.query("set session_replication_role = 'replica'");
    await client.query("update finding_event set severity = 'LOW' where kind = 'refresh'");
    await client.query("set session_replication_role = 'origin'");
    client.release();

    const { code, out } = await run(['history', 'verify']);

    expect(code).toBe(1);
    expect(out).toContain('The history is not whole: row changed at block 2 (finding_event).');
    expect(out).toContain('Row 2 is not what it was when the block was made.');
    expect(JSON.parse((await run(['history', 'verify', '--json'])).out).fault).toMatchObject({
      row: '2',
      position: '2',
    });
  });

  it.each([
    [['history', 'show'], 2, 'A finding is missing.'],
    [['history', 'show', 'nothing'], 3, 'There is no finding nothing.'],
    [['history', 'verify', '--from', '0'], 2, '--from takes the place of a block'],
    [['history', 'verify', '--noted', 'x'], 2, '--noted takes the 64 hex digits'],
    [['history', 'verify', 'x'], 2, 'one argument too many'],
  ])('%j ends with a sentence', async (args, code, sentence) => {
    expect(await run(args)).toMatchObject({ code, err: expect.stringContaining(sentence) });
  });

  it('without a database says what to set', async () => {
    const { code, err } = await run(['history', 'verify'], { HARRIER_DATA: '/nonexistent' });

    expect(code).toBe(3);
    expect(err).toContain('There is no database in /nonexistent.');
  });
});
