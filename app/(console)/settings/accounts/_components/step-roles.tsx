'use client';

import { LongTextField } from '@/components/ui/long-text-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import type { StepProps } from './step-source.tsx';

const PLACEHOLDER = 'arn:aws:iam::123456789012:role/HarrierRole';

export function StepRoles({ draft, change, faults, mayChange }: StepProps) {
  const { kind, roleArns, roleName } = draft;
  if (kind === 'roles') {
    return (
      <fieldset disabled={!mayChange} className="min-w-0 max-w-160">
        <LongTextField
          label="Roles"
          name="roleArns"
          rows={6}
          spellCheck={false}
          placeholder={PLACEHOLDER}
          value={roleArns}
          onChange={(event) => change({ roleArns: event.target.value })}
          hint="The ARN of the role in each account, one a line. The stack that made a role tells it as its output."
          error={faults.roleArns}
        />
      </fieldset>
    );
  }
  return (
    <fieldset disabled={!mayChange} className="grid min-w-0 max-w-160 gap-4">
      <TextField
        label="Role in every account"
        name="memberRole"
        autoComplete="off"
        value={roleName}
        onChange={(event) => change({ roleName: event.target.value })}
        hint="Its name, as the stack set makes it."
        error={faults.memberRole}
      />
      <TextField
        label="Role that lists the accounts"
        name="roleArns"
        autoComplete="off"
        placeholder={PLACEHOLDER}
        value={roleArns}
        onChange={(event) => change({ roleArns: event.target.value })}
        hint="A role of the management account or of a delegated administrator that may list roots, units and accounts. Empty: Harrier’s own credentials list them."
        error={faults.roleArns}
      />
    </fieldset>
  );
}
