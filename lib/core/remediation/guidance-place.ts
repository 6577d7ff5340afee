import type { UpgradeWay } from '../ecosystems/upgrade-way.ts';
import type { VulnerablePackage } from '../model/finding.ts';
import type { GuidanceStep, GuidanceWay } from '../model/guidance.ts';
import type { ResourceKind } from '../model/resource.ts';
import { shellLine } from '../model/shell-line.ts';

/** Where the packages are, as far as it decides how they are raised. */
export interface Place {
  readonly kind: ResourceKind;
  readonly resourceName: string;
  readonly region: string;
}

/** Kinds that are built anew and never changed in place. */
const isImage = (kind: ResourceKind): boolean => kind === 'image' || kind === 'ecr';
const isFunction = (kind: ResourceKind): boolean => kind === 'function' || kind === 'lambda';

/** True where programs run that go on with what they have loaded. */
export function isMachine(kind: ResourceKind): boolean {
  return kind === 'ec2' || kind === 'host';
}

/** A way of an ecosystem as it is gone at a place: what an image has installed is raised in its Dockerfile. */
export function placedWay(
  { when, folder, edit, command }: UpgradeWay,
  isSystem: boolean,
  kind: ResourceKind,
): GuidanceWay {
  const isInstalled = isSystem || (folder === null && when === null);
  if (isInstalled && isImage(kind) && command !== null) {
    return { label: null, edit: { file: 'Dockerfile', text: `RUN ${unasked(command)}` }, command: null };
  }
  const where = folder === null ? null : folderWord(folder, kind);
  return { label: joined(when, where), edit, command };
}

function joined(when: string | null, where: string | null): string | null {
  if (when === null || where === null) return when ?? where;
  return `${when}, ${where.charAt(0).toLowerCase()}${where.slice(1)}`;
}

function folderWord(folder: string, kind: ResourceKind): string | null {
  if (kind === 'sbom') return null;
  const path = folder === '.' ? '' : folder;
  if (isImage(kind)) return `In the project that is copied to /${path}`;
  if (isFunction(kind))
    return path.startsWith('opt') ? 'In the project of the layer' : 'In the project of the function';
  if (kind === 'source') return path === '' ? null : `In ${path}`;
  return `In /${path}`;
}

/** A build has nobody who could say yes. */
function unasked(command: string): string {
  return command
    .replace(/\b(apt-get install|yum update|dnf upgrade|tdnf (?:update|upgrade))\b/, '$1 --assumeyes')
    .replace('apt-get install --assumeyes', 'apt-get install --yes')
    .replace(/^zypper /, 'zypper --non-interactive ')
    .replace(/^pacman -Syu /, 'pacman -Syu --noconfirm ');
}

/** What is done after the packages are raised, so that the resource has them. */
export function stepsAfter(
  { kind, resourceName, region }: Place,
  raised: readonly Pick<VulnerablePackage, 'path'>[],
): readonly GuidanceStep[] {
  if (isImage(kind)) {
    return [
      step(
        'Build the image again on the newest build of its base, push it, and start anew what runs it',
        'docker build --pull --no-cache .',
      ),
    ];
  }
  if (!isFunction(kind)) return [];
  const layered = raised.some(({ path }) => path.startsWith('opt/'));
  const owned = raised.some(({ path }) => !path.startsWith('opt/'));
  const update = [
    'lambda',
    'update-function-code',
    '--function-name',
    resourceName,
    '--zip-file',
    'fileb://function.zip',
  ];
  return [
    ...(layered ? [step('Publish a new version of the layer, and set it at every function that uses it', null)] : []),
    ...(owned
      ? [
          step(
            'Build the function again and put it in place of the old one',
            kind === 'lambda' ? shellLine('aws', '--region', region, ...update) : null,
          ),
        ]
      : []),
  ];
}

function step(text: string, command: string | null): GuidanceStep {
  return { text, detail: null, jump: null, ways: command === null ? [] : [{ label: null, edit: null, command }] };
}
