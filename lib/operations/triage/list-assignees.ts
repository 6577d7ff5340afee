import { isAllowed } from '../../core/model/permissions.ts';
import { noInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

export interface Assignees {
  /** By name. */
  readonly people: readonly { readonly id: string; readonly name: string; readonly teams: readonly string[] }[];
  readonly teams: readonly string[];
}

/** Who can be given a finding, or be called in a comment: everybody who may sign in and read findings, and their teams. */
export const listAssignees: Operation<unknown, Assignees> = {
  name: 'ListAssignees',
  permission: 'findings:triage',
  parse: (input) => parseInput(noInput, input),
  async run(deps) {
    const able = (await deps.users.list()).filter(
      ({ role, disabled }) => !disabled && isAllowed(role, 'findings:read'),
    );
    const people = able.map(({ id, name, teams }) => ({ id, name, teams }));
    const teams = [...new Set(able.flatMap((person) => person.teams))];
    return {
      people: people.toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
      teams: teams.toSorted((a, b) => a.localeCompare(b, 'en')),
    };
  },
};
