'use client';

import { ActionForm } from '@/components/ui/action-form.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { ScanPolicy } from '@/lib/core/coverage/eligibility.ts';
import { LIFETIME_DAYS, WINDOW_DAYS } from '@/lib/core/coverage/scan-policy.ts';
import { setScanPolicyAction } from '../actions.ts';
import { BoxField } from './box-field.tsx';

interface Props {
  readonly policy: ScanPolicy;
  readonly mayChange: boolean;
}

const EC2_MODES = [
  { value: 'hybrid', label: 'SSM first, snapshots where it does not tell' },
  { value: 'agent', label: 'SSM alone, no snapshots' },
];
const USES = [
  { value: 'in-use', label: 'ECS or EKS runs it' },
  { value: 'pull', label: 'somebody pulled it lately' },
];

/** What is scanned in AWS, how, and for how long. */
export function ScanPolicyForm({ policy, mayChange }: Props) {
  return (
    <section className="max-w-[640px]">
      <div className="section-head">
        <h2>Scanning in AWS</h2>
        <span className="text-12 text-fg-3">For every account; tags leave single resources out</span>
      </div>
      <fieldset disabled={!mayChange} className="pt-3">
        <ActionForm
          action={setScanPolicyAction}
          onDone={() => showToast('Kept. Every resource is judged anew at the next look, which was asked for.')}
          submitLabel="Keep"
        >
          {(faults) => (
            <>
              <BoxField name="ec2" label="Scan EC2 instances" isOn={policy.scans.ec2} />
              <SelectField
                label="How instances are read"
                name="ec2Mode"
                options={EC2_MODES}
                defaultValue={policy.ec2Mode}
              />
              <BoxField
                name="ec2Command"
                label="Run a reading command on instances that SSM reaches"
                hint="It finds language packages and, on Debian and Ubuntu, what fixes are told by. It is the one call that runs something in your accounts, and needs ssm:SendCommand."
                isOn={policy.ec2Command}
              />
              <BoxField name="ecr" label="Scan ECR images" isOn={policy.scans.ecr} />
              <SelectField
                label="As long as an image was pushed within"
                name="imagePushedDays"
                options={windows(policy.imagePushedDays)}
                defaultValue={String(policy.imagePushedDays)}
                error={faults.imagePushedDays}
              />
              <SelectField label="or as long as" name="imageUsedBy" options={USES} defaultValue={policy.imageUsedBy} />
              <SelectField
                label="A pull counts for"
                name="imageUsedDays"
                options={windows(policy.imageUsedDays)}
                defaultValue={String(policy.imageUsedDays)}
                error={faults.imageUsedDays}
              />
              <BoxField name="lambda" label="Scan Lambda functions" isOn={policy.scans.lambda} />
              <TextField
                label="As long as a function was changed or invoked within so many days"
                name="functionDays"
                inputMode="numeric"
                defaultValue={policy.functionDays}
                error={faults.functionDays}
              />
            </>
          )}
        </ActionForm>
      </fieldset>
    </section>
  );
}

function windows(now: number) {
  const known: readonly number[] = [...WINDOW_DAYS, LIFETIME_DAYS];
  return (known.includes(now) ? known : [now, ...known]).map((days) => ({
    value: String(days),
    label: days === LIFETIME_DAYS ? 'any time' : `${days} days`,
  }));
}
