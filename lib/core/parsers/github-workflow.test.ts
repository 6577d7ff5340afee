import { describe, expect, it } from 'vitest';
import { namesOf } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { githubWorkflow, parseGithubWorkflow } from './github-workflow.ts';

const SHA = '8f4b7f84864484a7bf31766abe9204da3cbe65b3';

describe('actions of workflows', () => {
  it.each([
    ['.github/workflows/ci.yml', true],
    ['srv/.github/workflows/ci.yaml', true],
    ['.github/actions/build/action.yml', true],
    ['.github/dependabot.yml', false],
    ['node_modules/x/.github/workflows/ci.yml', false],
  ])('%s: %s', (path, wanted) => {
    expect(githubWorkflow.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([
    ['actions/checkout@v4.1.1', 'actions/checkout@4.1.1'],
    ['"actions/checkout@4.1.1"', 'actions/checkout@4.1.1'],
    ['github/codeql-action/init@v3.25.0', 'github/codeql-action@3.25.0'],
    ['a/b/.github/workflows/reusable.yml@v1.2.3', 'a/b@1.2.3'],
    [`actions/checkout@${SHA} # v4.1.1`, 'actions/checkout@4.1.1'],
    [`actions/checkout@${SHA} # tag=v4.1.1`, 'actions/checkout@4.1.1'],
    [`actions/checkout@${SHA}`, ''],
    [`actions/checkout@${SHA} # v4`, ''],
    ['actions/checkout@v4', ''],
    ['actions/checkout@main', ''],
    ['./.github/actions/own', ''],
    ['docker://alpine:3.8.1', ''],
  ])('uses: %s is %j', (uses, names) => {
    expect(namesOf(parseGithubWorkflow(`jobs:\n  a:\n    steps:\n      - uses: ${uses}\n`, 'ci.yml'))).toBe(names);
  });

  it('are none in the text of a script', () => {
    const text = 'steps:\n  - run: |\n      uses: a/b@v1.0.0\n\n      - uses: c/d@v1.0.0\n  - uses: e/f@v1.0.0\n';

    expect(namesOf(parseGithubWorkflow(text, 'ci.yml'))).toBe('e/f@1.0.0');
  });
});
