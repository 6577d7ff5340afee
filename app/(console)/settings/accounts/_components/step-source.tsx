'use client';

import { TextField } from '@/components/ui/text-field.tsx';
import { type ConnectionKind, KIND_WORDS, USUAL_NAMES } from '../connection.ts';
import type { Draft, Faults } from '../connection-draft.ts';

export interface StepProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly faults: Faults;
  readonly mayChange: boolean;
}

const KINDS: readonly { readonly kind: ConnectionKind; readonly about: string }[] = [
  { kind: 'account', about: 'With the credentials that Harrier has already. They need a policy, and no other role.' },
  { kind: 'roles', about: 'Harrier assumes a role in each account that you list.' },
  { kind: 'organization', about: 'Every account of it. A stack set makes the role, also in accounts that join later.' },
];

export function StepSource({ draft, change, faults, mayChange }: StepProps) {
  const { kind, name, regions, queueArn } = draft;
  return (
    <fieldset disabled={!mayChange} className="grid min-w-0 max-w-160 gap-4">
      <fieldset className="border-line border-t">
        <legend className="vh">What to connect</legend>
        {KINDS.map((one) => (
          <label
            key={one.kind}
            className={`grid cursor-pointer grid-cols-[14px_minmax(0,1fr)] gap-x-3 border-line border-b px-2 py-2 ${one.kind === kind ? 'bg-selected shadow-[inset_2px_0_0_var(--accent)]' : 'hover:bg-hover'}`}
          >
            <input
              type="radio"
              name="kind"
              value={one.kind}
              checked={one.kind === kind}
              onChange={() => change({ kind: one.kind })}
              className="mt-1 self-start accent-accent"
            />
            <span>
              <span className="block font-medium">{KIND_WORDS[one.kind]}</span>
              <span className="block text-12 text-fg-3">{one.about}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          maxLength={100}
          placeholder={USUAL_NAMES[kind]}
          value={name}
          onChange={(event) => change({ name: event.target.value })}
          error={faults.name}
        />
        <TextField
          label="Regions"
          name="regions"
          autoComplete="off"
          placeholder="eu-west-1 us-east-1"
          value={regions}
          onChange={(event) => change({ regions: event.target.value })}
          hint="Empty: every region that the account has enabled."
          error={faults.regions}
        />
      </div>
      <TextField
        label="Queue of changes"
        name="queueArn"
        autoComplete="off"
        placeholder="arn:aws:sqs:eu-west-1:123456789012:harrier-changes"
        value={queueArn}
        onChange={(event) => change({ queueArn: event.target.value })}
        hint="ARN of the SQS queue that EventBridge sends changes to. Empty: changes are found by looking alone."
        error={faults.queueArn}
      />
    </fieldset>
  );
}
