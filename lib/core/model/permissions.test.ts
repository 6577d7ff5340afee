import { describe, expect, it } from 'vitest';
import { isAllowed, PERMISSIONS, type Permission, RIGHTS, ROLES, type Role } from './permissions.ts';

// The table of design section 8, a row for each act. Proposing and seeing are less than doing: who may only propose a
// thing does not hold its right.
const TABLE: readonly (readonly [act: string, right: Permission, who: readonly Role[]])[] = [
  ['read findings in own scope', 'findings:read', ['viewer', 'triage', 'lead', 'security', 'admin']],
  ['read counts', 'counts:read', ['viewer', 'triage', 'lead', 'finance', 'security', 'admin']],
  ['set status, owner, ticket, snooze', 'findings:triage', ['triage', 'lead', 'security', 'admin']],
  ['accept risk', 'risk:accept', ['lead', 'security', 'admin']],
  ['propose suppression rules', 'suppression:propose', ['lead', 'security', 'admin']],
  ['write suppression rules', 'suppression:write', ['security', 'admin']],
  ['see scans', 'scans:read', ['viewer', 'triage', 'lead', 'finance', 'security', 'admin']],
  ['run a scan', 'scans:run', ['triage', 'lead', 'security', 'admin']],
  ['see prices and budgets', 'cost:read', ['lead', 'finance', 'security', 'admin']],
  ['change prices and budgets', 'cost:write', ['finance', 'admin']],
  ['see accounts, users, keys, feeds', 'settings:read', ['security', 'admin']],
  ['change accounts, users, keys, feeds', 'settings:write', ['admin']],
  ['end own sessions, change own password', 'own-session:write', ROLES],
];

describe('the rights matrix', () => {
  it.each(TABLE)('to %s needs %s and belongs to %j', (_act, right, who) => {
    expect(ROLES.filter((role) => isAllowed(role, right))).toEqual(ROLES.filter((role) => who.includes(role)));
  });

  it('has a row for every right, and names no right twice', () => {
    expect(TABLE.map(([, right]) => right).toSorted()).toEqual([...PERMISSIONS].toSorted());
    for (const role of ROLES) {
      expect(new Set(RIGHTS[role]).size).toBe(RIGHTS[role].length);
    }
  });
});
