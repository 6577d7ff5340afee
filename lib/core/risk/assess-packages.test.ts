import { describe, expect, it } from 'vitest';
import { buildAdvisory } from '../../testing/build-advisory.ts';
import { bookworm, buildInventory, buildPackage, jammy } from '../../testing/build-inventory.ts';
import { memoryAdvisoryIndex } from '../../testing/memory-advisory-index.ts';
import { resourceId } from '../model/ids.ts';
import { NO_FACTS, type ResourceFacts } from '../model/resource-facts.ts';
import { assessPackages } from './assess-packages.ts';

const now = new Date('2026-08-22T12:00:00Z');
const facts = { resource: resourceId('host:a'), environment: 'prod', now };
const critical = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const curl = buildPackage({ ecosystem: 'ubuntu', name: 'curl', version: '7.81.0-1' });
const record = buildAdvisory({
  id: 'UBUNTU-CVE-2026-1000',
  upstream: ['CVE-2026-1000'],
  details: 'A flaw.',
  modified: new Date('2026-08-20T00:00:00Z'),
  severities: [
    { type: 'CVSS_V3', value: critical, source: 'ubuntu' },
    { type: 'word', value: 'medium', source: 'ubuntu' },
  ],
  affects: [['Ubuntu:22.04:LTS', 'curl', [{ introduced: '0' }, { fixed: '7.81.0-2' }]]],
});

