import { asObject, asText } from '../model/raw.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';

/** When findings have to be fixed, as data: it is stored, shown, edited and has a version. */
export interface SlaPolicy {
  readonly version: string;
  /** `severity`: days by severity. `bod-26-04`: the timelines of CISA's directive in their place. */
  readonly mode: 'severity' | 'bod-26-04';
  /** Days to fix; null where nothing is due. */
  readonly days: Readonly<Record<Severity, number | null>>;
  /** What the internet reaches has its days divided by this. */
  readonly exposedDivisor: number;
  /** The catalogue's date counts where it is earlier, but leaves this many days from the first observation. Null: no such rule. */
  readonly kevGraceDays: number | null;
  /** A new resource has this long to settle before the clock of any of its findings starts. */
  readonly settleHours: number;
  /** Whether the clock waits for a fix to be published, where its date is known. */
  readonly fromFix: boolean;
}

/** 7, 30, 90 and 180 days, half of that on the internet; CISA's catalogue with 3 days of grace; a day to settle. */
export const DEFAULT_SLA_POLICY: SlaPolicy = {
  version: '2026-11-26',
  mode: 'severity',
  days: { CRITICAL: 7, HIGH: 30, MEDIUM: 90, LOW: 180, INFORMATIONAL: null, UNTRIAGED: null },
  exposedDivisor: 2,
  kevGraceDays: 3,
  settleHours: 24,
  fromFix: true,
};

const DAYS_MAX = 3650;
/** `soonShare` was one until "soon" became the same for every policy; a policy that still has it is read without. */
const MEMBERS = new Set([...Object.keys(DEFAULT_SLA_POLICY), 'soonShare']);

/** A stored policy, or what is wrong with it: one sentence for each fault, by the name of the field. */
export function toSlaPolicy(raw: unknown): SlaPolicy | { readonly faults: Readonly<Record<string, string>> } {
  const policy = asObject(raw);
  if (policy === null) {
    return { faults: { policy: 'The policy is no object.' } };
  }
  const faults: Record<string, string> = {};
  const number = (field: string, value: unknown, min: number, max: number): number => {
    const isRight = typeof value === 'number' && value >= min && value <= max;
    if (!isRight) {
      faults[field] = `${field} has to be a number from ${min} to ${max}.`;
    }
    return isRight ? value : min;
  };
  const version = asText(policy.version);
  if (version === null || !/^[A-Za-z0-9._-]{1,40}$/.test(version)) {
    faults.version = 'version has to be 1 to 40 letters, digits, dots and dashes.';
  }
  const mode = policy.mode === 'bod-26-04' ? 'bod-26-04' : 'severity';
  if (policy.mode !== mode) {
    faults.mode = 'mode has to be "severity" or "bod-26-04".';
  }
  if (typeof policy.fromFix !== 'boolean') {
    faults.fromFix = 'fromFix has to be true or false.';
  }
  const read: SlaPolicy = {
    version: version ?? '',
    mode,
    days: daysOf(policy.days, number, faults),
    exposedDivisor: number('exposedDivisor', policy.exposedDivisor, 1, 100),
    kevGraceDays: policy.kevGraceDays === null ? null : number('kevGraceDays', policy.kevGraceDays, 0, 365),
    settleHours: number('settleHours', policy.settleHours, 0, 24 * 90),
    fromFix: policy.fromFix === true,
  };
  for (const member of Object.keys(policy)
    .filter((name) => !MEMBERS.has(name))
    .slice(0, 10)) {
    faults[member.slice(0, 40)] = 'There is no such rule in a policy.';
  }
  return Object.keys(faults).length === 0 ? read : { faults };
}

type ReadNumber = (field: string, value: unknown, min: number, max: number) => number;

/** A graver severity never has more days than a lesser one; somebody would fix them in the wrong order. */
function daysOf(raw: unknown, number: ReadNumber, faults: Record<string, string>): SlaPolicy['days'] {
  const given = asObject(raw) ?? {};
  const days = Object.fromEntries(
    SEVERITIES.map((severity) => {
      const value = given[severity];
      return [severity, value === null ? null : number(`days.${severity}`, value, 0.25, DAYS_MAX)];
    }),
  ) as Record<Severity, number | null>;
  const rated = (['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'] as const).map((one) => ({
    one,
    due: days[one] ?? Number.POSITIVE_INFINITY,
  }));
  rated.forEach(({ one, due }, at) => {
    const graver = rated[at - 1];
    if (graver !== undefined && graver.due > due) {
      faults[`days.${one}`] ??= `${one} would be due before ${graver.one}.`;
    }
  });
  return days;
}
