import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ecosystem } from '../ecosystems/ecosystem.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import type { VulnerablePackage } from '../model/finding.ts';
import type { OpenFix } from '../model/guidance.ts';
import { ECOSYSTEM_IDS } from '../model/package.ts';
import { compareVersions } from '../versions/compare-versions.ts';
import { type GuidanceSubject, guidanceOf } from './guidance.ts';
import { jumpOf, targetOf } from './guidance-target.ts';

function pkg(
  ecosystem: string,
  name: string,
  version: string,
  fixedVersion: string | null,
  more: Partial<VulnerablePackage> = {},
): VulnerablePackage {
  return {
    name,
    version,
    ecosystem,
    purl: `pkg:${ecosystem}/${name}@${version}`,
    path: ecosystem === 'debian' ? 'var/lib/dpkg/status' : 'srv/app/package-lock.json',
    layer: null,
    sourceName: null,
    sourceVersion: null,
    fixedVersion,
    evidence: { matcher: 'distro', advisory: 'DSA-1', searched: '', range: '', installed: version },
    ...more,
  };
}

function fixOf({ purl }: VulnerablePackage, fixedVersion: string | null, findings = 1): OpenFix {
  return { purl, fixedVersion, findings };
}

function guide(packages: readonly VulnerablePackage[], more: Partial<GuidanceSubject> = {}) {
  return guidanceOf({
    kind: 'host',
    resourceName: 'web-1',
    region: 'eu-west-1',
    packages,
    openFixes: [],
    references: [],
    network: null,
    ...more,
  });
}

const openssl = pkg('debian', 'openssl', '3.0.11-1~deb12u1', '3.0.11-1~deb12u2');
const libssl = pkg('debian', 'libssl3', '3.0.11-1~deb12u1', '3.0.11-1~deb12u2');
const lodash = pkg('npm', 'lodash', '4.17.20', '4.17.21');

describe('a step', () => {
  it('raises the packages of a distribution that go to one version by one line', () => {
    expect(guide([libssl, openssl]).steps).toEqual([
      {
        text: 'Upgrade libssl3 and openssl to 3.0.11-1~deb12u2 or later',
        detail: 'A newer build of the same release after 3.0.11-1~deb12u1.',
        jump: 'revision',
        ways: [
          {
            label: null,
            edit: null,
            command: 'apt-get update && apt-get install --only-upgrade libssl3 openssl',
          },
        ],
      },
    ]);
  });

  it('raises a package to what ends all its open findings that have a fix', () => {
    const openFixes = [fixOf(lodash, '4.17.21', 2), fixOf(lodash, '4.18.0'), fixOf(lodash, null), fixOf(openssl, '9')];
    const [step] = guide([lodash], { openFixes }).steps;

    expect(step).toMatchObject({
      text: 'Upgrade lodash to 4.18.0 or later',
      detail:
        'A minor release after 4.17.20. It ends all 3 open findings of lodash here that have a fix. 1 more has no fix yet.',
      jump: 'minor',
    });
    expect(step?.ways[0]).toEqual({ label: 'In /srv/app', edit: null, command: 'npm install lodash@4.18.0' });
    expect(step?.ways[1]?.label).toBe('Where nothing but other packages asks for it, in /srv/app');
  });

  it('tells each place of a package, and a major release', () => {
    const other = { ...lodash, path: 'srv/b/yarn.lock', fixedVersion: '5.0.0' };
    const [step] = guide([{ ...lodash, fixedVersion: '5.0.0' }, other, other]).steps;

    expect(step?.detail).toBe('A major release after 4.17.20: read its notes first.');
    expect(step?.ways.map(({ label, command }) => `${label}: ${command}`)).toEqual([
      'In /srv/app: npm install lodash@5.0.0',
      'Where nothing but other packages asks for it, in /srv/app: npm update lodash',
      'With Yarn 1, in /srv/b: yarn upgrade lodash@5.0.0',
      'With Yarn 2 or later, in /srv/b: yarn up lodash@5.0.0',
      'Where nothing but other packages asks for it, in /srv/b: yarn install',
    ]);
  });

  it.each(['$(id)', "'; rm -rf /", '-rf', 'a\nb', 'é'])(
    'of a package that claims to be called %j has no command',
    (name) => {
      const guidance = guide([pkg('debian', name, '1', '2'), libssl]);

      expect(guidance.steps[0]).toMatchObject({
        ways: [],
        detail: expect.stringContaining('No command is shown: this cannot be the name of a package of Debian.'),
      });
      expect(guidance.steps[1]?.ways[0]?.command).toBe('apt-get update && apt-get install --only-upgrade libssl3');
    },
  );

  it('without a command says why', () => {
    expect(guide([pkg('npm', 'a', '1.0.0', '$(id)')]).steps[0]?.detail).toContain(
      'cannot be the version of a package of npm',
    );
    expect(guide([pkg('constructor', 'a', '1.0.0', '2')]).steps[0]?.detail).toContain(
      'No command is known for packages of constructor.',
    );
    expect(guide([pkg('generic', 'nginx', '1.0.0', '2.0.0', { path: 'usr/sbin/nginx' })]).steps[0]?.detail).toContain(
      'put the newer release in place of /usr/sbin/nginx.',
    );
    expect(guide([{ ...libssl, path: 'var/lib/dpkg/status.d/libssl3' }], { kind: 'image' }).steps[0]?.detail).toContain(
      'it comes with a newer base.',
    );
  });
});