describe('a package scan', () => {
  it('matches, rates and scores', () => {
    const kev = { dateAdded: '2026-08-01', dueDate: '2026-08-22', ransomware: false, name: 'x', action: 'y' };
    const index = memoryAdvisoryIndex([record], { signals: { 'CVE-2026-1000': { kev } }, syncedAt: now });

    const { observations, outcome, undecidable, advisoryRevision } = assessPackages(
      buildInventory(jammy, [curl]),
      index,
      facts,
    );

    expect(observations[0]).toMatchObject({
      title: 'CVE-2026-1000 - curl',
      vulnerability: {
        id: 'CVE-2026-1000',
        severity: 'HIGH',
        severitySource: 'cisa-kev',
        description: 'A flaw.',
        kev,
        cvss: [{ version: '3.1', score: 9.8, source: 'ubuntu' }],
      },
      score: { score: 10, cappedFrom: 10.7 },
    });
    expect([outcome, undecidable, advisoryRevision]).toEqual(['complete', 0, 'memory']);
  });

  it('a record without a rating borrows those that others publish about the same CVE', () => {
    const dsa = buildAdvisory({
      id: 'DSA-1-1',
      upstream: ['CVE-2026-1000', 'CVE-2026-1001'],
      affects: [['Debian:12', 'curl', [{ introduced: '0' }, { fixed: '8-1' }]]],
    });
    const package12 = buildPackage({ ecosystem: 'debian', name: 'curl', version: '7.88-1' });
    const severities = [{ type: 'CVSS_V3', value: critical, source: 'nvd' } as const];
    const index = memoryAdvisoryIndex([dsa], { signals: { 'CVE-2026-1000': { severities } } });

    const { observations } = assessPackages(buildInventory(bookworm, [package12]), index, facts);

    expect(observations.map(({ vulnerability }) => [vulnerability.id, vulnerability.severity])).toEqual([
      ['CVE-2026-1000', 'CRITICAL'],
      ['CVE-2026-1001', 'UNTRIAGED'],
    ]);
    expect(observations[1]?.score.score).toBeNull();
  });

  it('an exploit that any record of the flaw points to counts, and one of a notice of several flaws does not', () => {
    const exploit = { maturity: 'public', url: 'https://www.exploit-db.com/exploits/1', source: 'exploit-db' } as const;
    const module = { maturity: 'weaponised', url: 'https://a.example/m', source: 'metasploit' } as const;
    const notice = { ...record, id: 'USN-1-1', upstream: ['CVE-2026-1000', 'CVE-2026-1001'], exploits: [module] };
    const assess = (exploits: readonly (typeof exploit)[]) =>
      assessPackages(
        buildInventory(jammy, [curl]),
        memoryAdvisoryIndex([record, notice], { signals: { 'CVE-2026-1000': { exploits } } }),
        facts,
      ).observations.find(({ vulnerability }) => vulnerability.id === 'CVE-2026-1000');

    expect(assess([exploit])).toMatchObject({
      vulnerability: { exploit },
      score: { terms: [{}, {}, { factor: 'exploitation', detail: 'Public exploit (exploit-db)', value: 0.1 }, {}, {}] },
    });
    expect(assess([])?.vulnerability).not.toHaveProperty('exploit');
  });

  it('what is known of the resource is in the score', () => {
    const known: ResourceFacts = {
      reach: 'isolated',
      path: null,
      ports: null,
      criticality: 'high',
      blast: { administrator: true },
      controls: [
        { kind: 'virtual-patch', name: 'WAF rule', vulnerability: 'CVE-2026-1000', until: '2026-08-22' },
        { kind: 'runtime-protection', name: 'Agent', vulnerability: null, until: '2026-08-21' },
      ],
    };

    const index = memoryAdvisoryIndex([record]);
    const { observations } = assessPackages(buildInventory(jammy, [curl]), index, { ...facts, facts: known });

    expect(observations[0]?.score).toMatchObject({
      score: 7.7,
      terms: [9.8, -2, -0.3, 0.3, 0.4, -0.5].map((value) => ({ value })),
    });
  });

  it('the reach of a server is that of the ports at which it listens', () => {
    const web = { protocol: 'tcp', begin: 443, end: 443, reach: 'internet' } as const;
    const known = { ...NO_FACTS, reach: 'internet', path: 'Internet, 443/tcp', ports: [web] } as const;
    const installed = ['curl', 'nginx', 'openssh-server'].map((name) =>
      buildPackage({ ecosystem: 'ubuntu', name, version: '1-1' }),
    );
    const flaws = installed.map(({ name }) =>
      buildAdvisory({
        id: `UBUNTU-${name}`,
        severities: [{ type: 'CVSS_V3', value: critical, source: 'ubuntu' }],
        affects: [['Ubuntu:22.04:LTS', name, [{ introduced: '0' }, { fixed: '2-1' }]]],
      }),
    );

    const index = memoryAdvisoryIndex(flaws);
    const { observations } = assessPackages(buildInventory(jammy, installed), index, { ...facts, facts: known });

    const told = observations.map(({ packages, score }) => [packages[0]?.name, score.terms[1]?.detail]);
    expect(Object.fromEntries(told)).toEqual({
      curl: 'Internet, 443/tcp',
      nginx: 'Internet, 443/tcp, where nginx listens by default',
      'openssh-server': 'OpenSSH listens at 22/tcp, which nobody outside reaches',
    });
  });

  it.each([
    ['redhat', 'rhel'],
    ['centos', 'centos'],
  ] as const)("Red Hat's own rating counts first for packages of %s, whatever NVD says", (ecosystem, id) => {
    const vex = buildAdvisory({
      id: 'RHVEX-CVE-2026-1000',
      upstream: ['CVE-2026-1000'],
      severities: [{ type: 'word', value: 'low', source: 'redhat' }],
      affects: [['Red Hat:enterprise_linux:8', 'curl?arch=src', [{ introduced: '0' }]]],
    });
    const severities = [{ type: 'CVSS_V3', value: critical, source: 'nvd' } as const];
    const index = memoryAdvisoryIndex([vex], { signals: { 'CVE-2026-1000': { severities } } });
    const distro = { id, versionId: '8.5', codename: null, prettyName: '' };
    const installed = buildPackage({ ecosystem, name: 'libcurl', version: '7.61-1.el8', sourceName: 'curl' });

    const { observations } = assessPackages(buildInventory(distro, [installed]), index, facts);

    expect(observations[0]?.vulnerability).toMatchObject({
      severity: 'LOW',
      severitySource: 'redhat',
      cvss: [{ source: 'nvd' }],
    });
    expect(observations[0]?.packages[0]?.fixedVersion).toBeNull();
  });

  it.each([
    ['2026-08-22T00:00:00Z', 'fresh'],
    ['2026-08-20T00:00:00Z', 'stale'],
  ])('advisories synced at %s are %s', (syncedAt, state) => {
    const index = memoryAdvisoryIndex([record], { syncedAt: new Date(syncedAt) });

    const { advisoryStates } = assessPackages(buildInventory(jammy, [curl]), index, facts);

    expect(advisoryStates).toMatchObject([{ ecosystem: 'Ubuntu:22.04:LTS', packages: 1, records: 1, state }]);
  });

  it('an old newest record is stale, however recent the sync', () => {
    const old = { ...record, modified: new Date('2026-07-01T00:00:00Z') };

    const { advisoryStates } = assessPackages(
      buildInventory(jammy, [curl]),
      memoryAdvisoryIndex([old], { syncedAt: now }),
      facts,
    );

    expect(advisoryStates[0]?.state).toBe('stale');
  });

  it('an ecosystem without records is missing, and so is a distribution without a publisher', () => {
    const inventory = buildInventory({ ...bookworm, id: 'raspbian' }, [
      buildPackage({ ecosystem: 'debian', name: 'curl', version: '1' }),
      buildPackage({ ecosystem: 'npm', name: 'x', version: '1.0.0' }),
    ]);

    const { advisoryStates } = assessPackages(inventory, memoryAdvisoryIndex([], { revision: null }), facts);

    expect(advisoryStates.map(({ ecosystem, state }) => [ecosystem, state])).toEqual([
      ['npm', 'missing'],
      ['raspbian:12', 'missing'],
    ]);
  });

  it('keeps the outcome of the inventory', () => {
    const partial = { ...buildInventory(jammy, [curl]), outcome: 'partial' as const };

    expect(assessPackages(partial, memoryAdvisoryIndex([record]), facts).outcome).toBe('partial');
  });
});
