import { expect, it } from 'vitest';
import { rulePartsOf } from './rule-parts.ts';

const read = (rule: string): readonly string[] =>
  rulePartsOf(rule).map((part) =>
    part.is === 'word' ? part.text : `${part.isNot ? 'not ' : ''}[${part.key} ${part.text}]`,
  );

it.each([
  ['kind:ec2 env:prod', ['[kind ec2]', '[env prod]']],
  ['tag:Production=True -tag:Owner', ['[tag Production = True]', 'not [tag Owner]']],
  ['tag:Owner=', ['[tag Owner = ]']],
  ['kind:ec2 or kind:ecr env:prod', ['[kind ec2]', 'or', '[kind ecr]', '[env prod]']],
  ['env:prod (kind:ec2 or kind:ecr)', ['[env prod]', '(', '[kind ec2]', 'or', '[kind ecr]', ')']],
  ['not (env:dev name:x*)', ['not', '(', '[env dev]', '[name x*]', ')']],
  ['not (env:dev or env:test)', ['not', '(', '[env dev]', 'or', '[env test]', ')']],
  ['', ['everything']],
  ['nothing such', ['nothing such']],
])('%s is drawn as its parts', (rule, parts) => {
  expect(read(rule)).toEqual(parts);
});
