import { describe, expect, it } from 'vitest';
import type { Connection } from './connection.ts';
import { answerOf, draftOf, inputOf, isSaved, regionsInWords, stepOfFaults, stepsOf } from './connection-draft.ts';

const DEFAULTS = {
  newExternalId: 'hr-7c1e92b4',
  identity: { accountId: '101010101010', arn: 'arn:aws:iam::101010101010:role/harrier' },
};
const STORED: Connection = {
  id: '0b7c1f9e-0000-4000-8000-000000000001',
  name: 'Production',
  kind: 'roles',
  roleArns: ['arn:aws:iam::111122223333:role/A', 'arn:aws:iam::444455556666:role/B'],
  memberRole: 'HarrierRole',
  externalId: null,
  regions: ['eu-west-1', 'us-east-1'],
  queueArn: 'arn:aws:sqs:eu-west-1:101010101010:changes',
  state: 'read',
  detail: null,
  lookedAt: null,
  updatedBy: 'ines@example.com',
  updatedAt: new Date(0),
};

describe('what the steps ask for', () => {
  it('a new connection has an external id of its own and names who assumes the role', () => {
    expect(draftOf(null, DEFAULTS)).toMatchObject({
      kind: 'account',
      roleName: 'HarrierRole',
      externalId: 'hr-7c1e92b4',
      principal: DEFAULTS.identity.arn,
    });
    expect(draftOf(null, { ...DEFAULTS, identity: null }).principal).toBe('');
  });

  it('a stored one without an external id gets none, and is kept as it was', () => {
    const draft = draftOf(STORED, DEFAULTS);
    expect(draft.externalId).toBe('');
    expect(inputOf(draft, STORED.id)).toEqual({
      id: STORED.id,
      name: 'Production',
      kind: 'roles',
      regions: 'eu-west-1 us-east-1',
      queueArn: STORED.queueArn,
      memberRole: 'HarrierRole',
      externalId: '',
      roleArns: STORED.roleArns.join('\n'),
    });
  });

  it('Harrier’s own account takes neither roles nor an external id along, and has a name in any case', () => {
    const draft = { ...draftOf(null, DEFAULTS), roleArns: 'arn:aws:iam::111122223333:role/A', name: '  ' };
    expect(inputOf(draft, '')).toMatchObject({ name: 'This account', externalId: '', roleArns: '' });
    expect(stepsOf('account')).toEqual(['source', 'template', 'verify']);
    expect(stepsOf('organization')).toEqual(['source', 'template', 'roles', 'verify']);
  });

  it('knows whether something that is kept has changed', () => {
    const saved = draftOf(STORED, DEFAULTS);
    expect(isSaved({ ...saved, principal: 'another', withSnapshots: true }, saved)).toBe(true);
    expect(isSaved({ ...saved, regions: '' }, saved)).toBe(false);
    expect(isSaved(saved, null)).toBe(false);
  });
});

describe('a step in one line', () => {
  it('says what is connected and where', () => {
    expect(answerOf('source', draftOf(STORED, DEFAULTS))).toBe('Single accounts by their roles, eu-west-1, us-east-1');
    expect(regionsInWords([])).toBe('every region that is enabled');
    expect(regionsInWords(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  });

  it('says which roles are assumed', () => {
    const stored = draftOf(STORED, DEFAULTS);
    expect(answerOf('roles', stored)).toBe('2 roles');
    expect(answerOf('roles', { ...stored, roleArns: ' \n' })).toBe('none given yet');
    expect(answerOf('roles', { ...stored, kind: 'organization', roleArns: '' })).toBe(
      'HarrierRole in every account, listed with Harrier’s own credentials',
    );
    expect(answerOf('template', stored)).toBe('HarrierRole, without an external id');
    expect(answerOf('template', draftOf(null, DEFAULTS))).toBe('a policy for the role that Harrier runs with');
  });
});

describe('a fault', () => {
  it('opens the first step that asks for what is wrong', () => {
    expect(stepOfFaults({ roleArns: 'x' })).toBe('roles');
    expect(stepOfFaults({ roleArns: 'x', name: 'y' })).toBe('source');
    expect(stepOfFaults({ form: 'x' })).toBe(null);
  });
});
