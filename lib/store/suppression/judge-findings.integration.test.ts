import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runOperation } from '../../operations/operation.ts';
import { endSuppressionRule } from '../../operations/suppression/end-suppression-rule.ts';
import { openRuleFixture, type RuleFixture } from '../../testing/rule-fixture.ts';
import { addResource, observationOf, reportFindings } from '../../testing/store-fixture.ts';

let fixture: RuleFixture;

beforeEach(async () => {
  fixture = await openRuleFixture();
});

afterEach(() => fixture?.close());

describe('judging findings', () => {
  it('rules that come and go while findings are written miss none of them', async () => {
    const sam = await fixture.person('sam', 'security');
    const hosts = await Promise.all(Array.from({ length: 6 }, (_, n) => addResource(fixture.stores, `i-${n}`)));
    const write = async () => {
      for (let round = 0; round < 6; round += 1) {
        await Promise.all(
          hosts.map((host, n) =>
            reportFindings(
              fixture.stores,
              host,
              [
                // Hosts take turns, so that never so much is open that the rule would be too broad.
                observationOf(host, `CVE-${round}`, { severity: n === round ? 'LOW' : 'HIGH' }),
              ],
              { at: new Date(fixture.now().getTime() + round * 1_000) },
            ),
          ),
        );
      }
    };
    const decide = async () => {
      for (let round = 0; round < 6; round += 1) {
        const { id } = await fixture.write(sam, `low-${round}`, 'severity:low');
        if (round < 5) await runOperation(endSuppressionRule, fixture.deps, sam, { id, reason: 'Again.' });
      }
    };

    await Promise.all([write(), decide()]);

    const { rows } = await fixture.database.pool.query(
      `select f.id, f.status, f.severity, f.suppressed_by from finding f
       where (f.closed_at is null and f.severity = 'LOW') <> (f.status = 'SUPPRESSED')
         or (f.status = 'SUPPRESSED') <> (f.suppressed_by is not null)`,
    );
    expect(rows).toEqual([]);
    const counted = await fixture.counts();
    expect(counted.kept).toEqual(counted.anew);
  });

  it('a rule that is made while a report is half written hides what the report brings', async () => {
    const sam = await fixture.person('sam', 'security');
    const host = await addResource(fixture.stores, 'i-1');
    const written = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const writing = fixture.stores.atomically(async (stores) => {
      const inside = { atomically: (work: (part: typeof stores) => Promise<never>) => work(stores) };
      await reportFindings(inside as Parameters<typeof reportFindings>[0], host, [
        observationOf(host, 'CVE-1', { severity: 'LOW' }),
      ]);
      written.resolve();
      await release.promise;
    });
    await written.promise;
    const deciding = fixture.write(sam, 'low-noise', 'severity:low');
    await wait(400);
    release.resolve();
    await Promise.all([writing, deciding]);

    expect(await fixture.standing()).toEqual(['CVE-1 SUPPRESSED']);
  });

  it('the same report again changes no row', async () => {
    const sam = await fixture.person('sam', 'security');
    const host = await addResource(fixture.stores, 'i-1');
    const report = () => reportFindings(fixture.stores, host, [observationOf(host, 'CVE-1', { severity: 'LOW' })]);
    await fixture.write(sam, 'low-noise', 'severity:low');
    await report();
    const read = async () =>
      (await fixture.database.pool.query('select xmin::text, version, status from finding')).rows;
    const before = await read();
    await report();

    expect(before).toMatchObject([{ status: 'SUPPRESSED' }]);
    expect(await read()).toEqual(before);
  });
});
