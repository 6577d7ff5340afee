'use client';

import { useEffect, useState } from 'react';
import type { getRoleTemplates } from '@/lib/operations/cloud/get-role-templates.ts';
import { getRoleTemplatesAction } from '../actions.ts';
import type { Draft, Faults } from '../connection-draft.ts';

export type RoleTemplate = Awaited<ReturnType<typeof getRoleTemplates.run>>[number];

const PAUSE_MILLISECONDS = 250;
/** Stands where a template needs somebody and shows nobody. */
const NOBODY = '000000000000';

const FAULTS: Faults = {
  roleName: 'Give the name of the role alone: up to 64 letters, digits and signs of +=,.@_-.',
  principal: 'Give the ARN of a role or user, or the number of an account.',
  externalId: 'An external id has at least two letters, digits or signs of +=,.@:/-.',
};

interface Templates {
  /** As the fields were last understood; none before the first answer. */
  readonly templates: readonly RoleTemplate[];
  readonly faults: Faults;
}

/** The templates of what is typed, a moment after the last key. */
export function useRoleTemplates(draft: Draft): Templates {
  const { kind, roleName, principal, externalId, withSnapshots, queueArn } = draft;
  const isOwn = kind === 'account';
  const [state, setState] = useState<Templates>({ templates: [], faults: {} });
  const hasAny = state.templates.length > 0;
  const asked = JSON.stringify({
    roleName: roleName.trim(),
    principal: isOwn ? NOBODY : principal.trim() || NOBODY,
    externalId: isOwn ? null : externalId.trim() || null,
    withSnapshots,
    queueArn,
    connects: kind,
  });

  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(
      async () => {
        const result = await getRoleTemplatesAction(JSON.parse(asked));
        if (!isCurrent) return;
        if (result.ok) setState({ templates: result.value, faults: {} });
        else setState(({ templates }) => ({ templates, faults: faultsOf(result.fields, result.message) }));
      },
      hasAny ? PAUSE_MILLISECONDS : 0,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [asked, hasAny]);

  return state;
}

function faultsOf(fields: Faults, message: string): Faults {
  const names = Object.keys(fields).filter((name) => FAULTS[name] !== undefined);
  if (names.length === 0) return { form: message };
  return Object.fromEntries(names.map((name) => [name, FAULTS[name] ?? '']));
}
