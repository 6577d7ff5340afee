import { RELEASE_FILES } from '../parsers/release-files.ts';
import {
  APK,
  ARCHIVE,
  ARCHIVE_NAME,
  ERRORS,
  GEM,
  LARGE,
  MOUNTS,
  NPM,
  OWNED_BY_DPKG,
  OWNED_BY_RPM,
  PYTHON,
  SHARED,
  STANZAS,
  WHOLE,
} from './host-files-programs.ts';

/** Language packages that one command tells of, as many as Amazon Inspector's deep inspection takes. */
export const HOST_PACKAGES_MAX = 5_000;
/** Characters of the result that one run prints: SSM keeps 24,000, and a line stands before them. */
export const HOST_SLICE = 22_000;
/** Archives inside of archives are read so deep. */
export const HOST_ARCHIVE_DEPTH = 3;
/** How long a run looks for language packages, and how long SSM lets it run in all. Seconds. */
export const HOST_SECONDS = { search: 600, all: 900 } as const;

/** Folders of a running system that hold no packages of its own; layers and volumes of containers are scanned where they come from. */
const PRUNED_PATHS = [
  'proc',
  'sys',
  'dev',
  'run',
  'tmp',
  'var/tmp',
  'var/run',
  'snap',
  'lost+found',
  'var/lib/docker',
  'var/lib/containerd',
  'var/lib/containers/storage',
  'var/lib/kubelet/pods',
];
/** Histories and caches: what lies in them is not installed. */
const PRUNED_NAMES = '.git .hg .svn .cache _cacache __pycache__ .mypy_cache .pytest_cache .ruff_cache'.split(' ');
const ARCHIVES = ['jar', 'war', 'ear', 'par', 'sar', 'nar', 'jpi', 'hpi', 'kar', 'rar'];
const RELEASES = ['etc/os-release', 'usr/lib/os-release', ...RELEASE_FILES.map(([path]) => path)];
const RPM_FIELDS = String.raw`rpm\t%{NAME}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\t%{SOURCERPM}\t%{VENDOR}\t`;

const METADATA = ['[./]dist-info/METADATA', '[./]egg-info/PKG-INFO', '.egg-info'];

/** A pattern of file names for every way to write the letters: some tools and file systems change them. */
const anyCase = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
const either = (tests: readonly string[]): string => tests.join(' -o ');

/** Says who it is to nobody, finds a folder of its own, and removes it whatever happens. */
const START = `
export LC_ALL=C
PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin
R=$HARRIER_ROOT
export PATH R
umask 077
set -f
for c in awk sort gzip base64 sha256sum mktemp head tail tr wc rm; do
  command -v "$c" >/dev/null 2>&1 || { echo "$c is not installed" >&2; exit 3; }
done
renice -n 19 -p $$ >/dev/null 2>&1
ionice -c 3 -p $$ >/dev/null 2>&1
T=$(mktemp -d) && [ -d "$T" ] || { echo "no temporary folder can be made" >&2; exit 3; }
export T
P=
trap 'rm -rf "$T"' EXIT
trap '[ -n "$P" ] && kill "$P" 2>/dev/null; exit 4' HUP INT PIPE TERM
END=$(($(date +%s) + ${HOST_SECONDS.search}))
limited() {
  "$@" &
  P=$!
  while kill -0 "$P" 2>/dev/null; do
    if [ "$(date +%s)" -ge "$END" ]; then : >"$T/stop"; kill "$P" 2>/dev/null; break; fi
    sleep 0.2 2>/dev/null || sleep 1
  done
  wait "$P" 2>/dev/null
  X=$?
  P=
  return "$X"
}
`;

