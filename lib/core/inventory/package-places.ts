/** Folders in which packages of a machine live, besides the home folders and whatever stands at the top on its own. */
const PLACES = [
  'var/lib/dpkg',
  'var/lib/rpm',
  'var/lib/rpmmanifest',
  'var/lib/pacman',
  'var/lib/opkg',
  'var/www',
  'var/task',
  'var/opt',
];
/** Top-level folders that hold no packages: views of the kernel, scratch space, settings, logs, other file systems. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'boot',
  'dev',
  'etc',
  'lost+found',
  'media',
  'mnt',
  'proc',
  'run',
  'sys',
  'tmp',
  'var',
]);

/**
 * Whether a folder that could not be read may hide packages. `''` is the root itself. Where the answer is not known it
 * is yes, since an unread folder must never look like an empty one.
 */
export function mayHidePackages(path: string): boolean {
  const isNear = PLACES.some((place) => path === place || path.startsWith(`${place}/`) || place.startsWith(`${path}/`));
  const [top = ''] = path.split('/');
  return isNear || !ELSEWHERE.has(top);
}

/**
 * Where Go and Cargo unpack the sources of modules and crates, and the sources of Go itself. Nothing there is installed: lock files
 * in it are those of other people's development, and what is built from it lists its own modules.
 */
const FETCHED =
  /(?:^|\/)(?:go\/pkg\/mod|\.cargo\/(?:registry|git)|(?:usr\/local|usr\/lib|opt)\/go(?:-[0-9.]+)?\/src)\//;

export function isFetchedSource(path: string): boolean {
  return FETCHED.test(path);
}
