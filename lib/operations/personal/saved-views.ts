import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import { FINDING_GROUPINGS } from '../../core/model/finding-groups.ts';
import { type Caller, isAllowed } from '../../core/model/permissions.ts';
import { FINDING_COLUMNS, type SavedView, VIEW_NAME_LENGTH_MAX, VIEWS_MAX } from '../../core/model/personal.ts';
import { noInput, parseInput } from '../console/input.ts';
import { checkQuery, queryInput } from '../console/query-input.ts';
import type { Operation } from '../operation.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

const viewFields = {
  name: z.string().trim().min(1, 'Give the view a name.').max(VIEW_NAME_LENGTH_MAX),
  query: queryInput,
  grouping: z.enum(FINDING_GROUPINGS).nullable().default(null),
  sort: z
    .string()
    .regex(/^-?[a-z-]{1,30}$/)
    .nullable()
    .default(null),
  columns: z.array(z.enum(FINDING_COLUMNS)).max(FINDING_COLUMNS.length).nullable().default(null),
  shared: z.boolean().default(false),
};
const viewId = z.string().regex(/^\d{1,18}$/);
const newView = z.object(viewFields);
const changedView = z.object({ id: viewId, ...viewFields });
const removal = z.object({ id: viewId, removed: z.boolean() });

/** Own views, and those that others share. */
export const listSavedViews: Operation<unknown, readonly SavedView[]> = {
  name: 'ListSavedViews',
  permission: 'findings:read',
  parse: (input) => parseInput(noInput, input),
  run: (deps, caller) => deps.personal.views(caller.userId),
};

/** Keeps a list of findings under a name. Only who may work on findings may share it with everybody. */
export const createSavedView: Operation<z.output<typeof newView>, { readonly id: string }> = {
  name: 'CreateSavedView',
  permission: 'findings:read',
  parse(input) {
    const view = parseInput(newView, input);
    checkQuery(view.query);
    return view;
  },
  run: (deps, caller, view) =>
    deps.atomically(async (tx) => {
      requireSharing(caller, view.shared);
      if ((await tx.personal.ownViews(caller.userId)) >= VIEWS_MAX) {
        throw new AppError('conflict', `You have ${VIEWS_MAX} views, which is the most. Remove one first.`);
      }
      const id = await tx.personal.addView({ ...view, owner: caller.userId }, tx.clock.now());
      if (view.shared) {
        await recordPersonActivity(tx, caller, 'view-shared', view.name, `Shared a view of findings: ${view.query}`);
      }
      return { id };
    }),
};

/** Changes a view of one's own. */
export const changeSavedView: Operation<z.output<typeof changedView>, null> = {
  name: 'ChangeSavedView',
  permission: 'findings:read',
  parse(input) {
    const view = parseInput(changedView, input);
    checkQuery(view.query);
    return view;
  },
  run: (deps, caller, view) =>
    deps.atomically(async (tx) => {
      const before = await tx.personal.view(view.id);
      if (before === null || before.owner !== caller.userId) {
        throw noSuchView();
      }
      requireSharing(caller, view.shared && !before.shared);
      await tx.personal.saveView({ ...view, owner: caller.userId }, tx.clock.now());
      if (view.shared || before.shared) {
        const what = view.shared ? 'shared' : 'kept for oneself';
        await recordPersonActivity(tx, caller, 'view-changed', view.name, `Changed a view, now ${what}: ${view.query}`);
      }
      return null;
    }),
};

/** Takes a view of one's own away, or brings it back. */
export const setSavedViewRemoved: Operation<z.output<typeof removal>, null> = {
  name: 'SetSavedViewRemoved',
  permission: 'findings:read',
  parse: (input) => parseInput(removal, input),
  async run(deps, caller, { id, removed }) {
    if (!(await deps.personal.setViewRemoved(id, caller.userId, removed, deps.clock.now()))) {
      throw noSuchView();
    }
    return null;
  },
};

function requireSharing(caller: Caller, shares: boolean): void {
  if (shares && !isAllowed(caller.role, 'findings:triage')) {
    throw new AppError(
      'access-denied',
      `Your role "${caller.role}" may keep views but not share them. An administrator can change it under Settings, Users.`,
    );
  }
}

function noSuchView(): AppError {
  return new AppError('not-found', 'There is no such view of yours. It may have been removed.');
}