/** The databases of packages and who the distribution says it is. */
const SYSTEM = String.raw`
for f in ${RELEASES.join(' ')}; do
  [ -f "$R/$f" ] && head -c 65536 "$R/$f" | awk -v "f=$f" "$E$WHOLE"
done >"$T/files"
f=var/lib/dpkg/status
[ -f "$R/$f" ] && awk -v "f=$f" -v "keep=^(Package|Status|Version|Architecture|Source):" "$E$STANZAS" <"$R/$f" >>"$T/files"
D=
for d in var/lib/rpm usr/lib/sysimage/rpm usr/share/rpm; do
  [ -h "$R/$d" ] && continue
  for b in rpmdb.sqlite Packages.db Packages; do
    [ -z "$D" ] && [ -f "$R/$d/$b" ] && D=$d && printf 'rpmdb\t%s\n' "$d/$b" >"$T/rpmdb"
  done
done
ask_rpm() { if [ -n "$R" ]; then rpm --dbpath "$R/$D" "$@"; else rpm "$@"; fi; }
Q='${RPM_FIELDS}'
if [ -n "$D" ] && command -v rpm >/dev/null 2>&1; then
  limited ask_rpm -qa --qf "$Q%{MODULARITYLABEL}\n" >"$T/unsorted" 2>/dev/null
  [ -s "$T/unsorted" ] || limited ask_rpm -qa --qf "$Q(none)\n" >"$T/unsorted" 2>/dev/null
  [ "$X" = 0 ] || printf 'missing\trpm-answer\n' >>"$T/rpmdb"
  sort "$T/unsorted" >>"$T/rpmdb"
elif [ -n "$D" ]; then
  printf 'missing\trpm\n' >>"$T/rpmdb"
fi
`;

/** Reads archives with "unzip", and those inside of them by way of the own folder. */
const READ_ARCHIVES = String.raw`
one() {
  N=$T/nested$3
  export N
  {
    unzip -p "$1" META-INF/MANIFEST.MF | head -c 65536; echo; echo =p
    unzip -p "$1" "META-INF/maven/*/pom.properties" | head -c 262144; echo; echo =n
    unzip -l "$1" | head -c 8388608
  } 2>/dev/null </dev/null >"$T/told"
  : >"$N"
  F=$4 I=$2 K=$(head -c 2 "$1" | tr -d "\000") awk "$E$ARCHIVE" <"$T/told"
  [ "$3" -lt ${HOST_ARCHIVE_DEPTH} ] || return 0
  while IFS= read -r x; do
    [ -e "$T/stop" ] && return 0
    unzip -p "$1" "$x" 2>/dev/null </dev/null | head -c 134217728 >"$T/inner$3"
    if [ -n "$2" ]; then one "$T/inner$3" "$2!/$x" $(($3 + 1)) "$4"; else one "$T/inner$3" "$x" $(($3 + 1)) "$4"; fi
  done <"$T/nested$3"
}
for f do
  [ -d "$T" ] && [ ! -e "$T/stop" ] || exit 0
  one "$f" "" 1 "$f"
done
`;

/**
 * Walks the local file systems once. Names are handed on by "-exec {} +", whatever they are made of; none stands in parentheses, where
 * busybox forgets it.
 */
const SEARCH = String.raw`
set -- "$R/"
if [ -z "$R" ] && [ -r /proc/self/mountinfo ]; then
  awk "$MOUNTS" /proc/self/mountinfo >"$T/mounts"
  while IFS= read -r m; do set -- "$@" "$(printf '%b' "$m")"; done <"$T/mounts"
fi
: >"$T/notes"
if ! command -v unzip >/dev/null 2>&1; then
  READ='exec awk "$E$ARCHIVE_NAME" "$@"'
  printf 'missing\tunzip\n' >>"$T/notes"
fi
if command -v find >/dev/null 2>&1; then
  limited find "$@" -xdev \
    -type d \( ${either(PRUNED_NAMES.map((name) => `-name ${name}`))} \
      -o ${either(PRUNED_PATHS.map((path) => `-path "$R/${path}"`))} \) -prune -o \
    -type f -name package.json -path "*/node_modules/*" -size +8192 -exec awk "$E$LARGE" {} + -o \
    -type f -name package.json -path "*/node_modules/*" -exec awk "$E$NPM" {} + -o \
    -type f \( ${either(METADATA.map((path) => `-path "*${anyCase(path)}"`))} \) -exec awk "$E$PYTHON" {} + -o \
    -type f -name "*.gemspec" -path "*/specifications/*" -exec awk "$E$GEM" {} + -o \
    -type f \( ${either(ARCHIVES.map((ending) => `-name "*.${ending}"`))} \) -exec sh -c "$READ" sh {} + \
    >"$T/found" 2>"$T/errors"
  [ "$X" = 0 ] || [ -s "$T/errors" ] || [ -e "$T/stop" ] || printf 'find ended with %s\n' "$X" >"$T/errors"
else
  printf 'missing\tfind\n' >>"$T/notes"
fi
`;

