/**
 * Programs of awk that reduce what lies on a host to the little that tells packages. They keep to what mawk, gawk, the original awk and
 * busybox understand alike, have no single quotation marks, and never hand a file name to awk as a file to read by itself, since some awks end
 * at the first that went away. None has an empty pair of braces, for which "find" would put names. A record is one line, its fields parted by tabs; in texts of strangers tabs, line ends and per cent signs are
 * written as in addresses of the web.
 */

/** What the programs share. `R` is the folder that counts as the root; records name files without it. */
export const SHARED = String.raw`
function esc(s) { gsub(/%/, "%25", s); gsub(/\t/, "%09", s); gsub(/\n/, "%0A", s); gsub(/\r/, "%0D", s); return s }
function path(f) { return esc(substr(f, length(ENVIRON["R"]) + 2)) }
function file(f, s) { print "file\t" path(f) "\t" esc(s) }
function problem(f, s) { print "problem\t" path(f) "\t" s }
`;

const EACH = 'BEGIN { for (a = 1; a < ARGC; a++) { one(ARGV[a]); close(ARGV[a]) } }';

/** The whole of a small file, from standard input; `f` is its path. */
export const WHOLE = String.raw`
BEGIN { s = ""; while ((getline l) > 0) s = s l "\n"; print "file\t" esc(f) "\t" esc(s) }
`;

/** Some fields of a package database whose entries end with an empty line, `keep` says which. An end in the middle stays one. */
export const STANZAS = String.raw`
function out(l) { printf "%s", esc(l) "%0A" }
BEGIN { printf "%s", "file\t" esc(f) "\t" }
/^$/ { if (h != "") out(h); h = ""; printf "%s", "%0A"; whole = 1; next }
{ if (h != "") out(h); h = ""; whole = 0 }
$0 ~ keep { h = $0 }
END { if (NR > 0 && !whole) printf "%s", (h == "" ? "x" : esc(h)); print "" }
`;

/** As before for apk, with the lines of those of its files (T/names) that are counted as language packages. */
export const APK = String.raw`
function out(l) { printf "%s", esc(l) "%0A" }
BEGIN {
  while ((getline l < (ENVIRON["T"] "/names")) > 0) w[l] = 1
  printf "%s", "file\t" esc(f) "\t"
}
/^$/ { if (h != "") out(h); h = ""; printf "%s", "%0A"; whole = 1; next }
{ if (h != "") out(h); h = ""; whole = 0 }
/^[PVAo]:/ { h = $0 }
/^F:/ { d = substr($0, 3) }
/^R:/ { l = "/" d "/" substr($0, 3); if (l in w || (l ~ /^\/s?bin\/|^\/lib(64)?\// && ("/usr" l) in w)) { out("F:" d); h = $0 } }
END { if (NR > 0 && !whole) printf "%s", (h == "" ? "x" : esc(h)); print "" }
`;

/** Name, version and whether it is private of each package.json, by walking its strings and braces. */
export const NPM = String.raw`
${EACH}
function odd(s) { return match(s, /\\+$/) && RLENGTH % 2 }
function member(k, v) { return v == "" ? "" : "\"" k "\":\"" v "\"," }
function one(f,  l, r, n, k, p, d, quoted, s, t, has, held, key, name, ver, priv, bad, any, o) {
  if (f !~ /\/node_modules\/(@[^\/@]+\/)?[^\/@.][^\/]*\/package\.json$/) return
  d = 0
  while ((r = (getline l < f)) > 0) {
    if (length(l) > 65000) { bad = 1; break }
    if (!quoted && d != 1 && l !~ /[][}{]/) continue
    n = split(l, p, "\"")
    for (k = 1; k <= n; k++) {
      if (k > 1) {
        if (!quoted) { quoted = 1; s = "" }
        else if (odd(s)) s = s "\""
        else { quoted = 0; if (d == 1) { has = 1; held = s } }
      }
      if (quoted) { s = s p[k]; continue }
      t = p[k]
      gsub(/[ \t\r]+/, "", t)
      if (t == "") continue
      if (has && substr(t, 1, 1) == ":") { key = held; t = substr(t, 2); if (key == "private") priv = 0 }
      else if (has) { if (key == "name") name = held; if (key == "version") ver = held; key = "" }
      has = 0
      if (d == 1 && key == "private" && t ~ /^true/) priv = 1
      o = gsub(/[{[]/, "", t)
      if (o > 0) any = 1
      d += o - gsub(/[]}]/, "", t)
    }
  }
  if (r < 0) problem(f, "could not be read")
  else if (bad) problem(f, "has a line that is too long to be read")
  else if (!any || d != 0 || quoted) file(f, "x")
  else file(f, "{" member("name", name) member("version", ver) "\"private\":" (priv ? "true" : "false") "}")
}
`;

/** Name and version in the first lines of metadata of Python. */
export const PYTHON = String.raw`
${EACH}
function one(f,  l, r, n, name, ver) {
  while ((r = (getline l < f)) > 0 && n++ < 5000) {
    sub(/\r$/, "", l)
    if (l == "") break
    if (n == 1) sub(/^\357\273\277/, "", l)
    if (name == "" && l ~ /^[Nn][Aa][Mm][Ee]:/) name = substr(l, 1, 600)
    if (ver == "" && l ~ /^[Vv][Ee][Rr][Ss][Ii][Oo][Nn]:/) ver = substr(l, 1, 600)
  }
  if (r < 0) problem(f, "could not be read")
  else file(f, name "\n" ver "\n")
}
`;

