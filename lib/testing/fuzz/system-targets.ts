import { enabledTopics } from '../../core/parsers/amazon-extras.ts';
import { parseApkInstalled } from '../../core/parsers/apk-installed.ts';
import { readDistro } from '../../core/parsers/os-release.ts';
import { parsePacmanDesc } from '../../core/parsers/pacman-local.ts';
import { parseContainerManifest } from '../../core/parsers/rpm/container-manifest.ts';
import { parseRpmHeader } from '../../core/parsers/rpm/header.ts';
import { evidenceOf } from '../../core/parsers/rpm/header-files.ts';
import { rpmDatabase } from '../../core/parsers/rpm/rpm-database.ts';
import { memoryFileTree } from '../memory-file-tree.ts';
import { bdbDatabase, ndbDatabase, rpmHeader, sqliteDatabase } from '../rpm-databases.ts';
import { mutated, mutatedBytes } from './mutate.ts';
import type { FuzzTarget } from './targets.ts';

const HEADER = rpmHeader({
  name: 'nodejs',
  epoch: 1,
  sourceRpm: 'nodejs-18-1.src.rpm',
  vendor: 'Fedora Project',
  modularityLabel: 'nodejs:18:1:a',
  files: ['/usr/lib/node_modules/npm/package.json', '/usr/bin/node'],
});
const PACKAGES_MAX = 40;

/** Parsers of what operating systems keep about themselves: none of them may throw, or find what is not there. */
export function systemTargets(): readonly FuzzTarget[] {
  const small = Array.from({ length: 30 }, (_, n) => rpmHeader({ name: `p${n}`, files: [`/usr/lib/p${n}.jar`] }));
  const headers = [HEADER, rpmHeader({ name: 'large', padding: 20_000 }), ...small];
  const { database } = sqliteDatabase(headers, [], 512);
  const { database: before, log } = sqliteDatabase(headers.slice(0, 10), headers.slice(10), 512);
  return [
    {
      name: 'rpm header',
      attempt(random) {
        const bytes = mutatedBytes(random, HEADER);
        if (parseRpmHeader(bytes) !== null) {
          evidenceOf(bytes);
        }
      },
    },
    databaseTarget('rpm database: SQLite', 'var/lib/rpm/rpmdb.sqlite', (random) => [mutatedBytes(random, database)]),
    databaseTarget('rpm database: SQLite and its log', 'var/lib/rpm/rpmdb.sqlite', (random) => [
      mutatedBytes(random, before),
      mutatedBytes(random, log),
    ]),
    databaseTarget('rpm database: ndb', 'usr/lib/sysimage/rpm/Packages.db', bytesOf(ndbDatabase(headers))),
    databaseTarget('rpm database: Berkeley DB', 'var/lib/rpm/Packages', bytesOf(bdbDatabase(headers, 'big', 512))),
    textTarget('apk installed', ['C:Q1\nP:musl\nV:1.2-r1\nA:x86_64\no:musl\nF:usr/lib\nR:a.jar\n\n'], (text) =>
      parseApkInstalled(text, 'installed', null),
    ),
    textTarget('pacman desc', ['%NAME%\ngmp\n\n%VERSION%\n6.2.1-2\n\n%ARCH%\nx86_64\n\n'], (text) =>
      parsePacmanDesc(text, 'var/lib/pacman/local/gmp-6.2.1-2/desc', null),
    ),
    textTarget('rpm container manifest', ['a\t1-1\t1\t1\tM\t(none)\t1\tnoarch\t0\ta-1-1.src.rpm\n'], (text) =>
      parseContainerManifest(text, 'container-manifest-2', null),
    ),
    textTarget('Amazon Linux extras', ['[amzn2extra-docker]\nenabled = 1\n'], enabledTopics),
    textTarget('release files', RELEASES, async (text) => {
      for (const path of ['etc/lsb-release', 'etc/redhat-release', 'etc/SuSE-release', 'etc/mariner-release']) {
        await readDistro(memoryFileTree({ [path]: text }));
      }
    }),
  ];
}

const RELEASES = [
  'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=10.04\nDISTRIB_CODENAME=lucid\n',
  'CentOS Linux release 7.6.1810 (Core)',
  'SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n',
  'CBL-Mariner 2.0.20220226\n',
];

function bytesOf(sample: Uint8Array): (random: () => number) => readonly [Uint8Array] {
  return (random) => [mutatedBytes(random, sample)];
}

/** The database, and beside it the log where there is one. */
function databaseTarget(
  name: string,
  path: string,
  input: (random: () => number) => readonly [Uint8Array, Uint8Array?],
): FuzzTarget {
  return {
    name,
    async attempt(random) {
      const [database, log] = input(random);
      const files = { [path]: database, ...(log === undefined ? {} : { [`${path}-wal`]: log }) };
      const { packages, complete, diagnostics } = await rpmDatabase.parse(path, memoryFileTree(files), {
        distro: null,
      });
      if (packages.length > PACKAGES_MAX || (!complete && diagnostics.length === 0)) {
        throw new Error(`${packages.length} packages, complete ${complete}, ${diagnostics.length} diagnostics`);
      }
    },
  };
}

function textTarget(name: string, samples: readonly string[], parse: (text: string) => unknown): FuzzTarget {
  return {
    name,
    attempt: async (random) => void (await parse(mutated(random, samples))),
  };
}
