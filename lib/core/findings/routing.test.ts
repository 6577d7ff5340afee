import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRouter, type Routable, type RoutingCondition, type RoutingRule, toRoutingRules } from './routing.ts';

const thing: Routable = {
  tags: { team: 'payments', Env: 'prod' },
  accountId: '210987654321',
  organizationalUnit: 'prod/edge',
  region: 'eu-central-1',
  kind: 'ec2',
  resourceName: 'payments-api-03',
  paths: ['/opt/app/lib/log4j-core-2.14.1.jar', '/var/lib/dpkg/status'],
};

function rule(id: string, when: RoutingCondition, fields: Partial<RoutingRule> = {}): RoutingRule {
  return { id, name: `rule ${id}`, when, owner: { name: id }, ...fields };
}

describe('a rule', () => {
  it.each<[RoutingCondition, boolean]>([
    [{ accounts: ['2109*'] }, true],
    [{ accounts: ['1*', '*4321'] }, true],
    [{ accounts: ['1*'] }, false],
    [{ organizationalUnits: ['prod/*'] }, true],
    [{ organizationalUnits: ['prod'] }, false],
    [{ regions: ['eu-*'] }, true],
    [{ kinds: ['ecr', 'ec2'] }, true],
    [{ kinds: ['ecr'] }, false],
    [{ resources: ['payments-*'] }, true],
    [{ paths: ['/opt/*/log4j-*.jar'] }, true],
    [{ paths: ['/srv/*'] }, false],
    [{ tags: { team: 'pay*', Env: 'PROD' } }, true],
    [{ tags: { team: '*', env: '*' } }, false],
    [{ tags: { constructor: '*' } }, false],
    [{ accounts: ['*'], regions: ['us-*'] }, false],
  ])('with %o fits: %s', (when, fits) => {
    expect(createRouter([rule('a', when)])(thing).owner !== null).toBe(fits);
  });

  it('needs a package to look at a path', () => {
    expect(createRouter([rule('a', { paths: ['*'] })])({ ...thing, paths: [] }).owner).toBeNull();
  });
});

