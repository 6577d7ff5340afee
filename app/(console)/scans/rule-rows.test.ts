import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTargetRule } from '@/lib/core/coverage/target-rule.ts';
import { ROW_KEYS, type RuleRow, rowsOf, textOfRows } from './rule-rows.ts';

const row = (key: RuleRow['key'], value: string, more: Partial<RuleRow> = {}): RuleRow => ({
  isNot: false,
  key,
  name: '',
  value,
  ...more,
});

describe('conditions of a rule', () => {
  it.each<[string, readonly RuleRow[]]>([
    ['', []],
    ['kind:ec2', [row('kind', 'ec2')]],
    ['-region:us-*', [row('region', 'us-*', { isNot: true })]],
    ['not env:dev and kind:ecr', [row('env', 'dev', { isNot: true }), row('kind', 'ecr')]],
    ['tag:Owner tag:Env=prod', [row('tag', '', { name: 'Owner' }), row('tag', 'prod', { name: 'Env' })]],
    ['tag:"Cost centre=a (b)"', [row('tag', 'a (b)', { name: 'Cost centre' })]],
  ])('%s is read', (text, rows) => {
    expect(rowsOf(text)).toEqual(rows);
  });

  it.each([
    'kind:ec2 or kind:ecr',
    'not (env:dev kind:ec2)',
    'env:prod (kind:ec2 or kind:ecr)',
    'tag:Owner=',
    'nonsense',
  ])('%s says more than a list can', (text) => {
    expect(rowsOf(text)).toBeNull();
  });

  it('a condition that is still to be written is refused', () => {
    expect(parseTargetRule(textOfRows([row('kind', 'ec2'), row('env', '')]))).toEqual({
      fault: 'Nothing follows "env:".',
    });
  });

  it('signs that the language cannot write are left out', () => {
    expect(textOfRows([row('tag', 'b"c', { name: 'a=' })])).toBe('tag:a=bc');
  });

  it('what is written as conditions is read as the same conditions', () => {
    const text = fc.string({ minLength: 1, maxLength: 12 }).filter((one) => !one.includes('"'));
    const condition = fc.oneof(
      fc.record({
        isNot: fc.boolean(),
        key: fc.constantFrom(...ROW_KEYS.filter((key) => key !== 'tag' && key !== 'kind')),
        name: fc.constant(''),
        value: text,
      }),
      fc.record({
        isNot: fc.boolean(),
        key: fc.constant('tag' as const),
        name: text.filter((one) => !one.includes('=')),
        value: fc.oneof(text, fc.constant('')),
      }),
    );
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 6 }), (rows) => {
        expect(rowsOf(textOfRows(rows))).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });
});
