import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller, Role } from '../../core/model/permissions.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { accountOf, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { addLedgerThing, USAGE_ACCOUNT } from '../../testing/usage-fixture.ts';
import type { Dependencies } from '../dependencies.ts';
import { runOperation } from '../operation.ts';
import { exportCost } from './export-cost.ts';
import { getCost } from './get-cost.ts';

const OTHER = '444455556666';
const LONG_AGO = '2026-01-01T00:00Z';
const ASK = { scope: WHOLE_ESTATE, month: '2026-11', book: 'built-in', trial: false } as const;
const AGENT = { state: 'eligible', way: 'ssm-inventory' } as const;

let fixture: StoreFixture;
let deps: Dependencies;

/** The estate of the contract: ten instances all month and five images, in two accounts. */
beforeEach(async () => {
  fixture = await openStoreFixture();
  deps = storeDependencies(fixture, () => new Date('2026-12-05T12:00:00Z'));
  await deps.resources.upsertAccounts(
    [accountOf(USAGE_ACCOUNT, { name: '=shop' }), accountOf(OTHER)],
    new Date(LONG_AGO),
  );
  for (let n = 0; n < 10; n += 1) {
    const accountId = n < 7 ? USAGE_ACCOUNT : OTHER;
    const environment = n < 9 ? 'prod' : null;
    await addLedgerThing(fixture, {
      ...AGENT,
      key: `i-${n}`,
      accountId,
      environment,
      seen: LONG_AGO,
      region: 'us-east-1',
    });
  }
  for (let n = 0; n < 5; n += 1) {
    await addLedgerThing(fixture, {
      key: `image-${n}`,
      kind: 'ecr',
      seen: '2026-11-20T00:00Z',
      region: 'us-east-1',
      state: 'eligible',
      way: 'registry',
      scans: [['2026-11-20T01:00Z', 'complete']],
    });
  }
});

afterEach(() => fixture?.close());

function caller(role: Role, accounts: readonly string[] | null = null): Caller {
  return { userId: role, name: role, email: `${role}@example.com`, role, accounts, sessionId: 'none' };
}

describe('the cost of a month', () => {
  it('of the contract is 9.09 USD from the ledger to the figure', async () => {
    const view = await runOperation(getCost, deps, caller('lead'), ASK);

    expect(view).toMatchObject({ cents: 909, isOver: true, book: { name: 'built-in v1' } });
    expect(view.kinds.map(({ cents }) => cents)).toEqual([864, 45, 0]);
    expect(view.environments.map(({ environment, cents }) => [environment, cents])).toEqual([
      ['prod', 823],
      [null, 86],
    ]);
    expect(view.accounts.map(({ accountId, cents }) => [accountId, cents])).toEqual([
      [USAGE_ACCOUNT, 650],
      [OTHER, 259],
    ]);
  });

  it('follows the book, the trial and the month', async () => {
    const cents = async (more: object) =>
      (await runOperation(getCost, deps, caller('lead'), { ...ASK, ...more })).cents;

    expect(await cents({ book: 'list' })).toBe(1295);
    // Instances began long ago; the images began in November, and all of their scans are in the trial.
    expect(await cents({ trial: true })).toBe(864);
    expect(await cents({ month: '2026-10' })).toBe(893);
    // 108 hours of December have passed.
    expect(await cents({ month: null })).toBe(130);
    expect(await cents({ month: '2027-01' })).toBe(0);
  });

  it('is of what the caller may see', async () => {
    const view = await runOperation(getCost, deps, caller('lead', [OTHER]), ASK);
    const asked = { ...ASK, scope: { ...WHOLE_ESTATE, accounts: [USAGE_ACCOUNT] } };

    expect(view.accounts.map(({ accountId }) => accountId)).toEqual([OTHER]);
    expect(view.cents).toBe(259);
    expect((await runOperation(getCost, deps, caller('lead', [OTHER]), asked)).cents).toBe(0);
  });

  it.each([
    [{ month: '2026-13' }, 'month'],
    [{ book: 'mine' }, 'book'],
    [{ trial: 'yes' }, 'trial'],
  ])('refuses what it cannot read: %j', async (more, field) => {
    await expect(runOperation(getCost, deps, caller('lead'), { ...ASK, ...more })).rejects.toMatchObject({
      code: 'invalid-input',
      fields: { [field]: expect.any(String) },
    });
  });
});

describe('the file of the cost', () => {
  async function linesFor(by: Caller, more: object = {}): Promise<readonly string[]> {
    const { parts } = await runOperation(exportCost, deps, by, { ...ASK, ...more });
    let text = '';
    for await (const part of parts) text += part;
    return text.split('\r\n').slice(0, -1);
  }

  it('has a line for each meter in each place, with its price and no formulas', async () => {
    const lines = await linesFor(caller('lead'));

    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^month,accountId,accountName,region,environment,meter,/);
    expect(lines[1]).toBe(
      `2026-11,${USAGE_ACCOUNT},'=shop,us-east-1,prod,ec2-agent,7,5040,instance-hour,0,0.0012,1,us-east-1,default,6.05,built-in v1,2026-08-22,2026-12-05T12:00:00.000Z`,
    );
    expect(lines[4]).toContain(',us-east-1,prod,ecr-first,5,5,image,0,0.09,1,');
  });

  it('never has what its reader may not see, and is refused to whoever may not see prices', async () => {
    expect(await linesFor(caller('lead', [OTHER]))).toHaveLength(3);
    await expect(linesFor(caller('viewer'))).rejects.toMatchObject({ code: 'access-denied' });
  });

  it('is in the record of acts', async () => {
    await linesFor(caller('lead'));
    const { rows } = await fixture.database.pool.query(`select detail from activity where action = 'cost-exported'`);

    expect(rows).toEqual([{ detail: 'Exported the cost of 2026-11.' }]);
  });
});
