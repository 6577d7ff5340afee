/** Last parts of the paths by which language parsers tell packages; executables are not among them. */
const EVIDENCE =
  /^(?:METADATA|PKG-INFO|DESCRIPTION|package\.json|installed\.json)$|\.(?:egg-info|gemspec|jar|war|ear|deps\.json)$/;

/** Whether a file of this name, of a package that the distribution built and patches, would be counted a second time. */
export function isEvidence(basename: string): boolean {
  return EVIDENCE.test(basename);
}

/**
 * The paths inside the root by which a file that a database lists may be met: where `/lib` is a link to `/usr/lib`, databases
 * name files by either.
 */
export function placesOf(path: string): readonly string[] {
  const inside = path.replace(/^\/+/, '');
  return /^(?:lib|lib64)\//.test(inside) ? [inside, `usr/${inside}`] : [inside];
}
