import { z } from 'zod';
import { COMMENT_LENGTH_MAX } from '../../core/model/triage-act.ts';
import { notifyOfMentions } from '../notices/notify.ts';
import type { Operation } from '../operation.ts';
import { resolveMentions } from './resolve-mentions.ts';
import { type ActAnswer, runAct } from './run-act.ts';
import { type ActInput, actInput, parseAct } from './triage-input.ts';

const schema = z.object({ ...actInput, body: z.string().trim().min(1).max(COMMENT_LENGTH_MAX) });

interface CommentAnswer extends ActAnswer {
  /** Names of those who are told. */
  readonly mentioned: readonly string[];
  /** What was written after an `@` and names nobody who may see one of the findings, or more than one person. */
  readonly unresolved: readonly string[];
}

/** Writes a comment on findings; `@name` tells it to people who may see them. */
export const commentOnFindings: Operation<ActInput & { readonly body: string }, CommentAnswer> = {
  name: 'CommentOnFindings',
  permission: 'findings:triage',
  parse: (input) => parseAct(schema, input),
  async run(deps, caller, { body, ...act }) {
    const people = await resolveMentions(deps, body);
    const mentions = [...people.values()].flatMap((person) => (person === null ? [] : [person.id]));
    const answer = await runAct(deps, caller, act, { kind: 'comment', body, mentions });
    const mentioned = await deps.triage.mentioned(answer.actId);
    const told = [...people.values()].flatMap((person) =>
      person !== null && mentioned.includes(person.name) ? [person.id] : [],
    );
    const by = { actId: answer.actId, authorId: caller.userId, author: caller.name };
    await notifyOfMentions(deps, { ...by, body, people: told });
    const unresolved = [...people].filter(([, person]) => person === null || !mentioned.includes(person.name));
    return { ...answer, mentioned, unresolved: unresolved.map(([mention]) => mention) };
  },
};
