import { describe, expect, it } from 'vitest';
import type { PermissionRow } from './connection.ts';
import { lastCheckOf, markOf, missingOf, relevantRows, shareOf } from './permission-marks.ts';

type Checked = NonNullable<PermissionRow['checked']>;
const NONE: Checked = {
  action: 'ec2:DescribeInstances',
  allowed: 0,
  denied: 0,
  unknown: 0,
  byUse: 0,
  missing: [],
  checkedAt: new Date('2026-11-24T14:31:00Z'),
};

function row(checked: Partial<Checked> | null, more: Partial<PermissionRow> = {}): PermissionRow {
  return {
    action: 'ec2:DescribeInstances',
    set: 'read',
    neededFor: 'EC2 instances',
    isOptional: false,
    proof: 'call',
    checked: checked === null ? null : { ...NONE, ...checked },
    ...more,
  };
}

const missing = (accountName: string, region: string) => ({ accountId: accountName, accountName, region, detail: '' });

describe('how a permission stands', () => {
  it('denied in one place is denied, but never red where it is optional', () => {
    expect(markOf(row({ allowed: 211, denied: 1 }))).toBe('denied');
    expect(markOf(row({ allowed: 188, denied: 24 }, { isOptional: true }))).toBe('not-allowed');
  });

  it('what nobody could ask is neither allowed nor denied', () => {
    expect(markOf(row({ allowed: 3, unknown: 1 }))).toBe('unknown');
    expect(markOf(row(null))).toBe('unchecked');
    expect(markOf(row({ byUse: 4 }))).toBe('by-use');
    expect(markOf(row({ allowed: 4 }))).toBe('allowed');
  });

  it('counts the places that allow it of those that were asked', () => {
    expect(shareOf(row({ allowed: 1210, denied: 1, unknown: 1 }))).toBe('1,210 of 1,212');
    expect(shareOf(row({ byUse: 4 }))).toBe(null);
    expect(shareOf(row(null))).toBe(null);
  });
});

describe('where it is missing', () => {
  it('names three accounts and counts the others', () => {
    const places = ['a', 'b', 'c', 'd', 'e'].map((name) => missing(name, 'eu-west-1'));
    expect(missingOf(row({ denied: 5, missing: places }))).toBe('a eu-west-1, b eu-west-1, c eu-west-1 and 2 more');
  });

  it('only counts accounts that left out what is optional', () => {
    const places = [missing('a', 'eu-west-1'), missing('b', 'eu-west-1')];
    expect(missingOf(row({ denied: 2, missing: places }, { isOptional: true }))).toBe('2 accounts did not allow it');
    expect(missingOf(row({ denied: 1, missing: places.slice(0, 1) }, { isOptional: true }))).toBe('a eu-west-1');
  });

  it('an account that misses it in several regions is named once', () => {
    const places = [missing('a', 'eu-west-1'), missing('a', 'us-east-1'), missing('b', 'us-east-1')];
    expect(missingOf(row({ denied: 3, missing: places }))).toBe('a (2 regions), b us-east-1');
  });

  it('says what is not known, and when it will be', () => {
    expect(missingOf(row({ allowed: 3, unknown: 2 }))).toBe('not known in 2 places');
    expect(missingOf(row({ byUse: 3 }))).toBe('shows at the first use');
    expect(missingOf(row({ allowed: 3 }))).toBe('none');
    expect(missingOf(row(null))).toBe('not checked yet');
  });
});

describe('the table of permissions', () => {
  it('has those of an organisation where one concerns anybody', () => {
    const rows = [row(null), row(null, { set: 'organization' })];
    expect(relevantRows(rows, false)).toHaveLength(1);
    expect(relevantRows(rows, true)).toHaveLength(2);
    expect(relevantRows([row({ allowed: 1 }, { set: 'organization' })], false)).toHaveLength(1);
  });

  it('knows when the last check was', () => {
    expect(lastCheckOf([row(null)])).toBe(null);
    expect(lastCheckOf([row({}), row({ checkedAt: new Date('2026-11-24T14:40:00Z') }), row(null)])).toEqual(
      new Date('2026-11-24T14:40:00Z'),
    );
  });
});
