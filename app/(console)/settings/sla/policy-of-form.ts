import { SEVERITIES } from '@/lib/core/model/severity.ts';

/** The fields of the form as they are typed; a number that is none goes on as text, for the policy to refuse it. */
export function policyOfForm(form: FormData): object {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const number = (name: string): number | string | null => {
    const value = text(name);
    if (value === '') return null;
    return Number.isFinite(Number(value)) ? Number(value) : value;
  };
  return {
    version: text('version'),
    mode: text('mode'),
    days: Object.fromEntries(SEVERITIES.map((severity) => [severity, number(`days.${severity}`)])),
    exposedDivisor: number('exposedDivisor'),
    kevGraceDays: number('kevGraceDays'),
    settleHours: number('settleHours'),
    fromFix: form.get('fromFix') !== null,
  };
}