describe('by where it is found', () => {
  it('an image is built again, its distribution raised in the Dockerfile', () => {
    const { steps, restart } = guide([libssl, { ...lodash, path: 'app/package-lock.json' }], { kind: 'ecr' });

    expect(steps.map(({ ways: [way] }) => way)).toEqual([
      {
        label: null,
        edit: { file: 'Dockerfile', text: 'RUN apt-get update && apt-get install --yes --only-upgrade libssl3' },
        command: null,
      },
      { label: 'In the project that is copied to /app', edit: null, command: 'npm install lodash@4.17.21' },
      { label: null, edit: null, command: 'docker build --pull --no-cache .' },
    ]);
    expect(restart).toBeNull();
  });

  it('what an image has installed for all users is raised in the Dockerfile too', () => {
    const path = 'usr/local/lib/python3.11/site-packages/idna-3.6.dist-info/METADATA';
    const [step] = guide([pkg('pypi', 'idna', '3.6', '3.7', { path })], { kind: 'image' }).steps;

    expect(step?.ways).toEqual([
      { label: null, edit: { file: 'Dockerfile', text: 'RUN python3.11 -m pip install idna==3.7' }, command: null },
    ]);
  });

  it.each([
    ['amazon', '1.0-1.amzn2023', 'RUN dnf upgrade --assumeyes --releasever=latest curl'],
    ['centos', '1.0-1.el7', 'RUN yum update --assumeyes curl'],
    ['photon', '1.0-1', 'RUN tdnf update --assumeyes curl'],
    ['suse', '1.0-1', 'RUN zypper --non-interactive update curl'],
    ['arch', '1.0-1', 'RUN pacman -Syu --noconfirm curl'],
    ['alpine', '1.0-r1', 'RUN apk upgrade --update-cache curl'],
  ])('a build of %s asks nobody', (ecosystem, version, text) => {
    const curl = pkg(ecosystem, 'curl', version, '2.0-1', { path: 'x' });

    expect(guide([curl], { kind: 'image' }).steps[0]?.ways[0]?.edit?.text).toBe(text);
  });

  it('a function and its layers are put in place again', () => {
    const own = { ...lodash, path: 'var/task/node_modules/lodash/package.json' };
    const layered = { ...lodash, path: 'opt/nodejs/node_modules/lodash/package.json' };
    const { steps } = guide([own, layered], { kind: 'lambda', resourceName: "it's" });

    expect(steps.map(({ text }) => text)).toEqual([
      'Upgrade lodash to 4.17.21 or later',
      'Publish a new version of the layer, and set it at every function that uses it',
      'Build the function again and put it in place of the old one',
    ]);
    expect(steps[0]?.ways.map(({ label }) => label?.split(', ').at(-1))).toEqual([
      'In the project of the function',
      'in the project of the function',
      'In the project of the layer',
      'in the project of the layer',
    ]);
    expect(steps[2]?.ways[0]?.command).toBe(
      `aws --region eu-west-1 lambda update-function-code --function-name 'it'\\''s' --zip-file fileb://function.zip`,
    );
    expect(guide([own], { kind: 'function' }).steps[1]?.ways).toEqual([]);
  });

  it('sources and documents name no place of a machine', () => {
    const labelOf = (kind: GuidanceSubject['kind']) => guide([lodash], { kind }).steps[0]?.ways[0]?.label;

    expect([labelOf('source'), labelOf('sbom')]).toEqual(['In srv/app', null]);
  });

  it('an instance is warned of its AMI, and of the archives of Ubuntu Pro', () => {
    const esm = pkg('ubuntu', 'libxml2', '2.9.1-3ubuntu4.13', '2.9.1-3ubuntu4.13+esm4', {
      path: 'var/lib/dpkg/status',
    });

    expect(guide([esm], { kind: 'ec2' }).notes).toEqual([
      expect.stringContaining('Ubuntu Pro'),
      expect.stringContaining('AMI'),
    ]);
    expect(guide([lodash], { kind: 'ec2' }).notes).toEqual([]);
  });

  it('an open port is closed by the rules that open it', () => {
    const revokes = [{ groupId: 'sg-1', protocol: 'tcp', from: 22, to: 22, source: '0.0.0.0/0' }];

    expect(guide([], { network: { revokes } }).steps).toMatchObject([
      {
        text: 'Revoke the rule of sg-1 that admits 0.0.0.0/0',
        ways: [{ command: expect.stringMatching(/^aws --region eu-west-1 ec2 revoke-security-group-ingress/) }],
      },
    ]);
  });
});

