import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CvssScore } from '../model/finding.ts';
import { REACHES } from '../model/resource-facts.ts';
import { scoreVector } from './cvss.ts';
import { CVSS_GRAMMARS } from './cvss-grammar.ts';
import { type InspectorScoreInput, inspectorScoreOf } from './inspector-score.ts';

const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';

function statement(vector: string, source = 'nvd'): CvssScore {
  const scores = scoreVector(vector);
  if ('rejected' in scores) throw new Error(scores.rejected);
  return { version: scores.version, vector, score: scores.base, source };
}

function input(fields: Partial<InspectorScoreInput> = {}): InspectorScoreInput {
  return { cvss: [statement(V31)], kind: 'ec2', ecosystems: ['npm'], reach: 'isolated', ...fields };
}

describe("Amazon Inspector's score of an instance", () => {
  it.each([
    [V31, 'internet', V31, 9.8],
    [V31, 'internet-restricted', V31, 9.8],
    [V31, 'load-balancer', V31, 9.8],
    [V31, 'peer', V31.replace('AV:N', 'AV:A'), 8.8],
    [V31, 'vpc', V31.replace('AV:N', 'AV:A'), 8.8],
    [V31, 'isolated', V31.replace('AV:N', 'AV:L'), 8.4],
    [V31, null, V31, 9.8],
    [V31.replace('S:U', 'S:C'), 'isolated', 'CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 9.3],
    [V31.replace('S:U', 'S:C'), 'peer', 'CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 9.6],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 'isolated', 'CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 5],
    ['CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H', 'peer', 'CVSS:3.1/AV:A/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H', 5.3],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 'isolated', 'CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
    [V31.replace('AV:N', 'AV:A'), 'isolated', V31.replace('AV:N', 'AV:A'), 8.8],
    [V31.replace('AV:N', 'AV:P'), 'peer', V31.replace('AV:N', 'AV:P'), 6.8],
    [V31.replace('3.1', '3.0'), 'isolated', 'CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 8.4],
    [`${V31}/E:U/MAV:P`, 'peer', V31.replace('AV:N', 'AV:A'), 8.8],
  ] as const)('of %s reached by %s is %s', (vector, reach, scoringVector, score) => {
    expect(inspectorScoreOf(input({ cvss: [statement(vector)], reach }))).toMatchObject({ scoringVector, score });
  });

  it.each([
    ['peer', 8.7],
    ['isolated', 8.6],
    ['internet', 9.3],
    [null, 9.3],
  ] as const)('has a second one of version 4: %s', (reach, score) => {
    expect(inspectorScoreOf(input({ cvss: [statement(V31), statement(V40)], reach }), '4')).toMatchObject({
      version: '4.0',
      score,
    });
  });

  it('says what it changed and why', () => {
    expect(inspectorScoreOf(input({ reach: 'isolated' }))).toEqual({
      score: 8.4,
      scoringVector: V31.replace('AV:N', 'AV:L'),
      version: '3.1',
      cvssSource: 'nvd',
      adjustments: [{ metric: 'Attack Vector', reason: 'No path over the network to the instance' }],
      note: null,
    });
    expect(inspectorScoreOf(input({ reach: 'internet' }))).toMatchObject({ adjustments: [], note: null });
  });

  it.each([
    [{ reach: null }, /not known/],
    [{ ecosystems: ['ubuntu'] }, /Ubuntu/],
    [{ kind: 'ecr' }, /Only the score of instances/],
    [{ kind: 'lambda' }, /Only the score of instances/],
  ] as const)('is the base score, and says why: %o', (fields, note) => {
    expect(inspectorScoreOf(input(fields))).toMatchObject({
      score: 9.8,
      adjustments: [],
      note: expect.stringMatching(note),
    });
  });

  it.each([
    [['debian'], 'dsa'],
    [['redhat'], 'redhat'],
    [['npm'], 'nvd'],
    [['ubuntu'], 'ubuntu'],
    [['alpine'], 'nvd'],
  ])('starts from the vector of the vendor of %s: %s', (ecosystems, source) => {
    const cvss = ['ghsa', 'nvd', 'redhat', 'ubuntu', 'dsa'].map((one, at) =>
      statement(at === 1 ? V31 : V31.replace('A:H', 'A:N'), one),
    );

    expect(inspectorScoreOf(input({ cvss, ecosystems }))?.cvssSource).toBe(source);
  });

  it('there is none without a vector of its version', () => {
    const old = statement('AV:N/AC:L/Au:N/C:P/I:P/A:P');

    expect(inspectorScoreOf(input({ cvss: [] }))).toBeNull();
    expect(inspectorScoreOf(input({ cvss: [old] }))).toBeNull();
    expect(inspectorScoreOf(input({ cvss: [statement(V31)] }), '4')).toBeNull();
  });

  it.each(['3.1', '3.0', '4.0'] as const)('is never above the base score of any vector of %s', (version) => {
    const { prefix, base } = CVSS_GRAMMARS[version];
    const metrics = Object.entries(base).map(([metric, values]) =>
      fc.constantFrom(...values.split(' ')).map((value) => `${metric}:${value}`),
    );
    const vector = fc.tuple(...metrics).map((parts) => prefix + parts.join('/'));
    fc.assert(
      fc.property(vector, fc.constantFrom(null, ...REACHES), (text, reach) => {
        const score = inspectorScoreOf(input({ cvss: [statement(text)], reach }), version === '4.0' ? '4' : '3');
        expect(score?.score).toBeLessThanOrEqual(statement(text).score);
        const recomputed = scoreVector(score?.scoringVector ?? '');
        expect('base' in recomputed && recomputed.base).toBe(score?.score);
      }),
      { numRuns: 3_000 },
    );
  });
});
