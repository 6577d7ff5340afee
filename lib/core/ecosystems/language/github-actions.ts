import { packageKey } from '../../model/ids.ts';
import { githubWorkflow } from '../../parsers/github-workflow.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';

/** GitHub Actions. Names are `owner/repository`, compared without regard to case. */
export const githubActions: Ecosystem = {
  id: 'github-actions',
  displayName: 'GitHub Actions',
  family: 'language',
  purlType: 'githubactions',
  purlNamespaces: [],
  osvName: 'GitHub Actions',
  versions: semver,
  parsers: [githubWorkflow],
  normalizeName,
  advisoryKeys: (pkg) => [packageKey('GitHub Actions', normalizeName(pkg.name))],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: () => null,
};

function normalizeName(name: string): string {
  return name.toLowerCase();
}
