import { describe, expect, it } from 'vitest';
import { isGlob, matchesTarget, parseTargetRule, type TargetSubject } from './target-rule.ts';

const subject = (more: Partial<TargetSubject> = {}): TargetSubject => ({
  accountId: '111122223333',
  region: 'eu-west-1',
  kind: 'ec2',
  name: 'web-1',
  environment: 'prod',
  tags: { Production: 'True', Owner: 'payments' },
  organizationalUnit: 'prod/edge',
  repository: null,
  ...more,
});

function matches(text: string, more: Partial<TargetSubject> = {}): boolean {
  const parsed = parseTargetRule(text);
  if ('fault' in parsed) throw new Error(parsed.fault);
  return matchesTarget(parsed.rule, subject(more));
}

describe('a rule', () => {
  it.each([
    ['', true],
    ['tag:Production=True', true],
    ['tag:Production=true', true],
    ['tag:Production=False', false],
    ['tag:Production', true],
    ['tag:production', false],
    ['tag:"Cost Centre"=4*', false],
    ['kind:ec2 env:prod', true],
    ['kind:ec2 and env:dev', false],
    ['kind:ecr or env:prod', true],
    ['kind:ecr or kind:lambda', false],
    ['not kind:ecr', true],
    ['-kind:ec2', false],
    ['ou:prod', true],
    ['ou:prod/edge', true],
    ['ou:pro', false],
    ['ou:prod/edge/deep', false],
    ['region:eu-*', true],
    ['account:111122223333', true],
    ['name:web-* -tag:Owner=search', true],
    ['kind:ec2 (env:dev or tag:Owner=pay*)', true],
    ['kind:ec2 not (env:prod or env:dev)', false],
    ['kind:ecr kind:ec2 or name:web-1', true],
    ['repo:*', false],
    ['function:*', false],
  ])('%s of a web server in production: %s', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });

  it('names images by their repository and functions by their name', () => {
    expect(matches('repo:team/*', { kind: 'ecr', repository: 'team/app', name: 'team/app:v1' })).toBe(true);
    expect(matches('function:pay-*', { kind: 'lambda', name: 'pay-out' })).toBe(true);
  });

  it.each([
    ['web', '"web" is no term: begin it with one of kind: account: ou: region: env: tag: name: repo: function:'],
    ['kind:vm', '"vm" is no kind: there are ec2, ecr, lambda, host, image, function, source, sbom.'],
    ['tag:', 'Nothing follows "tag:".'],
    ['(kind:ec2', 'A bracket is open to the end.'],
    ['kind:ec2)', '")" stands where nothing can.'],
    ['not', 'Nothing follows "not".'],
    ['tag:"a', 'A quotation mark is open to the end.'],
    [`${'('.repeat(30)}kind:ec2`, 'The brackets are nested too deep.'],
    ['kind:ec2 '.repeat(300), 'A rule has at most 200 terms.'],
    ['x'.repeat(5_000), 'A rule has at most 4000 signs.'],
  ])('that cannot be read says why: %s', (text, fault) => {
    expect(parseTargetRule(text)).toEqual({ fault });
  });
});

describe('a glob', () => {
  it.each([
    ['a*b*c', 'aXbYc', true],
    ['a*b*c', 'aXc', false],
    ['*', '', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['**x', 'yx', true],
    ['a.c', 'abc', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(isGlob(pattern, text)).toBe(expected);
  });

  it('of a stranger takes no longer than the text is long', () => {
    expect(isGlob(`${'a*'.repeat(500)}b`, 'a'.repeat(100_000))).toBe(false);
  });
});
