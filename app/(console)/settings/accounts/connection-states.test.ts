import { describe, expect, it } from 'vitest';
import type { ConnectedAccount, Connection } from './connection.ts';
import { standingOf } from './connection-states.ts';

const CONNECTION: Connection = {
  id: 'one',
  name: 'Production',
  kind: 'roles',
  roleArns: [],
  memberRole: 'HarrierRole',
  externalId: null,
  regions: [],
  queueArn: null,
  state: 'read',
  detail: null,
  lookedAt: null,
  updatedBy: '',
  updatedAt: new Date(0),
};

function account(name: string, state: ConnectedAccount['state'], connectionId = 'one'): ConnectedAccount {
  const [since, firstSeenAt, readAt] = [null, new Date(0), null];
  const more = { organizationalUnit: '', roleArn: null, since, firstSeenAt, regions: [], resources: 0, readAt };
  return { id: name, name, connectionId, state, detail: state === 'active' ? null : 'It refuses.', ...more };
}

describe('how a connection stands', () => {
  it('is connected with all of its accounts, in part with some, and not at all with none', () => {
    const fine = account('a', 'active');
    const refused = account('b', 'denied');
    expect(standingOf(CONNECTION, [fine, account('x', 'denied', 'two'), account('y', 'left')])).toEqual({
      tone: 'ok',
      word: 'Connected',
      reason: '',
      total: 1,
      connected: 1,
    });
    expect(standingOf(CONNECTION, [fine, refused])).toMatchObject({
      tone: 'warn',
      word: 'Connected in part',
      reason: 'b: It refuses.',
    });
    expect(standingOf(CONNECTION, [refused])).toMatchObject({ tone: 'danger', word: 'No account is read' });
  });

  it('says why its accounts could not even be listed', () => {
    const detail = 'organizations:ListAccounts is denied.';
    expect(standingOf({ ...CONNECTION, state: 'denied', detail }, [])).toMatchObject({
      tone: 'danger',
      word: 'Denied',
      reason: detail,
    });
    expect(standingOf({ ...CONNECTION, state: 'throttled', detail }, []).tone).toBe('warn');
    expect(standingOf({ ...CONNECTION, state: null }, []).word).toBe('Not checked yet');
  });
});
