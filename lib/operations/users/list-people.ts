import type { UserRecord } from '../../core/ports/user-store.ts';
import type { Operation } from '../operation.ts';

/** A person as Settings shows them: everything but the hash. */
export interface PersonView extends Omit<UserRecord, 'passwordHash'> {
  readonly hasPassword: boolean;
  readonly sessions: number;
}

/** Everybody who may sign in, by name. */
export const listPeople: Operation<null, readonly PersonView[]> = {
  name: 'ListPeople',
  permission: 'settings:read',
  parse: () => null,
  async run(deps) {
    const now = deps.clock.now();
    const people: PersonView[] = [];
    for (const { passwordHash, ...person } of await deps.users.list()) {
      const sessions = await deps.users.sessionsOf(person.id, now);
      people.push({ ...person, hasPassword: passwordHash !== null, sessions: sessions.length });
    }
    return people.toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.email < b.email ? -1 : 1));
  },
};
