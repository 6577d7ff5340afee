import type { Distro } from '../model/package.ts';

/**
 * The files in which distributions said who they are before os-release, each with its reader. Those that several have stand
 * behind the ones that only one has: Oracle's and CentOS' systems also carry `redhat-release`, Ubuntu's `debian_version`.
 */
export const RELEASE_FILES: readonly (readonly [path: string, parse: (text: string) => Distro | null])[] = [
  ['etc/lsb-release', lsbRelease],
  ['etc/oracle-release', namedRelease],
  ['etc/almalinux-release', namedRelease],
  ['etc/rocky-release', namedRelease],
  ['etc/centos-release', namedRelease],
  ['etc/fedora-release', namedRelease],
  ['etc/mageia-release', namedRelease],
  ['etc/openEuler-release', namedRelease],
  ['etc/photon-release', namedRelease],
  ['etc/mariner-release', namedRelease],
  ['etc/azurelinux-release', namedRelease],
  ['etc/SuSE-release', suseRelease],
  ['etc/system-release', namedRelease],
  ['etc/redhat-release', namedRelease],
  ['etc/alpine-release', alpineRelease],
  ['etc/arch-release', () => distroOf('arch', '', 'Arch Linux')],
  ['etc/debian_version', debianVersion],
];

/** `ID` of os-release by the beginning of the name that a distribution calls itself. The first that fits counts. */
const NAMES: readonly (readonly [name: RegExp, id: string])[] = [
  [/^Amazon Linux/i, 'amzn'],
  [/^Oracle Linux/i, 'ol'],
  [/^AlmaLinux/i, 'almalinux'],
  [/^Rocky/i, 'rocky'],
  [/^CentOS/i, 'centos'],
  [/^Fedora/i, 'fedora'],
  [/^(?:Red Hat Enterprise|RedHatEnterprise)/i, 'rhel'],
  [/^Scientific/i, 'scientific'],
  [/^Mageia/i, 'mageia'],
  [/^openEuler/i, 'openeuler'],
  [/^(?:VMware )?Photon/i, 'photon'],
  [/^(?:CBL-)?Mariner/i, 'mariner'],
  [/^(?:Microsoft )?Azure ?Linux/i, 'azurelinux'],
  [/^openSUSE Leap/i, 'opensuse-leap'],
  [/^openSUSE Tumbleweed/i, 'opensuse-tumbleweed'],
  [/^openSUSE/i, 'opensuse'],
  [/^SUSE Linux Enterprise Desktop/i, 'sled'],
  [/^(?:SUSE Linux Enterprise Server|SUSE LINUX)/i, 'sles'],
  [/^Ubuntu/i, 'ubuntu'],
  [/^Debian/i, 'debian'],
  [/^Alpine/i, 'alpine'],
  [/^Arch(?:$| )/i, 'arch'],
];
/** Their release files count builds behind the number of the release: 2.0.20220226. */
const DATED: ReadonlySet<string> = new Set(['mariner', 'azurelinux']);

function distroOf(id: string, versionId: string, prettyName: string, codename: string | null = null): Distro {
  return { id, versionId, codename, prettyName: prettyName.slice(0, 200) };
}

/** `ID` of os-release by the name that a distribution calls itself; null for one that is not known. */
export function distroIdOfName(name: string): string | null {
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** `CentOS Linux release 7.6.1810 (Core)`, `VMware Photon OS 3.0`: a name, a number, sometimes a code name. */
function namedRelease(text: string): Distro | null {
  const line = firstLine(text);
  const id = distroIdOfName(line);
  const version = / ([0-9][0-9A-Za-z.]{0,30})(?: |$)/.exec(line)?.[1] ?? '';
  return id === null ? null : distroOf(id, versionOf(id, version), line);
}

/** A CentOS 7 counts by date behind its minor release, a Mariner behind its minor release as well. */
function versionOf(id: string, version: string): string {
  const parts = version.split('.');
  return DATED.has(id) ? parts.slice(0, 2).join('.') : version;
}

/** `DISTRIB_ID=Ubuntu`, one setting a line. Files of the Linux Standard Base itself have no such line. */
function lsbRelease(text: string): Distro | null {
  const of = (key: string): string =>
    (new RegExp(`^${key}=[ \\t]*(.{0,200})$`, 'm').exec(text)?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1');
  const id = distroIdOfName(of('DISTRIB_ID'));
  const release = of('DISTRIB_RELEASE');
  const version = /^[0-9A-Za-z._-]{1,64}$/.test(release) ? release : '';
  // Arch rolls, and calls that its release.
  return id === null
    ? null
    : distroOf(
        id,
        id === 'arch' ? '' : versionOf(id, version),
        of('DISTRIB_DESCRIPTION') || `${of('DISTRIB_ID')} ${version}`.trim(),
        of('DISTRIB_CODENAME') || null,
      );
}

/** The name on the first line, then `VERSION = 11` and `PATCHLEVEL = 4`, which os-release writes as 11.4. */
function suseRelease(text: string): Distro | null {
  const line = firstLine(text);
  const id = distroIdOfName(line);
  const version = /^VERSION[ \t]*=[ \t]*([0-9.]{1,30})[ \t]*\r?$/m.exec(text)?.[1] ?? '';
  const pack = /^PATCHLEVEL[ \t]*=[ \t]*([0-9]{1,3})[ \t]*\r?$/m.exec(text)?.[1] ?? '0';
  return id === null
    ? null
    : distroOf(id, pack === '0' || version.includes('.') ? version : `${version}.${pack}`, line);
}

function alpineRelease(text: string): Distro | null {
  const version = /^[0-9][0-9A-Za-z._]{0,63}$/.exec(firstLine(text))?.[0];
  return version === undefined ? null : distroOf('alpine', version, `Alpine Linux ${version}`);
}

function debianVersion(text: string): Distro | null {
  const release = debianRelease(text);
  return release === '' ? null : distroOf('debian', release, `Debian ${release}`);
}

/** The number of a Debian release from `etc/debian_version`; empty for testing, which is called by code names. */
export function debianRelease(text: string): string {
  return /^([0-9]{1,3})(?:\.[0-9]{1,3})?\s*$/.exec(text)?.[1] ?? '';
}

function firstLine(text: string): string {
  return (text.slice(0, 1_000).split('\n', 1)[0] ?? '').trim();
}
