import { Timestamp } from '@/components/ui/timestamp.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { acceptableSeverities } from '@/lib/core/findings/triage-change.ts';
import type { ExposedPath } from '@/lib/core/model/exposure-view.ts';
import { listAssignees } from '@/lib/operations/triage/list-assignees.ts';
import { ask } from '../../ask.ts';
import { settle } from '../../settle.ts';
import { dayWord, decisionWord } from '../decision-word.ts';
import { MarkIntended } from './mark-intended.tsx';

interface Props {
  readonly path: ExposedPath;
  readonly now: Date;
}

/** Whether somebody wants the path: who answers for it, why and until when, and what became of that. */
export async function Intended({ path, now }: Props) {
  const { caller } = await requireCaller();
  const isHiddenByRule = path.status === 'SUPPRESSED' && !['accepted', 'false-positive'].includes(path.teamStatus);
  const mayMark = !isHiddenByRule && acceptableSeverities(caller, now).includes(path.severity);
  const people = mayMark ? await settle(ask(listAssignees, {}), 'People') : null;
  return (
    <section className="panel-block">
      <h3>Intended?</h3>
      <Decision path={path} now={now} />
      {people?.ok ? (
        <MarkIntended
          key={path.id}
          id={path.id}
          version={path.version}
          name={path.resourceName}
          mark={path.intended}
          people={people.value.people.map(({ id, name }) => ({ value: id, label: name }))}
          readerId={caller.userId}
          now={now}
        />
      ) : null}
      {people === null || people.ok ? null : (
        <p className="mt-2 text-12 text-danger">Who could answer for it did not load: {people.message}</p>
      )}
    </section>
  );
}

function Decision({ path, now }: Props) {
  const { intended } = path;
  const word = decisionWord(path, now);
  if (word === null) return <p className="text-fg-2">Nobody has said so.</p>;
  return (
    <>
      <p className={word.isAlarm ? 'text-warn' : 'text-fg-2'}>{word.text}.</p>
      {intended === null ? null : (
        <>
          {intended.widened === null || intended.widenedAt === null ? null : (
            <p className="text-12 text-warn">
              {intended.widened} Seen <Timestamp time={intended.widenedAt} now={now} />.
            </p>
          )}
          <dl className="facts mt-1">
            <dt>Owner</dt>
            <dd>
              <bdi>{intended.owner}</bdi>
            </dd>
            <dt>Reason</dt>
            <dd className="py-1 [overflow-wrap:anywhere]">{intended.reason}</dd>
            <dt>Until</dt>
            <dd>{dayWord(intended.until, now)}</dd>
            <dt>Marked</dt>
            <dd>
              <span>
                by <bdi>{intended.markedBy}</bdi>, <Timestamp time={intended.markedAt} now={now} />
              </span>
            </dd>
          </dl>
        </>
      )}
    </>
  );
}
