import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { Caller } from '../../core/model/permissions.ts';
import { COMMENT_EDIT_MINUTES, COMMENT_LENGTH_MAX } from '../../core/model/triage-act.ts';
import { parseInput } from '../console/input.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Operation } from '../operation.ts';
import { resolveMentions } from './resolve-mentions.ts';

const commentId = z.string().regex(/^\d{1,18}$/);
const edited = z.object({ id: commentId, body: z.string().trim().min(1).max(COMMENT_LENGTH_MAX) });

/** Changes the text of an own comment within the hour; that it was changed is a step in the history. */
export const editComment: Operation<{ readonly id: string; readonly body: string }, null> = {
  name: 'EditComment',
  permission: 'findings:triage',
  parse: (input) => parseInput(edited, input),
  run: (deps, caller, { id, body }) =>
    deps.atomically(async (tx) => {
      const now = tx.clock.now();
      const comment = await requireOwn(tx, caller, id);
      if (now.getTime() > comment.at.getTime() + COMMENT_EDIT_MINUTES * 60_000) {
        const limit = `A comment can be changed for ${COMMENT_EDIT_MINUTES} minutes, and these are over.`;
        throw new AppError('conflict', `${limit} It can still be deleted.`);
      }
      const people = [...(await resolveMentions(tx, body)).values()];
      const mentions = people.flatMap((person) => (person === null ? [] : [person.id]));
      await tx.triage.rewriteComment(id, caller.userId, { body, mentions }, now);
      return null;
    }),
};

/** Takes the text of an own comment away; that there was one stays in the history. */
export const deleteComment: Operation<{ readonly id: string }, null> = {
  name: 'DeleteComment',
  permission: 'findings:triage',
  parse: (input) => parseInput(z.object({ id: commentId }), input),
  run: (deps, caller, { id }) =>
    deps.atomically(async (tx) => {
      await requireOwn(tx, caller, id);
      await tx.triage.rewriteComment(id, caller.userId, null, tx.clock.now());
      return null;
    }),
};

async function requireOwn(deps: Dependencies, caller: Caller, id: string) {
  const comment = await deps.triage.comment(id);
  if (comment === null || comment.deleted || comment.author !== caller.userId) {
    throw new AppError('not-found', 'There is no such comment of yours.');
  }
  return comment;
}
