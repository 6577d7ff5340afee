import { describe, expect, it } from 'vitest';
import { draftOf } from './connection-draft.ts';
import { howTo, partsOf, templatesFor } from './template-words.ts';

const draft = draftOf(null, { newExternalId: 'hr-7c1e92b4', identity: null });

describe('a template', () => {
  it('tells the values that were typed apart, whatever signs they are of', () => {
    const parts = partsOf('a hr+1.x b hr+1.xy hrr1.x', ['hr+1.x', 'hr+1.xy', '', 'a']);
    expect(parts.map(({ text }) => text).join('')).toBe('a hr+1.x b hr+1.xy hrr1.x');
    expect(parts.filter(({ isValue }) => isValue).map(({ text }) => text)).toEqual(['hr+1.x', 'hr+1.xy']);
    expect(partsOf('"HarrierRoles": 1', ['HarrierRole'])).toHaveLength(1);
    expect(partsOf('plain', [])).toEqual([{ at: 0, text: 'plain', isValue: false }]);
  });

  it('of Harrier’s own account is the policy alone, put on whoever Harrier runs as', () => {
    expect(templatesFor('account')).toEqual(['policy', 'changes']);
    const user = { ...draft, principal: 'arn:aws:iam::101010101010:user/ci/harrier' };
    expect(howTo('policy', user).command).toContain('put-user-policy --user-name harrier');
    expect(howTo('policy', draft).command).toContain('put-role-policy --role-name ROLE');
    expect(howTo('policy', { ...draft, kind: 'roles', roleName: 'Reader' }).command).toContain('--role-name Reader');
  });
});
