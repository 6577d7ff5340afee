import type { PackageList } from './package-list.ts';

/** `name/version@user/channel#revision%timestamp:package`: Conan's reference to a recipe, of which two parts count. */
const REFERENCE = /^([A-Za-z0-9_][A-Za-z0-9_+.-]{0,100})\/([^\s/@#:%[\]]{1,100})(?:@[^\s#:%]*)?(?:[#:%]\S*)?$/;

/** Adds what a reference names. A package of the system has no version that Conan knows. */
export function addConanReference(list: PackageList, reference: string): void {
  const [, name = '', version = ''] = REFERENCE.exec(reference.trim()) ?? [];
  if (name === '') {
    list.malformed(reference);
  } else if (version === 'system') {
    list.leaveOut("packages of the operating system's own package manager");
  } else {
    list.add({ name, version });
  }
}
