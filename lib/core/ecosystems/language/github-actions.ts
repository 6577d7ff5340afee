import { packageKey } from '../../model/ids.ts';
import { githubWorkflow } from '../../parsers/github-workflow.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { besideFile, fileOf } from '../upgrade-way.ts';

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
  namePattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_.-]+)+$/,
  upgrades: ({ name, path }, fixedVersion) => [
    besideFile(path, { edit: { file: fileOf(path), text: `uses: ${name}@v${fixedVersion}` } }),
  ],
};

function normalizeName(name: string): string {
  return name.toLowerCase();
}
