const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,212}[A-Za-z0-9])?$/;
const WHEEL =
  /(?:^|\/)([A-Za-z0-9][A-Za-z0-9._]{0,212})-(\d[A-Za-z0-9._+!]{0,100})(?:-\d[A-Za-z0-9_.]{0,100})?-[^-/]{1,200}-[^-/]{1,200}-[^-/]{1,400}\.whl$/;

/** Whether a name can be one of PyPI. Rule: PyPA's specification of names. */
export function isPypiName(name: string): boolean {
  return NAME.test(name);
}

/** Names that differ in case or in runs of `-`, `_`, `.` are one project. Rule: PEP 503. */
export function normalizePypiName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Name and version in the name of a wheel, which pip holds against its content. Rule: PyPA's binary distribution format. */
export function wheelParts(path: string): { readonly name: string; readonly version: string } | null {
  // Addresses write the plus of a local version as %2B.
  const match = WHEEL.exec(path.slice(-1024).replace(/%2[bB]/g, '+'));
  return match?.[1] === undefined || match[2] === undefined ? null : { name: match[1], version: match[2] };
}

/** What came inside an installed package speaks of how that package was built. */
export function isInsideSitePackages(path: string): boolean {
  return /(?:^|\/)(?:site|dist)-packages\//.test(path);
}
