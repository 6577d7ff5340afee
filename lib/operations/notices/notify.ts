import type { NewNotice } from '../../core/model/notice.ts';
import { isAllowed } from '../../core/model/permissions.ts';
import type { TriageChange } from '../../core/model/triage-act.ts';
import type { Dependencies } from '../dependencies.ts';

const EXCERPT = 200;

interface EndedAct {
  readonly id: string;
  /** Id and name of whoever did it. */
  readonly actor: string;
  readonly actorName: string;
  readonly change: TriageChange;
  readonly applied: number;
  /** It took a job, so its actor did not wait for it. */
  readonly wasJob: boolean;
}

/** Tells whom an act gave findings to, once however many there are; and its actor, where it took its time. */
export async function notifyOfAct(deps: Dependencies, act: EndedAct): Promise<void> {
  const { id, actor, change, applied } = act;
  if (applied === 0) {
    return;
  }
  const many = `${applied.toLocaleString('en-US')} ${applied === 1 ? 'finding' : 'findings'}`;
  const summary = await deps.triage.summary(id);
  const only = summary.only;
  const notices: NewNotice[] = [];
  if (change.kind === 'assign') {
    for (const userId of await newHolders(deps, change, actor)) {
      notices.push({
        userId,
        kind: 'assigned',
        dedupe: `assigned ${id}`,
        title: `${act.actorName} assigned ${only?.name ?? many} to ${change.owner === userId ? 'you' : `team ${change.team}`}`,
        detail: '',
        href: only === null ? '/my-work' : `/findings/${only.id}`,
      });
    }
  }
  if (act.wasJob) {
    notices.push({
      userId: actor,
      kind: 'act',
      dedupe: `act ${id}`,
      title: `Your act on ${many} has ended`,
      detail: '',
      href: '/activity',
    });
  }
  await deps.notices.add(notices, deps.clock.now());
}

async function newHolders(
  deps: Dependencies,
  { owner, team }: Extract<TriageChange, { kind: 'assign' }>,
  actor: string,
): Promise<readonly string[]> {
  const people = await deps.users.list();
  const members = people.filter(
    (person) =>
      !person.disabled &&
      isAllowed(person.role, 'findings:read') &&
      (person.id === owner || (team != null && owner == null && person.teams.includes(team))),
  );
  return members.map(({ id }) => id).filter((id) => id !== actor);
}

/** Tells those whom a comment calls and who may see one of its findings. */
export async function notifyOfMentions(
  deps: Dependencies,
  comment: {
    readonly actId: string;
    readonly authorId: string;
    readonly author: string;
    readonly body: string;
    readonly people: readonly string[];
  },
): Promise<void> {
  const { only } = await deps.triage.summary(comment.actId);
  const detail = comment.body.length > EXCERPT ? `${comment.body.slice(0, EXCERPT)}…` : comment.body;
  const notices = comment.people
    .filter((id) => id !== comment.authorId)
    .map(
      (userId): NewNotice => ({
        userId,
        kind: 'mention',
        dedupe: `mention ${comment.actId}`,
        title: `${comment.author} mentions you${only === null ? '' : ` on ${only.name}`}`,
        detail,
        href: only === null ? '/my-work' : `/findings/${only.id}?tab=activity`,
      }),
    );
  await deps.notices.add(notices, deps.clock.now());
}

/** Tells everybody who could agree that a rule waits for a second person. */
export async function notifyOfApproval(
  deps: Dependencies,
  rule: { readonly id: string; readonly name: string; readonly by: string; readonly byName: string },
): Promise<void> {
  const people = await deps.users.list();
  const able = people.filter(
    ({ id, role, disabled }) => !disabled && id !== rule.by && isAllowed(role, 'suppression:write'),
  );
  const notices = able.map(
    ({ id }): NewNotice => ({
      userId: id,
      kind: 'approval',
      dedupe: `approval ${rule.id}`,
      title: `${rule.byName} proposes the rule ${rule.name.slice(0, 100)}`,
      detail: 'It hides nothing before a second person agrees.',
      href: `/suppression?sel=${rule.id}`,
    }),
  );
  await deps.notices.add(notices, deps.clock.now());
}