/** The lines of a gem specification that give its variable, name and version. */
export const GEM = String.raw`
${EACH}
function one(f,  l, r, n, head, name, ver) {
  while ((r = (getline l < f)) > 0 && n++ < 5000) {
    if (length(l) > 1000) continue
    if (head == "" && l ~ /Gem::Specification\.new[ \t]+do[ \t]*[|]/) head = l
    if (name == "" && l ~ /^[ \t]*[a-z_][A-Za-z0-9_]*\.name[ \t]*=/) name = l
    if (ver == "" && l ~ /^[ \t]*[a-z_][A-Za-z0-9_]*\.version[ \t]*=/) ver = l
    if (head != "" && name != "" && ver != "") break
  }
  if (r < 0) problem(f, "could not be read")
  else file(f, head "\n" name "\n" ver "\n")
}
`;

/** Files that are larger than their readers take. */
export const LARGE = `
${EACH}
function one(f) { problem(f, "is larger than is read") }
`;

/**
 * What "unzip" told of a Java archive: its manifest, after a line "=p" the coordinates of Maven, after "=n" the list of its entries. `F` is
 * the archive, `I` where it stands inside of it. Archives in it are listed in `N`. The folders, three deep, tell whose classes those are where
 * Maven left nothing.
 */
export const ARCHIVE = String.raw`
BEGIN { how = 0 }
{ sub(/\r$/, "") }
$0 == "=p" || $0 == "=n" { how = $0; next }
how == 0 {
  if (substr($0, 1, 1) == " ") { if (kept) m = m $0 "\n"; next }
  kept = tolower($0) ~ /^(artifact-id|automatic-module-name|bundle-symbolicname|bundle-version|group-id|implementation-title|implementation-vendor-id|implementation-version|plugin-version|short-name|specification-version):/
  if (kept) m = m $0 "\n"
  next
}
how == "=p" { if ($0 ~ /^[ \t]*(groupId|artifactId|version)[ \t]*[=:]/) p = p $0 "\n"; next }
/^ *--+ +-+ +-+/ { on = !on; seen = 1; next }
on {
  sub(/^ *[0-9]+ +[^ ]+ +[^ ]+ +/, "")
  if ($0 ~ /^[A-Za-z0-9._\/+@ -]+\.[jw]ar$/ && nested++ < 500) print > ENVIRON["N"]
  n = split($0, part, "/")
  d = ""
  for (k = 1; k < n && k < 4; k++) d = d part[k] "/"
  if (p == "" && d != "" && part[1] != "META-INF" && !(d in known) && folders < 24) { known[d] = 1; folders++; s = s d "\n" }
}
END {
  f = path(ENVIRON["F"])
  if (seen) print "jar\t" f "\t" esc(ENVIRON["I"]) "\tread\t" esc(m) "\t" esc(p) "\t" esc(s) "\t" (nested + 0)
  else if (ENVIRON["K"] == "PK") print "problem\t" f "\t" "could not be unpacked"
}
`;

/** Archives that nothing can unpack: their names alone. */
export const ARCHIVE_NAME = String.raw`
${EACH}
function one(f) { print "jar\t" path(f) "\t\tname\t\t\t\t0" }
`;

/** Which of the language packages (T/names) are in the lists of dpkg that are given. */
export const OWNED_BY_DPKG = String.raw`
BEGIN {
  while ((getline l < (ENVIRON["T"] "/names")) > 0) w[l] = 1
  for (a = 1; a < ARGC; a++) {
    while ((getline l < ARGV[a]) > 0) {
      if (!(l in w) && l ~ /^\/s?bin\/|^\/lib(64)?\//) l = "/usr" l
      if (l in w) print "own\t" substr(l, 2) "\tdpkg\t"
    }
    close(ARGV[a])
  }
}
`;

/** The same of rpm, from lines of a vendor and a file. */
export const OWNED_BY_RPM = String.raw`
BEGIN { while ((getline l < (ENVIRON["T"] "/names")) > 0) w[l] = 1 }
{
  t = index($0, "\t")
  l = substr($0, t + 1)
  if (!(l in w) && l ~ /^\/s?bin\/|^\/lib(64)?\//) l = "/usr" l
  if (l in w) print "own\t" substr(l, 2) "\trpm\t" esc(substr($0, 1, t - 1))
}
`;

/** What "find" could not look at, besides what went away meanwhile and mounts of users that keep even root out. */
export const ERRORS = String.raw`
BEGIN { while ((getline l < "/proc/self/mountinfo") > 0) { split(l, m, " "); mounted[m[5]] = 1 } }
!/No such file or directory/ && n < 50 {
  l = $0
  p = ""
  if (match(l, /^find: .*: /)) {
    p = substr(l, 7, RLENGTH - 8)
    gsub(/^\047|\047$/, "", p)
    l = substr(l, RLENGTH + 1)
    if (p in mounted) next
    p = path(p)
  }
  n++
  print "problem\t" p "\t" esc(l)
}
`;

/** Mount points of local file systems besides the root, each file system once, from /proc/self/mountinfo. */
export const MOUNTS = String.raw`
{
  for (k = 7; k < NF && $k != "-"; k++);
  type = $(k + 1)
  key = type == "btrfs" ? $3 " " $4 : $3
  if ($5 == "/") { seen[key] = 1; next }
  if (type !~ /^(ext[234]|xfs|btrfs)$/ || (type != "btrfs" && $4 != "/")) next
  if ($5 ~ /^\/(proc|sys|dev|run|tmp|snap|boot|\.snapshots|var\/(tmp|run|lib\/(docker|containerd|containers\/storage|kubelet\/pods)))(\/|$)/) next
  points[++n] = $5
  keys[n] = key
}
END { for (k = 1; k <= n; k++) if (!(keys[k] in seen)) { seen[keys[k]] = 1; print points[k] } }
`;