describe('what has to start again', () => {
  it.each([
    ['debian', 'linux-image-6.1.0-17-amd64', 'reboot'],
    ['debian', 'linux-libc-dev', null],
    ['debian', 'linux-headers-6.1.0-17', null],
    ['amazon', 'kernel', 'reboot'],
    ['redhat', 'kernel-core', 'reboot'],
    ['redhat', 'kernel-headers', null],
    ['amazon', 'kernel-livepatch-5.10.240', null],
    ['arch', 'linux', 'reboot'],
    ['debian', 'libc6', 'reboot'],
    ['redhat', 'glibc', 'reboot'],
    ['alpine', 'musl', 'reboot'],
    ['debian', 'systemd', 'reboot'],
    ['debian', 'dbus', 'reboot'],
    ['debian', 'libssl3', 'programs'],
    ['redhat', 'openssl-libs', 'programs'],
    ['debian', 'libssl-dev', null],
    ['debian', 'vim', null],
    ['npm', 'kernel', 'programs'],
  ] as const)('of %s %s: %s', (ecosystem, name, kind) => {
    expect(guide([pkg(ecosystem, name, '1.0-1', '1.0-2')]).restart?.kind ?? null).toBe(kind);
  });

  it('is the machine where any package of the finding asks for that', () => {
    expect(guide([libssl, pkg('debian', 'libc6', '1-1', '1-2')]).restart?.text).toMatch(
      /^Reboot: every running program/,
    );
  });
});

it('what has no fix is named with what helps until there is one', () => {
  const { steps, unfixed, workarounds } = guide([
    pkg('debian', 'vim', '1', null),
    pkg('debian', 'vim', '1', null),
    libssl,
  ]);

  expect(unfixed).toEqual(['vim']);
  expect(workarounds).toHaveLength(3);
  expect(steps).toHaveLength(1);
  expect(guide([pkg('debian', 'vim', '1', null)])).toMatchObject({ steps: [], restart: null });
  expect(guide([libssl])).toMatchObject({ unfixed: [], workarounds: [] });
});

it('what tells of the change is read first, and only what is an address', () => {
  const references = [
    'https://x.example/blog',
    'javascript:alert(1)',
    'https://x.example/commit/1',
    'https://x.example/blog',
  ];

  expect(guide([libssl], { references }).references).toEqual(['https://x.example/commit/1', 'https://x.example/blog']);
});

describe('the jump', () => {
  it.each([
    ['os', '3.0.11-1~deb12u1', '3.0.11-1~deb12u2', 'revision'],
    ['os', '1:2.0-1', '2.0-2', 'revision'],
    ['os', '3.0.11-1', '3.0.13-1', 'patch'],
    ['os', '3.0.11-1', '3.1.0-1', 'minor'],
    ['os', '1.36.1-r4', '1.36.1-r5', 'revision'],
    ['os', '5.10.1-1.amzn2', '6.1.2-1.amzn2', 'major'],
    ['language', '4.17.20', '4.17.21', 'patch'],
    ['language', '1.2', '1.2.0.1', 'patch'],
    ['language', 'v1.2.3', '1.3.0', 'minor'],
    ['language', '1.2.3', '2.0.0-rc1', 'major'],
    ['language', '0.2.0', '0.3.0', 'minor'],
    ['language', '1!1.2', '1!1.3', 'minor'],
    ['language', 'main', '1.0', 'major'],
  ] as const)('of %s from %s to %s: %s', (family, from, to, jump) => {
    expect(jumpOf(family, from, to)).toBe(jump);
  });
});

it('of versions that are in no order the fix of the finding itself is named', () => {
  const subject = pkg('oss-fuzz', 'libxml2', 'a', 'b');

  expect(targetOf(subject, [fixOf(subject, 'b', 2), fixOf(subject, 'c')])).toMatchObject({ version: 'b', ends: 2 });
});

it('the version ends every finding of the package that has a fix', () => {
  const ordered = ECOSYSTEM_IDS.filter((id) => (ecosystems[id] as Ecosystem).versions.hasOrder !== false);
  const number = fc.nat({ max: 40 });
  const version = fc.tuple(number, number, number).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(
      fc.constantFrom(...ordered),
      version,
      fc.array(fc.option(version, { nil: null }), { maxLength: 8 }),
      (id, own, others) => {
        const subject = pkg(id, 'a', '0.0.0', own);
        const target = targetOf(
          subject,
          others.map((fixed) => fixOf(subject, fixed)),
        );
        for (const fix of [own, ...others]) {
          if (fix === null || ecosystems[id].versions.parse(fix) === null) continue;
          expect(compareVersions(ecosystems[id].versions, target?.version ?? '', fix)).toBeGreaterThanOrEqual(0);
        }
        expect([own, ...others]).toContain(target?.version);
      },
    ),
  );
});
