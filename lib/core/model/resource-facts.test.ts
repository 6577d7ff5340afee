import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  controlsFor,
  criticalityOfTags,
  NO_FACTS,
  OPEN_RANGES_MAX,
  REACHES,
  type ResourceFacts,
  reachGroupOf,
  toResourceFacts,
} from './resource-facts.ts';

const FACTS: ResourceFacts = {
  reach: 'internet',
  path: 'Internet, 8080/tcp',
  ports: [
    { protocol: 'tcp', begin: 8080, end: 8080, reach: 'internet' },
    { protocol: 'udp', begin: 0, end: 65_535, reach: 'peer' },
  ],
  criticality: 'high',
  blast: { administrator: true, readsData: true, openMetadata: true },
  controls: [{ kind: 'virtual-patch', name: 'WAF', vulnerability: 'CVE-2026-1', until: '2026-12-31' }],
};

describe('stored facts', () => {
  it('are read as they were written', () => {
    expect(toResourceFacts(JSON.parse(JSON.stringify(FACTS)))).toEqual(FACTS);
    expect(toResourceFacts({})).toEqual(NO_FACTS);
  });

  it('that are not understood are unknown', () => {
    const raw = {
      reach: 'everywhere',
      path: 8,
      criticality: 'constructor',
      blast: { administrator: 'yes' },
      controls: 1,
    };

    expect(toResourceFacts(raw)).toEqual(NO_FACTS);
  });

  it.each([
    [{ kind: 'prayer' }],
    [{ name: '' }],
    [{ name: undefined }],
    [{ until: 'soon' }],
    [{ until: 8 }],
    [{ vulnerability: 8 }],
  ])('a control with a fault lowers no score: %o', (fields) => {
    expect(toResourceFacts({ controls: [{ ...FACTS.controls[0], ...fields }] }).controls).toEqual([]);
  });

  it.each([
    [{ protocol: 'icmp' }],
    [{ begin: -1 }],
    [{ end: 65_536 }],
    [{ begin: 8081 }],
    [{ begin: '8080' }],
    [{ reach: 'everywhere' }],
  ])('with a range of ports that has a fault know no ports: %o', (fields) => {
    const [range, ...rest] = FACTS.ports ?? [];
    expect(toResourceFacts({ ports: [...rest, { ...range, ...fields }] }).ports).toBeNull();
  });

  it('with more ranges than are kept know no ports', () => {
    const ranges = (count: number) => Array.from({ length: count }, () => FACTS.ports?.[0]);
    expect(toResourceFacts({ ports: ranges(OPEN_RANGES_MAX) }).ports).toHaveLength(OPEN_RANGES_MAX);
    expect(toResourceFacts({ ports: ranges(OPEN_RANGES_MAX + 1) }).ports).toBeNull();
  });

  it('of any shape are facts, and reading them again changes nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        const facts = toResourceFacts(raw);
        expect(toResourceFacts(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
      }),
    );
  });
});

it('a control counts for its vulnerability, up to and including its last day', () => {
  const [control] = FACTS.controls;
  if (control === undefined) throw new Error('a control is needed');
  const counts = (vulnerability: string, now: string): number =>
    controlsFor([control], vulnerability, new Date(now)).length;

  expect(counts('CVE-2026-1', '2026-12-31T23:59:59Z')).toBe(1);
  expect(counts('CVE-2026-1', '2027-01-01T00:00:00Z')).toBe(0);
  expect(counts('CVE-2026-2', '2026-12-01T00:00:00Z')).toBe(0);
  expect(controlsFor([{ ...control, vulnerability: null, until: null }], 'x', new Date(0))).toHaveLength(1);
});

it.each([
  [{ Criticality: ' Mission-Critical ' }, 'critical'],
  [{ criticality: 'unheard of', 'Business-Criticality': 'Medium' }, 'normal'],
  [{ 'business-criticality': 'low', criticality: 'high' }, 'high'],
  [{ team: 'critical' }, null],
  [{}, null],
])('tags %o say %s', (tags, criticality) => {
  expect(criticalityOfTags(tags)).toBe(criticality);
});

it('reach is shown in three groups, and unknown in none', () => {
  expect(REACHES.map(reachGroupOf)).toEqual(['internet', 'internet', 'internet', 'peer', 'peer', 'isolated']);
  expect(reachGroupOf(null)).toBeNull();
});
