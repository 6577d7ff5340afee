import { parseTargetRule } from '@/lib/core/coverage/target-rule.ts';
import { TARGET_KEYS, type TargetKey, type TargetRule } from '@/lib/core/model/scan-target.ts';

/** One condition of a rule that is a list of conditions; all of them have to hold. */
export interface RuleRow {
  readonly isNot: boolean;
  readonly key: TargetKey;
  /** Of a tag; empty for every other key. */
  readonly name: string;
  /** Empty for a tag with any value, or while it is still to be written. */
  readonly value: string;
}

export const NEW_ROW: RuleRow = { isNot: false, key: 'tag', name: '', value: '' };
/** How a key is called where a person picks one. */
export const KEY_WORDS: Readonly<Record<TargetKey, string>> = {
  kind: 'Kind',
  account: 'Account',
  ou: 'Unit',
  region: 'Region',
  env: 'Environment',
  tag: 'Tag',
  name: 'Name',
  repo: 'Repository',
  function: 'Function',
};
export const ROW_KEYS: readonly TargetKey[] = ['tag', ...TARGET_KEYS.filter((key) => key !== 'tag')];

/** A rule as conditions, null where it says more than a list of conditions can: an `or`, or a `not` before brackets. */
export function rowsOf(text: string): readonly RuleRow[] | null {
  const parsed = parseTargetRule(text);
  if ('fault' in parsed) return null;
  const { rule } = parsed;
  const rows = (rule.is === 'all' ? rule.of : [rule]).map(rowOf);
  return rows.every((row) => row !== null) ? rows : null;
}

function rowOf(rule: TargetRule): RuleRow | null {
  if (rule.is === 'not') return rule.of.is === 'term' ? termRow(rule.of, true) : null;
  return rule.is === 'term' ? termRow(rule, false) : null;
}

/** A tag that is there and empty has no row: an empty field stands for any value. */
function termRow({ key, name, value }: Extract<TargetRule, { is: 'term' }>, isNot: boolean): RuleRow | null {
  return value === '' ? null : { isNot, key, name, value: value ?? '' };
}

/** The rule that conditions make. One that is still to be written stays in it, so that the rule is refused and not widened. */
export function textOfRows(rows: readonly RuleRow[]): string {
  return rows.map(textOfRow).join(' ');
}

function textOfRow({ isNot, key, name, value }: RuleRow): string {
  const dash = isNot ? '-' : '';
  const said =
    key === 'tag' && value !== ''
      ? `${writable(name).replaceAll('=', '')}=${writable(value)}`
      : writable(key === 'tag' ? name : value);
  return `${dash}${key}:${/[\s()]/.test(said) ? `"${said}"` : said}`;
}

/** Whether a condition is still to be written. */
export function isHalf({ key, name, value }: RuleRow): boolean {
  return (key === 'tag' ? name : value).trim() === '';
}

/** The language of rules has no sign for a quotation mark inside of a value. */
function writable(text: string): string {
  return text.replaceAll('"', '');
}
