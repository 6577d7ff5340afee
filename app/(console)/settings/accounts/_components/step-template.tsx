'use client';

import { useState } from 'react';
import { CheckRow } from '@/components/ui/check-row.tsx';
import { CommandBlock } from '@/components/ui/command-block.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { howTo, type TemplateKind, templatesFor, usualTemplate } from '../template-words.ts';
import type { StepProps } from './step-source.tsx';
import { TemplateBlock } from './template-block.tsx';
import { useRoleTemplates } from './use-role-templates.ts';

interface Props extends StepProps {
  /** Whether Harrier knows who it is. */
  readonly hasIdentity: boolean;
}

/** The role that Harrier assumes, as people make roles; the templates follow what is typed. */
export function StepTemplate({ draft, change, faults, mayChange, hasIdentity }: Props) {
  const { kind, principal, roleName, externalId, withSnapshots } = draft;
  const [chosen, setChosen] = useState<TemplateKind>(() => usualTemplate(kind));
  const { templates, faults: wrong } = useRoleTemplates(draft);
  const shown = templatesFor(kind).includes(chosen) ? chosen : usualTemplate(kind);
  const how = howTo(shown, draft);
  const isOwn = kind === 'account';
  const isNobody = !isOwn && principal.trim() === '' && shown !== 'policy';
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <fieldset disabled={!mayChange} className="grid min-w-0 gap-4">
        {isOwn ? null : <RoleFields {...{ draft, change, faults, wrong, hasIdentity }} />}
        <CheckRow
          className="flex items-center gap-2 max-sm:min-h-11"
          checked={withSnapshots}
          disabled={!mayChange}
          onChange={(on) => change({ withSnapshots: on })}
        >
          Scan machines without SSM from snapshots
        </CheckRow>
      </fieldset>
      <TemplateBlock
        template={isNobody ? null : (templates.find((one) => one.kind === shown) ?? null)}
        waiting={isNobody ? 'Say who assumes the role, and the template is here.' : (wrong.form ?? '')}
        kinds={templatesFor(kind)}
        shown={shown}
        onShow={setChosen}
        values={isOwn ? [] : [principal.trim(), externalId.trim(), roleName.trim()]}
      />
      <p className="text-fg-2">{how.note}</p>
      <CommandBlock command={how.command} />
    </div>
  );
}

interface FieldsProps extends Omit<Props, 'mayChange'> {
  /** What of the fields no template can be made of. */
  readonly wrong: StepProps['faults'];
}

function RoleFields({ draft, change, faults, wrong, hasIdentity }: FieldsProps) {
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          label="Role name"
          name="roleName"
          autoComplete="off"
          value={draft.roleName}
          onChange={(event) => change({ roleName: event.target.value })}
          error={wrong.roleName ?? faults.memberRole}
        />
        <TextField
          label="External id"
          name="externalId"
          autoComplete="off"
          value={draft.externalId}
          onChange={(event) => change({ externalId: event.target.value })}
          hint="The trust of the role asks for it. It is no secret. Empty: it asks for none."
          error={wrong.externalId ?? faults.externalId}
        />
      </div>
      <TextField
        label="Who assumes it"
        name="principal"
        autoComplete="off"
        placeholder="arn:aws:iam::123456789012:role/harrier"
        value={draft.principal}
        onChange={(event) => change({ principal: event.target.value })}
        hint={hasIdentity ? 'The role or user that Harrier runs with.' : <IdentityHint />}
        error={wrong.principal}
      />
    </>
  );
}

function IdentityHint() {
  return (
    <>
      Run <code>aws sts get-caller-identity</code> with Harrier’s credentials, and give the ARN that it tells.
    </>
  );
}
