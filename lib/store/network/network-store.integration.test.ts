import { beforeEach, describe, expect, it } from 'vitest';
import { NOON, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';

const PLACE = { accountId: '111122223333', region: 'eu-west-1' };
const NEIGHBOUR = { accountId: '999988887777', region: 'eu-west-1' };
const at = (seconds: number) => new Date(NOON.getTime() + seconds * 1_000);
const LONG_AGO = new Date(0);

/** A network that is peered with a VPC of an account. */
function peeredWith(owner: string) {
  const peering = {
    VpcPeeringConnectionId: 'pcx-1',
    Status: { Code: 'active' },
    RequesterVpcInfo: { VpcId: 'vpc-1', OwnerId: PLACE.accountId },
    AccepterVpcInfo: { VpcId: 'vpc-2', OwnerId: owner },
  };
  return { lists: { VpcPeeringConnections: [peering] }, unread: {} };
}

let fixture: StoreFixture;

beforeEach(async () => {
  fixture = await openStoreFixture();
  for (const { accountId } of [PLACE, NEIGHBOUR]) {
    await fixture.database.pool.query(
      'insert into account (id, name, first_seen_at, updated_at) values ($1, $1, $2, $2) on conflict do nothing',
      [accountId, NOON],
    );
  }
  return () => fixture.close();
});

const due = () => fixture.stores.network.due(LONG_AGO, 10);

describe('a network', () => {
  it('is due when it changes, until it is solved', async () => {
    const { network } = fixture.stores;
    expect(await network.save(PLACE, peeredWith('111122223333'), at(0))).toBe(true);
    const [first] = await due();
    expect(first).toMatchObject(PLACE);
    if (first === undefined) return;
    await network.settle(first, at(1));
    expect(await due()).toEqual([]);
    expect(await network.save(PLACE, peeredWith('111122223333'), at(2))).toBe(false);
    expect(await due()).toEqual([]);
    expect(await network.due(at(2), 10)).toHaveLength(1);
  });

  it.each([
    ['its instances change', () => fixture.stores.network.unsolve(PLACE, at(1))],
    ['its neighbour changes', () => fixture.stores.network.save(NEIGHBOUR, { lists: {}, unread: {} }, at(1))],
    ['it changes itself', () => fixture.stores.network.save(PLACE, { lists: {}, unread: {} }, at(1))],
  ])('stays due when %s while it is being solved', async (_, change) => {
    const { network } = fixture.stores;
    await network.save(PLACE, peeredWith(NEIGHBOUR.accountId), at(0));
    const [first] = await due();
    if (first === undefined) throw new Error('Nothing is due.');
    await change();
    await network.settle(first, at(2));
    expect((await due()).map(({ accountId }) => accountId)).toContain(PLACE.accountId);
  });
});
