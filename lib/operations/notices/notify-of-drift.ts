import type { FindingKey } from '../../core/model/ids.ts';
import type { IntendedExposure, WidenedExposure } from '../../core/model/intended.ts';
import { portsWord } from '../../core/model/network.ts';
import type { NewNotice } from '../../core/model/notice.ts';
import { isAllowed } from '../../core/model/permissions.ts';
import type { UserRecord } from '../../core/ports/user-store.ts';
import type { Dependencies } from '../dependencies.ts';

const NAME_MAX = 100;
const PORTS_NAMED = 3;

/** Ports that opened on an interface of which another exposure is intended. */
export interface PortsBeside {
  /** What is intended there. */
  readonly intended: readonly [IntendedExposure, ...IntendedExposure[]];
  readonly opened: readonly [OpenedPort, ...OpenedPort[]];
}

interface OpenedPort {
  readonly finding: FindingKey;
  /** `22/tcp`. */
  readonly ports: string;
}

/** Tells whoever answers for an exposure, and whoever marked it, that it is wider than was meant. */
export async function notifyOfDrift(deps: Dependencies, widened: readonly WidenedExposure[]): Promise<void> {
  const people = await deps.users.list();
  const notices = widened.flatMap(({ intended, sentence }) =>
    told(people, [intended.owner, intended.markedBy], intended).map(
      (userId): NewNotice => ({
        userId,
        kind: 'drift',
        dedupe: `drift ${intended.finding} ${intended.markedAt.getTime()}`,
        title: `${exposureName(intended)} is wider than intended`,
        detail: `${sentence} It counts as open again.`,
        href: `/findings/${intended.finding}`,
      }),
    ),
  );
  await deps.notices.add(notices, deps.clock.now());
}

/** Tells owners of what is intended on an interface that other ports of it have opened from the same side. */
export async function notifyOfPortsBeside(deps: Dependencies, beside: readonly PortsBeside[]): Promise<void> {
  const people = await deps.users.list();
  const now = deps.clock.now();
  const notices = beside.flatMap(({ intended, opened }) => {
    const [first] = opened;
    const named = opened.slice(0, PORTS_NAMED).map(({ ports }) => ports);
    const more = opened.length > PORTS_NAMED ? ` and ${opened.length - PORTS_NAMED} more` : '';
    const what = opened.length === 1 ? 'Another port is open' : 'Other ports are open';
    const owners = intended.map(({ owner }) => owner);
    return told(people, owners, intended[0]).map(
      (userId): NewNotice => ({
        userId,
        kind: 'drift',
        dedupe: `drift port ${first.finding} ${now.getTime()}`,
        title: `${what}: ${named.join(', ')}${more} of ${intended[0].resourceName.slice(0, NAME_MAX)}`,
        detail: `Intended there: ${intended.map(({ network }) => portsWord(network)).join(', ')}.`,
        href: `/findings/${first.finding}`,
      }),
    );
  });
  await deps.notices.add(notices, now);
}

/** `22/tcp of bastion`. */
export function exposureName({ network, resourceName }: IntendedExposure): string {
  return `${portsWord(network)} of ${resourceName.slice(0, NAME_MAX)}`;
}

/** Ids of those among some people who may still see it, each once. */
function told(
  people: readonly UserRecord[],
  ids: readonly string[],
  { accountId }: IntendedExposure,
): readonly string[] {
  return people.filter((person) => ids.includes(person.id) && mayRead(person, accountId)).map(({ id }) => id);
}

/** Whether a person may read findings of an account. */
export function mayRead({ disabled, role, accounts }: UserRecord, accountId: string): boolean {
  return !disabled && isAllowed(role, 'findings:read') && (accounts === null || accounts.includes(accountId));
}
