import type { EcosystemId } from '../model/package.ts';
import type { Ecosystem } from './ecosystem.ts';
import { bitnami } from './language/bitnami.ts';
import { cargo } from './language/cargo.ts';
import { cocoapods } from './language/cocoapods.ts';
import { conan } from './language/conan.ts';
import { conda } from './language/conda.ts';
import { cran } from './language/cran.ts';
import { generic } from './language/generic.ts';
import { ghc } from './language/ghc.ts';
import { githubActions } from './language/github-actions.ts';
import { go } from './language/go.ts';
import { hackage } from './language/hackage.ts';
import { hex } from './language/hex.ts';
import { julia } from './language/julia.ts';
import { maven } from './language/maven.ts';
import { npm } from './language/npm.ts';
import { nuget } from './language/nuget.ts';
import { ossFuzz } from './language/oss-fuzz.ts';
import { packagist } from './language/packagist.ts';
import { pub } from './language/pub.ts';
import { pypi } from './language/pypi.ts';
import { rubygems } from './language/rubygems.ts';
import { swift } from './language/swift.ts';
import { wordpress } from './language/wordpress.ts';
import { almalinux } from './os/almalinux.ts';
import { alpine } from './os/alpine.ts';
import { amazon } from './os/amazon.ts';
import { arch } from './os/arch.ts';
import { azurelinux } from './os/azurelinux.ts';
import { centos } from './os/centos.ts';
import { chainguard } from './os/chainguard.ts';
import { debian } from './os/debian.ts';
import { fedora } from './os/fedora.ts';
import { mageia } from './os/mageia.ts';
import { openeuler } from './os/openeuler.ts';
import { opensuse } from './os/opensuse.ts';
import { oracle } from './os/oracle.ts';
import { photon } from './os/photon.ts';
import { redhat } from './os/redhat.ts';
import { rocky } from './os/rocky.ts';
import { suse } from './os/suse.ts';
import { ubuntu } from './os/ubuntu.ts';
import { wolfi } from './os/wolfi.ts';

/** Every ecosystem by id. */
export const ecosystems = {
  debian,
  ubuntu,
  alpine,
  wolfi,
  chainguard,
  amazon,
  redhat,
  centos,
  almalinux,
  rocky,
  oracle,
  fedora,
  suse,
  opensuse,
  azurelinux,
  photon,
  openeuler,
  mageia,
  arch,
  npm,
  pypi,
  maven,
  go,
  cargo,
  rubygems,
  packagist,
  nuget,
  pub,
  hex,
  hackage,
  ghc,
  cran,
  conan,
  swift,
  julia,
  'github-actions': githubActions,
  bitnami,
  conda,
  cocoapods,
  wordpress,
  generic,
  'oss-fuzz': ossFuzz,
} as const satisfies Record<EcosystemId, Ecosystem>;

const byOsvName: ReadonlyMap<string, Ecosystem> = new Map(
  Object.values<Ecosystem>(ecosystems).flatMap((ecosystem) =>
    ecosystem.osvName === null ? [] : [[ecosystem.osvName, ecosystem]],
  ),
);

/** Names under which OSV keeps older releases of a distribution. */
const ALSO: ReadonlyMap<string, Ecosystem> = new Map([['Mariner', azurelinux]]);

/** The descriptor behind an OSV ecosystem, with or without release (`Debian:12`); null for one that is not known. */
export function ecosystemOfOsv(osvEcosystem: string): Ecosystem | null {
  const colon = osvEcosystem.indexOf(':');
  const name = colon === -1 ? osvEcosystem : osvEcosystem.slice(0, colon);
  return (colon === -1 ? undefined : ALSO.get(name)) ?? byOsvName.get(name) ?? null;
}
