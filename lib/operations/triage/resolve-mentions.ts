import { mentionsIn, personMentioned } from '../../core/findings/triage-change.ts';
import { isAllowed } from '../../core/model/permissions.ts';
import type { UserRecord } from '../../core/ports/user-store.ts';
import type { Dependencies } from '../dependencies.ts';

/** Whom each mention of a text means; null where that is nobody who may read findings, or not clear. */
export async function resolveMentions(
  deps: Dependencies,
  body: string,
): Promise<ReadonlyMap<string, Pick<UserRecord, 'id' | 'name'> | null>> {
  const mentions = mentionsIn(body);
  if (mentions.length === 0) {
    return new Map();
  }
  const people = (await deps.users.list()).filter(
    ({ role, disabled }) => !disabled && isAllowed(role, 'findings:read'),
  );
  return new Map(mentions.map((mention) => [mention, personMentioned(mention, people)]));
}
