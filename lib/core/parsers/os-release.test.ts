import { describe, expect, it } from 'vitest';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import { parseOsRelease, readDistro } from './os-release.ts';

const jammy = `PRETTY_NAME="Ubuntu 22.04 LTS"
VERSION_ID="22.04"
VERSION_CODENAME=jammy
ID=ubuntu
ID_LIKE=debian
`;

describe('the distribution of a tree', () => {
  it('stands in os-release', async () => {
    const facts = await readDistro(memoryFileTree({ 'etc/os-release': jammy }));

    expect(facts).toEqual({
      distro: { id: 'ubuntu', versionId: '22.04', codename: 'jammy', prettyName: 'Ubuntu 22.04 LTS' },
      families: ['debian'],
    });
  });

  it('is found under usr/lib where etc has only a link that leads nowhere', async () => {
    const facts = await readDistro(memoryFileTree({ 'usr/lib/os-release': jammy }));

    expect(facts?.distro.id).toBe('ubuntu');
  });

  it.each([
    ['12.9\n', '12'],
    ['11', '11'],
  ])('falls back on debian_version %j', async (text, versionId) => {
    const facts = await readDistro(memoryFileTree({ 'etc/debian_version': text }));

    expect(facts?.distro).toMatchObject({ id: 'debian', versionId });
  });

  it('does not call testing a release', async () => {
    const tree = memoryFileTree({ 'etc/os-release': 'ID=debian\n', 'etc/debian_version': 'trixie/sid\n' });

    expect((await readDistro(tree))?.distro.versionId).toBe('');
  });

  it('is unknown where no file tells', async () => {
    expect(await readDistro(memoryFileTree({ 'etc/hostname': 'x' }))).toBeNull();
  });

  it.each([`ID='single'`, 'ID="with \\"quotes\\""', 'ID=$(id)', 'ID=', '# ID=x', '\0'])(
    'is not misled by %j',
    (text) => {
      expect(parseOsRelease(text)?.distro.id ?? null).toBe(text === `ID='single'` ? 'single' : null);
    },
  );
});
