import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller, Role } from '../../core/model/permissions.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { addResource, NOON, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import type { Dependencies } from '../dependencies.ts';
import { runOperation } from '../operation.ts';
import { exportLedger } from './export-ledger.ts';

const OURS = '111122223333';
const THEIRS = '444455556666';
const EVERYTHING = { kinds: [], states: [], reason: null, silent: false };

let fixture: StoreFixture;
let deps: Dependencies;

beforeEach(async () => {
  fixture = await openStoreFixture();
  deps = storeDependencies(fixture, () => NOON);
  await addResource(fixture.stores, 'i-ours', { accountId: OURS, name: '=1+1', environment: 'prod' });
  await addResource(fixture.stores, 'i-theirs', { accountId: THEIRS, name: 'theirs' });
});

afterEach(() => fixture?.close());

function caller(role: Role, accounts: readonly string[] | null = null): Caller {
  return { userId: role, name: role, email: `${role}@example.com`, role, accounts, sessionId: 'none' };
}

async function linesFor(by: Caller, filter: object = {}): Promise<readonly string[]> {
  const input = { scope: WHOLE_ESTATE, filter: { ...EVERYTHING, ...filter } };
  const { parts } = await runOperation(exportLedger, deps, by, exportLedger.parse(input));
  let text = '';
  for await (const part of parts) text += part;
  return text.split('\r\n').slice(1, -1);
}

describe('the file of coverage', () => {
  it('has a line for each resource, with its environment, and no formulas', async () => {
    const lines = await linesFor(caller('viewer'));

    expect(lines).toHaveLength(2);
    expect(lines.find((line) => line.includes('i-ours'))).toContain(
      `,i-ours,'=1+1,prod,not-assessed,PENDING_INITIAL_SCAN,Waits for its first scan,`,
    );
  });

  it('is as the list is filtered', async () => {
    expect(await linesFor(caller('viewer'), { states: ['scanned'] })).toEqual([]);
    expect(await linesFor(caller('viewer'), { reason: 'PENDING_INITIAL_SCAN' })).toHaveLength(2);
  });

  it('never has what its reader may not see', async () => {
    const lines = await linesFor(caller('viewer', [THEIRS]));

    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('i-theirs');
  });

  it('is refused to whoever sees counts alone', async () => {
    await expect(linesFor(caller('finance'))).rejects.toMatchObject({ code: 'access-denied' });
  });
});