describe('routing', () => {
  it('the first rule that fits decides, for owner and team each on its own, and says so', () => {
    const route = createRouter([
      rule('none', { regions: ['us-*'] }),
      { id: 'team', name: 'Edge', when: { organizationalUnits: ['*edge'] }, team: { name: 'edge' } },
      rule('both', { accounts: ['*'] }, { team: { name: 'late' } }),
      rule('last', { accounts: ['*'] }),
    ]);

    expect(route(thing)).toEqual({
      owner: { value: 'both', rule: { id: 'both', name: 'rule both', place: 3 }, why: 'Rule 3, "rule both"' },
      team: { value: 'edge', rule: { id: 'team', name: 'Edge', place: 2 }, why: 'Rule 2, "Edge"' },
    });
  });

  it('takes a name from a tag, and leaves what has none to later rules', () => {
    const route = createRouter([
      { id: 'tag', name: 'By tag', when: { accounts: ['*'] }, team: { fromTag: 'team' } },
      { id: 'rest', name: 'Rest', when: { accounts: ['*'] }, team: { name: 'platform' } },
    ]);

    expect(route(thing).team).toMatchObject({ value: 'payments', why: 'Rule 1, "By tag", from the tag team' });
    expect(route({ ...thing, tags: { team: '  ' } }).team?.value).toBe('platform');
    expect(route({ ...thing, tags: {} }).team?.value).toBe('platform');
  });

  it('nothing fits, and nobody is named', () => {
    expect(createRouter([])(thing)).toEqual({ owner: null, team: null });
  });

  it('is what going through the rules one by one gives; rules after the deciding ones never matter', () => {
    const word = fc.constantFrom('a', 'b', 'a*', '*b', '*');
    const target = fc.option(fc.constantFrom({ name: 'x' }, { name: 'y' }, { fromTag: 'team' }), { nil: undefined });
    const anyRule = fc
      .record({ id: fc.nat().map(String), account: word, region: fc.option(word), owner: target, team: target })
      .map(
        ({ id, account, region, owner, team }): RoutingRule => ({
          id,
          name: id,
          when: { accounts: [account], ...(region === null ? {} : { regions: [region] }) },
          ...(owner === undefined ? {} : { owner }),
          ...(team === undefined ? {} : { team }),
        }),
      );
    const anyThing = fc
      .record({ accountId: fc.constantFrom('a', 'b', 'ab'), region: fc.constantFrom('a', 'b'), tagged: fc.boolean() })
      .map(({ tagged, ...fields }): Routable => ({ ...thing, ...fields, tags: tagged ? { team: 't' } : {} }));
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 8 }), anyRule, anyThing, (rules, extra, one) => {
        const alone = rules.map((each) => createRouter([each])(one));
        const routed = createRouter(rules)(one);
        for (const field of ['owner', 'team'] as const) {
          const first = alone.findIndex((each) => each[field] !== null);
          expect(routed[field]?.value ?? null).toBe(alone[first]?.[field]?.value ?? null);
          expect(routed[field]?.rule.place ?? 0).toBe(first + 1);
          if (routed[field] !== null) expect(createRouter([...rules, extra])(one)[field]).toEqual(routed[field]);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('stored rules', () => {
  const good = { id: 'a', name: 'A', when: { accounts: ['*'] }, team: { name: 'x' } };

  it('are read as they were written', () => {
    const rules: readonly RoutingRule[] = [
      {
        id: 'a-1',
        name: 'All of it',
        when: {
          tags: { team: '*' },
          accounts: ['1*'],
          organizationalUnits: ['prod/*'],
          regions: ['eu-*'],
          kinds: ['ec2', 'ecr'],
          resources: ['web-*'],
          paths: ['/srv/*'],
        },
        owner: { fromTag: 'owner' },
        team: { name: 'web' },
      },
    ];

    expect(toRoutingRules(JSON.parse(JSON.stringify(rules)))).toEqual(rules);
  });

  it.each([
    [{ ...good, id: '' }, /needs an id/],
    [{ ...good, id: 'a b' }, /needs an id/],
    [{ ...good, name: undefined }, /needs a name/],
    [{ ...good, team: undefined }, /neither an owner nor a team/],
    [{ ...good, team: { name: 'x', fromTag: 'y' } }, /its team has to be/],
    [{ ...good, owner: 'x' }, /its owner has to be/],
    [{ ...good, when: {} }, /fits everything/],
    [{ ...good, when: { acounts: ['*'] } }, /nothing called "acounts"/],
    [{ ...good, when: { accounts: [] } }, /accounts has to be a list/],
    [{ ...good, when: { paths: ['x'.repeat(257)] } }, /paths has to be a list/],
    [{ ...good, when: { regions: 'eu' } }, /regions has to be a list/],
    [{ ...good, when: { kinds: ['vm'] } }, /kinds has to be a list of ec2/],
    [{ ...good, when: { tags: { team: 1 } } }, /tags has to name/],
    [null, /needs an id/],
  ])('with a fault are refused with its place: %o', (one, sentence) => {
    expect(toRoutingRules([good, one])).toEqual({ faults: expect.arrayContaining([expect.stringMatching(sentence)]) });
    expect(JSON.stringify(toRoutingRules([good, one]))).toContain('Rule 2: ');
  });

  it('two of one id, too many, and no list are refused', () => {
    expect(toRoutingRules([good, good])).toEqual({ faults: [expect.stringMatching(/^Rule 2: it needs an id/)] });
    expect(toRoutingRules(Array.from({ length: 501 }, () => good))).toEqual({ faults: [expect.stringMatching(/500/)] });
    expect(toRoutingRules({})).toEqual({ faults: ['The rules are no list.'] });
  });

  it('of any shape are rules or have faults', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        const read = toRoutingRules(raw);
        expect('faults' in read ? read.faults.length > 0 : Array.isArray(raw) && raw.length === 0).toBe(true);
      }),
    );
  });
});
