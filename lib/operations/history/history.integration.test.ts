import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller, Role } from '../../core/model/permissions.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../../testing/store-fixture.ts';
import { type Operation, runOperation } from '../operation.ts';
import { compareDays } from './compare-days.ts';
import { getFindingHistory } from './get-finding-history.ts';
import { getPastOverview } from './get-past-overview.ts';
import { listFindingsAsOf, pastFindingsInput } from './list-findings-as-of.ts';
import { verifyChain } from './verify-chain.ts';

const OTHER = '444455556666';
const TODAY = '2026-11-20';
const YESTERDAY = '2026-11-19';

let fixture: StoreFixture;
const keys: string[] = [];

beforeAll(async () => {
  fixture = await openStoreFixture();
  for (const accountId of ['111122223333', OTHER]) {
    const resource = await addResource(fixture.stores, `i-${accountId}`, { accountId });
    const observations = [1, 2].map((n) => observationOf(resource, `CVE-2026-${n}`));
    await reportFindings(fixture.stores, resource, observations);
    keys.push(...observations.map(({ key }) => key));
  }
});

afterAll(() => fixture?.close());

function ask<I, O>(
  operation: Operation<I, O>,
  input: unknown,
  role: Role = 'admin',
  accounts: readonly string[] | null = null,
) {
  const caller: Caller = { userId: 'u', name: 'Ines', email: 'ines@example.org', role, accounts, sessionId: 's' };
  return runOperation(
    operation,
    storeDependencies(fixture, () => NOON),
    caller,
    input,
  );
}

describe('history that a caller asks for', () => {
  it('is of the accounts that they may see, and no more', async () => {
    const [first = '', , other = ''] = keys;
    const everything = { scope: WHOLE_ESTATE, day: TODAY };

    expect((await ask(getFindingHistory, { id: first }, 'viewer', ['111122223333'])).events).toHaveLength(1);
    await expect(ask(getFindingHistory, { id: other }, 'viewer', ['111122223333'])).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(ask(getFindingHistory, { id: "' or true" })).rejects.toMatchObject({ code: 'not-found' });
    expect(await ask(listFindingsAsOf, everything)).toMatchObject({ counts: { open: { HIGH: 4 } }, nextCursor: null });
    expect((await ask(listFindingsAsOf, everything, 'viewer', [OTHER])).rows.map(({ accountId }) => accountId)).toEqual(
      [OTHER, OTHER],
    );
    expect(await ask(listFindingsAsOf, everything, 'viewer', [])).toMatchObject({
      rows: [],
      counts: { open: { HIGH: 0 } },
    });
  });

  it('shows of a past overview only what the reader may see', async () => {
    const past = { scope: WHOLE_ESTATE, day: TODAY };

    expect(await ask(getPastOverview, past)).toMatchObject({ open: { HIGH: 4 }, openTotal: 4 });
    const part = await ask(getPastOverview, past, 'viewer', [OTHER]);
    expect(part).toMatchObject({ openTotal: 2, accountsByRisk: [{ id: OTHER, total: 2 }] });
    expect(await ask(getPastOverview, past, 'viewer', [])).toMatchObject({ openTotal: 0, accountsByRisk: [] });
    expect(await ask(getPastOverview, { ...past, day: YESTERDAY })).toMatchObject({ openTotal: 0 });
  });

  it('says which parts of a query only the present can answer', async () => {
    const page = { ...pastFindingsInput(WHOLE_ESTATE, TODAY, 'cve:CVE-2026-1 owner:me'), limit: 50 };
    const { rows, presentOnly } = await ask(listFindingsAsOf, page);

    expect(rows.map(({ vulnerabilityId }) => vulnerabilityId)).toEqual(['CVE-2026-1', 'CVE-2026-1']);
    expect(presentOnly).toEqual(['owner:me']);
    await expect(ask(listFindingsAsOf, { ...page, query: 'severity:worst' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('tells two days apart by cause, with the findings behind it', async () => {
    const days = { scope: WHOLE_ESTATE, from: YESTERDAY, to: TODAY, limit: 1 };
    const { before, after, causes } = await ask(compareDays, days, 'viewer', [OTHER]);

    expect([before.HIGH, after.HIGH]).toEqual([0, 2]);
    expect(causes).toMatchObject([
      { cause: 'new-resource', opened: 2, closed: 0, findings: [{ kind: 'open', resourceName: `i-${OTHER}` }] },
    ]);
    expect(causes[0]?.findings).toHaveLength(1);
  });

  it.each([
    [compareDays, { scope: WHOLE_ESTATE, from: TODAY, to: YESTERDAY }],
    [compareDays, { scope: WHOLE_ESTATE, from: '2026-02-30', to: TODAY }],
    [listFindingsAsOf, { scope: WHOLE_ESTATE, day: 'yesterday' }],
    [listFindingsAsOf, { scope: WHOLE_ESTATE, day: TODAY, cursor: 'x' }],
    [verifyChain, { from: 0 }],
  ] as const)('is refused where it makes no sense: %#', async (operation, input) => {
    await expect(ask(operation as Operation<unknown, unknown>, input)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('is verified by who may read the settings, and that they did is part of it', async () => {
    await expect(ask(verifyChain, {}, 'viewer')).rejects.toMatchObject({ code: 'access-denied' });
    const before = await ask(verifyChain, {}, 'security');
    const after = await ask(verifyChain, {}, 'security');

    expect(before).toMatchObject({ blocks: 2, rows: 4, fault: null });
    expect(after).toMatchObject({ blocks: 3, rows: 5, fault: null });
    expect(await ask(verifyChain, { from: 2, to: 2 })).toMatchObject({ blocks: 1, rows: 2, fault: null });
  });
});
