import { describe, expect, it } from 'vitest';
import { NO_RESOURCE_FILTER } from '@/lib/core/model/estate.ts';
import { holdersQuery, parsePackageQuery, parseResourceQuery, withTerm } from './resource-query.ts';

describe('a query of resources', () => {
  it('that is empty asks for nothing', () => {
    expect(parseResourceQuery('  ')).toEqual({ filter: NO_RESOURCE_FILTER, errors: [] });
  });

  it('reads kinds, states, words and a package', () => {
    expect(parseResourceQuery('kind:ec2,ecr state:Late "two words" package:xz version:5.6 type:debian')).toEqual({
      filter: {
        words: ['two words'],
        kinds: ['ec2', 'ecr'],
        states: ['late'],
        holds: { name: 'xz', version: { text: '5.6', whole: false }, ecosystem: 'debian' },
      },
      errors: [],
    });
  });

  it.each([
    ['kind:cloud', 'kind takes ec2'],
    ['state:', 'needs a value'],
    ['colour:red', 'There is no key colour'],
    ['version:5.6', 'needs a package'],
  ])('says what is wrong with %s, and the rest holds', (wrong, sentence) => {
    const { filter, errors } = parseResourceQuery(`${wrong} api`);
    expect(errors.join(' ')).toContain(sentence);
    expect(filter).toEqual({ ...NO_RESOURCE_FILTER, words: ['api'] });
  });

  it('takes whatever is typed', () => {
    for (const text of ['"', ':', '-', 'a:"b', '\\"\\', `${'x'.repeat(10_000)}`, '\u202Eevil', '<script>']) {
      expect(() => parseResourceQuery(text)).not.toThrow();
      expect(() => parsePackageQuery(text)).not.toThrow();
    }
  });

  it('names the holders of one version, whatever stands in its name', () => {
    const one = { ecosystem: 'npm', name: '@a/b "c" \\', version: '1.0 x' };
    expect(parseResourceQuery(holdersQuery(one))).toMatchObject({
      filter: { holds: { name: one.name, version: { text: one.version, whole: true }, ecosystem: 'npm' } },
      errors: [],
    });
  });

  it('changes one part and keeps the others', () => {
    expect(withTerm('kind:ec2 api "x y"', 'state', 'late')).toBe('state:late kind:ec2 api "x y"');
    expect(withTerm('kind:ec2 api', 'kind', 'ecr')).toBe('kind:ecr api');
    expect(withTerm('kind:ec2 api', 'kind', null)).toBe('api');
  });
});

describe('a query of packages', () => {
  it('takes a number after the name for a version', () => {
    expect(parsePackageQuery('xz 5.6')).toMatchObject({ words: ['xz'], version: { text: '5.6', whole: false } });
    expect(parsePackageQuery('7zip')).toMatchObject({ words: ['7zip'], version: null });
    expect(parsePackageQuery('xz type:Debian,alpine')).toMatchObject({ ecosystems: ['debian', 'alpine'] });
  });
});
