import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SCAN_POLICY, type ScanPolicy } from '../../core/coverage/eligibility.ts';
import type { Caller, Role } from '../../core/model/permissions.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { NOON, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import type { Dependencies } from '../dependencies.ts';
import { runOperation } from '../operation.ts';
import { getScanPolicy, SCAN_POLICY_SETTING, widenScanPolicy } from './scan-policy.ts';

const NARROW: ScanPolicy = {
  ...SCAN_POLICY,
  ec2Mode: 'agent',
  imagePushedDays: 30,
  scans: { ec2: true, ecr: false, lambda: false },
};

let fixture: StoreFixture;
let deps: Dependencies;

beforeEach(async () => {
  fixture = await openStoreFixture();
  deps = storeDependencies(fixture, () => NOON);
  await deps.users.create({
    id: 'admin',
    email: 'admin@example.com',
    name: 'admin',
    role: 'admin',
    accounts: null,
    passwordHash: null,
    createdAt: NOON,
  });
  await deps.users.saveSetting(SCAN_POLICY_SETTING, NARROW, 'admin', NOON);
});

afterEach(() => fixture?.close());

function caller(role: Role): Caller {
  return { userId: role, name: role, email: `${role}@example.com`, role, accounts: null, sessionId: 'none' };
}

const widen = (role: Role, input: unknown) =>
  runOperation(widenScanPolicy, deps, caller(role), widenScanPolicy.parse(input));
const policy = () => runOperation(getScanPolicy, deps, caller('admin'), {});

describe('what is scanned', () => {
  it('is widened by one service, and the rest stays as it is', async () => {
    await expect(widen('admin', { scans: ['lambda'] })).resolves.toEqual({ jobId: null });

    expect(await policy()).toEqual({ ...NARROW, scans: { ec2: true, ecr: false, lambda: true } });
  });

  it('is widened by snapshots, and that once', async () => {
    await widen('admin', { snapshots: true });

    expect(await policy()).toEqual({ ...NARROW, ec2Mode: 'hybrid' });
    await expect(widen('admin', { snapshots: true })).rejects.toThrow('That is switched on already.');
  });

  it.each(['viewer', 'lead', 'security'] as const)('is not widened by %s', async (role) => {
    await expect(widen(role, { scans: ['ecr'] })).rejects.toMatchObject({ code: 'access-denied' });

    expect(await policy()).toEqual(NARROW);
  });
});
