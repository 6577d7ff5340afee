/** What a finding is about, beside its id: the package, or for what is in none (an open port) its title. */
export function subjectWord({
  packageName,
  packageVersion = '',
  title,
}: {
  readonly packageName: string;
  readonly packageVersion?: string;
  readonly title: string;
}): string {
  return packageName === '' ? title : `${packageName} ${packageVersion}`.trim();
}
