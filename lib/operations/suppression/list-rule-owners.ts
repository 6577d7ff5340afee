import { isAllowed } from '../../core/model/permissions.ts';
import { noInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

export interface RuleOwner {
  readonly id: string;
  readonly name: string;
}

/** Who can answer for a rule: everybody who may sign in and read findings, by name. */
export const listRuleOwners: Operation<Record<string, never>, readonly RuleOwner[]> = {
  name: 'ListRuleOwners',
  permission: 'suppression:propose',
  parse: (input) => parseInput(noInput, input),
  async run(deps) {
    const people = (await deps.users.list()).filter(
      ({ role, disabled }) => !disabled && isAllowed(role, 'findings:read'),
    );
    return people.map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  },
};
