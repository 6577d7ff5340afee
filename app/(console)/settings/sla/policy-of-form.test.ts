import { describe, expect, it } from 'vitest';
import { DEFAULT_SLA_POLICY, toSlaPolicy } from '@/lib/core/findings/sla-policy.ts';
import { SEVERITIES } from '@/lib/core/model/severity.ts';
import { policyOfForm } from './policy-of-form.ts';

function formOf(changes: Readonly<Record<string, string>> = {}): FormData {
  const { version, mode, days, exposedDivisor, kevGraceDays, settleHours } = DEFAULT_SLA_POLICY;
  const form = new FormData();
  const fields = {
    version,
    mode,
    ...Object.fromEntries(SEVERITIES.map((severity) => [`days.${severity}`, String(days[severity] ?? '')])),
    exposedDivisor: String(exposedDivisor),
    kevGraceDays: String(kevGraceDays ?? ''),
    settleHours: String(settleHours),
    fromFix: 'on',
    ...changes,
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

describe('the form of due dates', () => {
  it('says the default as it is', () => {
    expect(toSlaPolicy(policyOfForm(formOf()))).toEqual(DEFAULT_SLA_POLICY);
  });

  it('an empty field is no rule', () => {
    expect(toSlaPolicy(policyOfForm(formOf({ 'days.LOW': '', kevGraceDays: '' })))).toMatchObject({
      kevGraceDays: null,
      days: { LOW: null },
    });
  });

  it.each([
    ['days.HIGH', 'soon'],
    ['settleHours', '-1'],
    ['exposedDivisor', ''],
    ['version', '<script>'],
  ])('%s "%s" is refused by name', (field, value) => {
    const read = toSlaPolicy(policyOfForm(formOf({ [field]: value })));

    expect('faults' in read ? Object.keys(read.faults) : []).toContain(field);
  });
});
