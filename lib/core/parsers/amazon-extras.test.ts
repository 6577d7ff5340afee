import { expect, it } from 'vitest';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import { amazonExtras, enabledTopics } from './amazon-extras.ts';

const PATH = 'etc/yum.repos.d/amzn2-extras.repo';
const REPO = `### THIS FILE IS GENERATED
[amzn2extra-docker]
enabled = 1
name = Amazon Extras repo for docker
[amzn2extra-docker-source]
enabled = 0
[amzn2extra-kernel-5.10]
enabled=1
[amzn2extra-nginx1]
enabled = 0
[other]
enabled = 1
`;

it('the topics of Amazon Linux Extras that are enabled', () => {
  expect(enabledTopics(REPO)).toEqual(['docker', 'kernel-5.10']);
  expect(enabledTopics('[amzn2extra-x]\n[__proto__]\nenabled=0\nnoise')).toEqual(['x']);
  expect(enabledTopics('')).toEqual([]);
});

it('are a fact of the system, and none of them hides a package', async () => {
  const of = (text: string) => amazonExtras.parse(PATH, memoryFileTree({ [PATH]: text }), { distro: null });

  expect(await of(REPO)).toMatchObject({ complete: true, diagnostics: [{ level: 'info' }] });
  expect((await of(REPO)).diagnostics[0]?.message).toContain('docker, kernel-5.10');
  expect(await of('')).toMatchObject({ complete: true, diagnostics: [] });
});