/** Which of what was found the distribution's packages own, and the bounds. */
const OWNERS = String.raw`
sort -u "$T/found" >"$T/sorted" 2>/dev/null
N=$(wc -l <"$T/sorted")
head -n ${HOST_PACKAGES_MAX} "$T/sorted" >"$T/packages"
[ "$N" -gt ${HOST_PACKAGES_MAX} ] && printf 'limit\tpackages\n' >>"$T/notes"
awk -F "\t" '$1 != "problem" { print "/" $2 }' "$T/packages" >"$T/names"
: >"$T/owned"
if [ -s "$T/names" ] && [ -d "$R/var/lib/dpkg/info" ]; then
  printf 'lists\tdpkg\n' >>"$T/notes"
  limited find "$R/var/lib/dpkg/info" -name "*.list" -exec awk "$E$OWNED_BY_DPKG" {} + 2>/dev/null >>"$T/owned"
fi
if [ -s "$T/names" ] && [ -n "$D" ] && command -v rpm >/dev/null 2>&1; then
  limited ask_rpm -qa --qf '[%{=VENDOR}\t%{FILENAMES}\n]' 2>/dev/null | awk "$E$OWNED_BY_RPM" >>"$T/owned"
fi
for f in usr/lib/apk/db/installed lib/apk/db/installed; do
  [ -f "$R/$f" ] && awk -v "f=$f" "$E$APK" <"$R/$f" >>"$T/files" && break
done
if [ -e "$T/stop" ]; then
  : >"$T/packages"
  : >"$T/owned"
  printf 'limit\ttime\n' >>"$T/notes"
fi
`;

/** The result, the same for the same host: without times, and sorted by the names of files, which packs best. */
const PRINT = String.raw`
: >>"$T/rpmdb"
: >>"$T/errors"
{
  cat "$T/files" "$T/rpmdb"
  sort -u -t "$(printf '\t')" -k 2,2 -k 1,1 -k 3 "$T/packages" "$T/owned"
  cat "$T/notes"
  awk "$E$ERRORS" "$T/errors"
  echo end
} | tr -d "\000" | gzip -9n | base64 | tr -d "\n" >"$T/result"
L=$(wc -c <"$T/result")
set -- $(sha256sum <"$T/result")
printf 'harrier1 %s %s\n' "$((L))" "$1"
tail -c "+$((O + 1))" "$T/result" | head -c ${HOST_SLICE}
echo
exit 0
`;

const PROGRAMS: Readonly<Record<string, string>> = {
  E: SHARED,
  WHOLE,
  STANZAS,
  APK,
  NPM,
  PYTHON,
  GEM,
  LARGE,
  ARCHIVE,
  ARCHIVE_NAME,
  OWNED_BY_DPKG,
  OWNED_BY_RPM,
  ERRORS,
  MOUNTS,
  READ: READ_ARCHIVES,
};

/**
 * A script for /bin/sh that tells what is installed on the host that runs it. It reads only, and writes nothing but a folder of its own that it
 * removes. It prints `harrier1 LENGTH SHA256` of its whole result (gzip of records, as base64) and of that a slice from `offset` on.
 * `HARRIER_ROOT` names another folder than `/` to look at.
 */
export function hostFilesCommand(offset: number): string {
  const programs = Object.entries(PROGRAMS).map(([name, text]) => `${name}='${text}'\n`);
  const text = `O=${offset}\n${programs.join('')}export E ARCHIVE ARCHIVE_NAME\n${START}${SYSTEM}${SEARCH}${OWNERS}${PRINT}`;
  return text.replace(/\n{2,}/g, '\n');
}
