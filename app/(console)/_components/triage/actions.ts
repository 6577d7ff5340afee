'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { assignFindings } from '@/lib/operations/triage/assign-findings.ts';
import { deleteComment, editComment } from '@/lib/operations/triage/change-comment.ts';
import { commentOnFindings } from '@/lib/operations/triage/comment-on-findings.ts';
import { listAssignees } from '@/lib/operations/triage/list-assignees.ts';
import { setFindingStatus } from '@/lib/operations/triage/set-finding-status.ts';
import { snoozeFindings } from '@/lib/operations/triage/snooze-findings.ts';
import { undoTriageAct } from '@/lib/operations/triage/undo-triage-act.ts';

export const assignFindingsAction = guardAction(assignFindings);
export const setFindingStatusAction = guardAction(setFindingStatus);
export const snoozeFindingsAction = guardAction(snoozeFindings);
export const commentOnFindingsAction = guardAction(commentOnFindings);
export const editCommentAction = guardAction(editComment);
export const deleteCommentAction = guardAction(deleteComment);
export const undoTriageActAction = guardAction(undoTriageAct);
export const listAssigneesAction = guardAction(listAssignees);
