'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Wire } from '@/components/findings/revive-finding.ts';
import { initialsOf } from '@/components/layout/person.ts';
import { Button } from '@/components/ui/button.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { COMMENT_EDIT_MINUTES, COMMENT_LENGTH_MAX, type FindingComment } from '@/lib/core/model/triage-act.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';
import { commentOnFindingsAction, deleteCommentAction, editCommentAction } from '../triage/actions.ts';
import { NO_TRIAGE, type TriageRights } from '../triage/rights.ts';
import { MentionList, mentionAt } from './mention-list.tsx';

interface Props {
  readonly row: FindingRow;
  readonly rights: TriageRights;
  readonly now: Date;
}

const LOST = 'The server did not answer. What you wrote is still here; send it again.';

/** What people say about the finding; `@` calls somebody. */
export function FindingComments({ row, rights, now }: Props) {
  const client = useQueryClient();
  const key = ['finding-comments', row.id];
  const comments = useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<readonly FindingComment[]> => {
      const answer = await fetch(`/api/findings/${row.id}/comments`, { signal });
      if (!answer.ok) throw new Error(`comments answered ${answer.status}`);
      const list = (await answer.json()) as readonly Wire<FindingComment>[];
      return list.map((comment) => ({
        ...comment,
        at: new Date(comment.at),
        editedAt: comment.editedAt === null ? null : new Date(comment.editedAt),
      }));
    },
    refetchInterval: 5_000,
  });
  const again = () => client.invalidateQueries({ queryKey: key });

  return (
    <section className="panel-block">
      <h3>Comments</h3>
      {comments.isError ? (
        <p role="alert" className="text-12 text-danger">
          The comments did not load.{' '}
          <button type="button" className="underline" onClick={() => void comments.refetch()}>
            Try again
          </button>
        </p>
      ) : null}
      <ul>
        {(comments.data ?? []).map((comment) => (
          <Comment key={comment.id} comment={comment} rights={rights} now={now} onChanged={again} />
        ))}
      </ul>
      <CommentForm row={row} rights={rights} onSent={again} />
    </section>
  );
}

interface CommentProps {
  readonly comment: FindingComment;
  readonly rights: TriageRights;
  readonly now: Date;
  readonly onChanged: () => void;
}

function Comment({ comment, rights, now, onChanged }: CommentProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const isOwn = comment.authorId === rights.userId && !comment.isDeleted;
  const mayEdit = isOwn && Date.now() < comment.at.getTime() + COMMENT_EDIT_MINUTES * 60_000;

  async function done(work: ReturnType<typeof editCommentAction>) {
    const result = await work.catch(() => null);
    if (result?.ok !== true) showToast(result?.message ?? LOST, { error: true });
    else {
      setDraft(null);
      onChanged();
    }
  }

  return (
    <li className="flex gap-2 py-2">
      <span className="avatar mt-px" aria-hidden="true">
        {initialsOf(comment.author)}
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2 text-12">
          <bdi className="font-medium text-fg">{comment.author}</bdi>
          <span className="text-fg-3">
            <Timestamp time={comment.at} now={now} />
            {comment.editedAt === null || comment.isDeleted ? '' : ', changed'}
          </span>
          {mayEdit && draft === null ? (
            <button type="button" className="ml-auto text-fg-3 hover:underline" onClick={() => setDraft(comment.body)}>
              Change
            </button>
          ) : null}
          {isOwn && draft === null ? (
            <button
              type="button"
              className={mayEdit ? 'text-fg-3 hover:underline' : 'ml-auto text-fg-3 hover:underline'}
              onClick={() => void done(deleteCommentAction({ id: comment.id }))}
            >
              Delete
            </button>
          ) : null}
        </div>
        {draft === null ? (
          <p className={`whitespace-pre-line break-words ${comment.isDeleted ? 'text-fg-3' : ''}`}>
            <bdi>{comment.isDeleted ? 'Deleted by its author' : comment.body}</bdi>
          </p>
        ) : (
          <div className="mt-1 grid gap-2">
            <textarea
              className="comment-text"
              aria-label="Comment"
              rows={3}
              maxLength={COMMENT_LENGTH_MAX}
              value={draft}
              onChange={(event) => setDraft(event.target.value)}
            />
            <div className="flex gap-2">
              <Button
                disabled={draft.trim() === ''}
                onClick={() => void done(editCommentAction({ id: comment.id, body: draft }))}
              >
                Save
              </Button>
              <Button kind="ghost" onClick={() => setDraft(null)}>
                Cancel
              </Button>
            </div>
          </div>
        )}
      </div>
    </li>
  );
}

interface FormProps {
  readonly row: FindingRow;
  readonly rights: TriageRights;
  readonly onSent: () => void;
}

function CommentForm({ row, rights, onSent }: FormProps) {
  // What was written survives a session that ended, a reload and another finding; each person has their own.
  const draftKey = `harrier.comment.${rights.userId}.${row.id}`;
  const [body, setBody] = useState('');
  const [caret, setCaret] = useState(0);
  const [sending, setSending] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const mention = mentionAt(body, caret);
  useEffect(() => setBody(sessionStorage.getItem(draftKey) ?? ''), [draftKey]);

  function write(text: string, at: number) {
    setBody(text);
    setCaret(at);
    if (text === '') sessionStorage.removeItem(draftKey);
    else sessionStorage.setItem(draftKey, text);
  }

  async function send() {
    if (body.trim() === '' || sending) return;
    setSending(true);
    const selection = { kind: 'findings', findings: [{ id: row.id, version: row.version }] };
    const result = await commentOnFindingsAction({ selection, body }).catch(() => null);
    setSending(false);
    if (result?.ok !== true) {
      showToast(result?.message ?? LOST, { error: true });
      return;
    }
    if (result.value.applied === 0) {
      showToast('The finding changed meanwhile; look at it and send the comment again.', { error: true });
      return;
    }
    write('', 0);
    onSent();
    if (result.value.unresolved.length > 0) {
      showToast(`Nobody was told for ${result.value.unresolved.map((name) => `@${name}`).join(', ')}.`);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send();
    if (event.key === 'Escape') {
      event.stopPropagation();
      area.current?.blur();
    }
  }

  if (!rights.triage) return <p className="text-12 text-fg-3">{NO_TRIAGE}</p>;
  return (
    <div className="relative grid gap-2 pt-1">
      <textarea
        ref={area}
        className="comment-text"
        aria-label="Comment"
        placeholder="Comment; @ calls somebody"
        rows={2}
        maxLength={COMMENT_LENGTH_MAX}
        value={body}
        onChange={(event) => write(event.target.value, event.target.selectionStart)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      {mention === null ? null : (
        <MentionList
          typed={mention.typed}
          onPick={(name) => {
            const text = `${body.slice(0, mention.start)}@${name} ${body.slice(caret)}`;
            write(text, mention.start + name.length + 2);
            area.current?.focus();
          }}
        />
      )}
      <div>
        <Button disabled={body.trim() === '' || sending} onClick={() => void send()}>
          Comment <kbd>⌘↵</kbd>
        </Button>
      </div>
    </div>
  );
}
