import { expect, it } from 'vitest';
import { bookworm, buildInventory, buildPackage } from '../../testing/build-inventory.ts';
import type { ScoredObservation } from '../model/finding.ts';
import { findingKey } from '../model/ids.ts';
import { guidanceOfScan } from './guidance-of-scan.ts';
import { firstCommand, guidanceText } from './guidance-text.ts';

const openssl = buildPackage({ ecosystem: 'debian', name: 'openssl', version: '3.0.9-1' });

function observationOf(fixedVersion: string | null): ScoredObservation {
  return {
    key: findingKey('k'),
    type: 'PACKAGE_VULNERABILITY',
    title: 't',
    vulnerability: {
      id: 'CVE-2023-2650',
      aliases: [],
      title: 't',
      description: '',
      severity: 'HIGH',
      severitySource: null,
      cvss: [],
      epss: null,
      kev: null,
      cwes: [],
      references: [],
      publishedAt: null,
    },
    packages: [
      {
        ...openssl,
        fixedVersion,
        evidence: { matcher: 'distro', advisory: 'DSA-5417-1', searched: 's', range: 'r', installed: '3.0.9-1' },
      },
    ],
    rating: { cvss: [], word: null },
    score: { score: 7.5, terms: [], cappedFrom: null, formula: 'v1' },
  };
}

it('a scan that is not stored guides by all that it found', () => {
  const observations = [observationOf('3.0.11-1'), observationOf('3.0.9-1+deb12u1'), observationOf(null)];
  const guide = guidanceOfScan(buildInventory(bookworm, [openssl]), observations);
  const [first, , unfixed] = observations.map((observation) => guide(observation));

  expect(first?.steps[0]).toMatchObject({
    text: 'Upgrade openssl to 3.0.11-1 or later',
    detail:
      'A patch release after 3.0.9-1. It ends all 2 open findings of openssl here that have a fix. 1 more has no fix yet.',
  });
  expect(first && firstCommand(first)).toBe('apt-get update && apt-get install --only-upgrade openssl');
  expect(unfixed && firstCommand(unfixed)).toBeNull();
  expect(unfixed && guidanceText(unfixed)).toMatch(/^No fixed version is published for openssl\.\nRemove it/);
});

it('knows an image, a document, a function and sources apart', () => {
  const [observation] = [observationOf('3.0.11-1')];
  const lodash = buildPackage({
    ecosystem: 'npm',
    name: 'lodash',
    version: '4.17.20',
    path: 'var/task/package-lock.json',
  });
  const npm = {
    ...observation,
    packages: [{ ...observation.packages[0], ...lodash, fixedVersion: '4.17.21' }],
  } as ScoredObservation;
  const textOf = (inventory: Parameters<typeof guidanceOfScan>[0]) =>
    guidanceText(guidanceOfScan(inventory, [npm])(npm));
  const bare = { ...buildInventory(bookworm, [lodash]), distro: null };

  expect(textOf(buildInventory(bookworm, [lodash]))).toContain('In /var/task: npm install lodash@4.17.21');
  expect(textOf(bare)).toContain('In the project of the function: npm install');
  expect(textOf({ ...bare, packages: [{ ...lodash, path: 'a/package-lock.json' }] })).toContain('In var/task: npm');
  expect(textOf({ ...bare, document: { format: null, id: 'x' } })).toContain('\nnpm install lodash@4.17.21');
  expect(textOf({ ...bare, image: {} as never })).toContain('docker build --pull');
});
