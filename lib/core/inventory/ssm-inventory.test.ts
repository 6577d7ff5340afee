import { describe, expect, it } from 'vitest';
import { collectSsmInventory } from './ssm-inventory.ts';
import { collectWindowsSoftware } from './windows-software.ts';

const AMAZON = { platformName: 'Amazon Linux', platformVersion: '2023' };
const UBUNTU = { platformName: 'Ubuntu', platformVersion: '22.04' };
const openssl = {
  Name: 'openssl-libs',
  Version: '3.0.8',
  Release: '1.amzn2023.0.1',
  Epoch: '1',
  Architecture: 'x86_64',
  PackageId: 'openssl-3.0.8-1.amzn2023.0.1.src.rpm',
};

describe('the inventory of SSM', () => {
  it('of an rpm system has versions, epochs and sources', () => {
    const inventory = collectSsmInventory({ ...AMAZON, entries: [openssl] });

    expect(inventory).toMatchObject({
      outcome: 'complete',
      distro: { id: 'amzn', versionId: '2023' },
      packages: [
        {
          ecosystem: 'amazon',
          name: 'openssl-libs',
          version: '1:3.0.8-1.amzn2023.0.1',
          sourceName: 'openssl',
          sourceVersion: '1:3.0.8-1.amzn2023.0.1',
        },
      ],
    });
  });

  it('of an agent that tells no release is partial, because fixes cannot be told from flaws', () => {
    const { Release: _, ...old } = openssl;

    expect(collectSsmInventory({ ...AMAZON, entries: [old] })).toMatchObject({ outcome: 'partial' });
  });

  it('of Debian and Ubuntu is partial: it names no sources', () => {
    const entries = [{ Name: 'libssl3', Version: '3.0.2-0ubuntu1', Architecture: 'x86_64' }];

    expect(collectSsmInventory({ ...UBUNTU, entries })).toMatchObject({
      outcome: 'partial',
      reason: 'SOURCES_UNKNOWN',
      packages: [{ ecosystem: 'ubuntu', name: 'libssl3', architecture: 'amd64', version: '3.0.2-0ubuntu1' }],
    });
  });

  it.each([
    ['without packages', { ...AMAZON, entries: [] }, 'NO_INVENTORY'],
    [
      'of a system that nobody knows',
      { platformName: 'Plan 9', platformVersion: '4', entries: [openssl] },
      'UNSUPPORTED_OS',
    ],
  ])('%s is failed, not clean', (_name, software, reason) => {
    expect(collectSsmInventory(software)).toMatchObject({ outcome: 'failed', packages: [], reason });
  });

  it('with entries that cannot be read keeps the others and says how many', () => {
    const bad = [{}, { Name: 'a b', Version: '1-1' }, { Name: 'x'.repeat(10_000), Version: '1-1' }, { Name: 'y' }];
    const inventory = collectSsmInventory({ ...AMAZON, entries: [...bad, openssl] });

    expect(inventory.packages.map(({ name }) => name)).toEqual(['openssl-libs']);
    expect(inventory).toMatchObject({ outcome: 'partial' });
    expect(inventory.diagnostics[0]?.message).toBe('4 entries have no readable name or version.');
  });
});

describe('the software of a Windows machine', () => {
  it('is known and not matched, and says so', () => {
    const inventory = collectWindowsSoftware({
      platformName: 'Microsoft Windows Server 2022 Datacenter',
      platformVersion: '10.0.20348',
      applications: [{ Name: 'Amazon SSM Agent', Version: '3.3.2299.0' }, { Name: '' }],
      updates: [{ HotFixId: 'KB5031364', InstalledTime: '2023-10-12T00:00:00Z' }, { HotFixId: '../etc' }],
    });

    expect(inventory.packages.map(({ name, version, path }) => [name, version, path])).toEqual([
      ['Amazon SSM Agent', '3.3.2299.0', 'AWS:Application'],
      ['KB5031364', '2023-10-12', 'AWS:WindowsUpdate'],
    ]);
    expect(inventory).toMatchObject({ outcome: 'partial', reason: 'UNSUPPORTED_OS', distro: { id: 'windows' } });
  });
});
