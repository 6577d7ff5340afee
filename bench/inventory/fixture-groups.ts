/** Files that are no list of packages, or of a format without a parser, with the reason. */
export interface FixtureGroup {
  readonly name: string;
  readonly why: string;
  readonly of: RegExp;
}

const NO_ADVISORIES = 'none of the feeds that are read has advisories about them';
const FILE_LISTS = /\.(?:md5sums|conffiles)$|\/arch\/(?:.*\/)?(?:files|mtree)$/;

export const GROUPS: readonly FixtureGroup[] = [
  group('Perl (CPAN META)', NO_ADVISORIES, /\/perl\/cpan\//),
  group('Lua (rockspec)', NO_ADVISORIES, /\.rockspec$/),
  group('OCaml (opam)', 'one record of opam is a sample, not a feed', /\/ocaml\//),
  group('Nix (derivations, database)', NO_ADVISORIES, /\/syft\/nix\//),
  group(
    'Terraform (lock of providers)',
    'providers are programs for the operator, and no feed speaks of them',
    /\.hcl$/,
  ),
  group('SWI-Prolog (pack.pl)', NO_ADVISORIES, /\/swipl\//),
  group('Apple (Info.plist)', 'applications of macOS: not a target', /\.plist$/),
  group('vcpkg', NO_ADVISORIES, /vcpkg(?:-lock|-configuration)?\.json$/),
  group('PECL (registry of PHP extensions)', NO_ADVISORIES, /\.reg$/),
  group('LibMan (libman.json)', 'names files of a content network, not packages', /\/libman\.json$/),
  group('Embarcadero (BPL)', 'empty stand-ins for libraries of Delphi', /\.bpl$/i),
  group('Gentoo (Portage)', NO_ADVISORIES, /\/gentoo\/|\/portage\//),
  group(
    'Flatpak, Snap',
    'bundles for desktops; none of the feeds that are read has advisories about them',
    /\/(?:flatpak|snap)\//,
  ),
  group('Container-Optimized OS', NO_ADVISORIES, /\/osv-scalibr\/cos\//),
  group('Linux kernel modules', 'the package of the kernel says its version', /\/osv-scalibr\/kernel\//),
  group("Archives of packages, and RPM's own", 'not installed: what is installed stands in the database', /\.rpm$/),
  group('History of dnf', 'what was done once; what is installed stands in the database', /\/dnf-history\//),
  group('Lists of files and checksums of dpkg, pacman', 'name files; the packages stand beside them', FILE_LISTS),
  group('opkg (info/*.control)', 'the same packages stand in its status file', /\/opkg\/info\//),
  group(
    'Ubuntu Pro (state of subscriptions)',
    'says what may be fetched, not what is installed',
    /esm_[a-z]+_status\.json$/,
  ),
  group(
    'Empty files that stand for "another system"',
    'hold nothing',
    /\/trivy-os\/(?:debian|redhatbase\/[^/]+|ubuntu)\/(?:empty|invalid)$/,
  ),
  group(
    'Lists of published distributions (TSV)',
    'made for comparisons; no system has such a file',
    /^hosts\/rpm-lists\//,
  ),
  group("osv-detector's own CSV", 'a format of that tool alone', /\/osv-detector\/csv\//),
  group('TypeScript sources', 'programs are not read for what they import', /\.tstest$/),
  group(
    'Sums of Go modules (go.sum)',
    'name what was looked at, not what is built in; go.mod names that',
    /(?:\/go|\/gomod_[a-z]+)\.sum$/,
  ),
  group('Build scripts of Gradle', 'programs are not run; the lock file is read', /\/build\.gradle$/),
  group(
    "Maven's repository (poms, metadata)",
    'what could be fetched, not what a project takes',
    /\/java\/pom\/.*(?:\.pom|maven-metadata\.xml|artifacts\.txtar)$/,
  ),
  group("Maven's settings", 'name servers, not packages', /\/settings\.xml$/),
  group(
    'GraalVM (SBOM of a native image)',
    'is compressed inside the program; the loose file is no part of it',
    /\/graalvm-sbom\//,
  ),
  group('Other archives', 'are empty stand-ins for endings, or no Java archives', /\/glob-paths\/(?:java-)?archives\//),
  group('Answers of registries', 'recorded for tests of a client', /registry_response(?:_bad)?\.json$/),
  group(
    'Configuration of virtual environments',
    'names folders; the packages stand in site-packages',
    /\/python\/pyenv\//,
  ),
  group(
    'Lists inside of Python packages',
    'METADATA and PKG-INFO beside them name the package',
    /(?:\/(?:RECORD|top_level\.txt|direct_url\.json|installed-files\.txt)|INVALID|\/packaging\/invalid\.json)$/,
  ),
  group(
    'Material for tests of a Python package',
    'lies in a folder for tests, so nothing loads it',
    /\/test\/test\.egg-info$/,
  ),
  group('Licences and copyright', 'texts', /\/(?:LICENSE(?:\.txt)?|LiCeNsE\.tXt)$|\/copyright(?:\/|$)/),
  group(
    'Texts, sources and pages of fixtures',
    'neither lists nor programs',
    /\/syft\/generic\/|\.(?:jelly|html|cpp|gitignore|dockerignore)$|\/resources\/.*\.properties$|file1\.txt$|\/javac$|somepkg@version\//,
  ),
];

function group(name: string, why: string, of: RegExp): FixtureGroup {
  return { name, why, of };
}
