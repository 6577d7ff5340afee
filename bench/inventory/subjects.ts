import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { layerTar } from '../../lib/testing/layer-tar.ts';
import { writeOciLayout } from '../../lib/testing/oci-layout.ts';

/** A thing that was made for the comparison, or why it could not be made. */
export type Made = { readonly path: string } | { readonly cannot: string };

/** Packages of npm with known flaws, and what they bring along. */
const OLD_NPM = [
  'lodash@4.17.15',
  'minimist@1.2.0',
  'express@4.16.0',
  'axios@0.21.0',
  'jsonwebtoken@8.5.1',
  'handlebars@4.0.11',
  'ws@7.4.0',
  'serialize-javascript@1.9.0',
];
const JARS = ['allure-commandline@2.13.0', 'selenium-server@3.141.59'];
/** Old releases that the registry has as wheels, so that nothing of them is run. */
const OLD_PYPI = ['Django==2.2', 'Pillow==9.5.0', 'PyYAML==6.0.1', 'requests==2.19.1', 'Jinja2==2.10'];
const GO_PROGRAM = `package main

import (
	"fmt"

	"golang.org/x/text/language"
)

func main() { fmt.Println(language.English) }
`;
const GO_MODULE = 'module example.com/program\n\ngo 1.20\n\nrequire golang.org/x/text v0.3.7\n';

export function npmProject(area: string): Made {
  return installed(area, 'npm-project', OLD_NPM);
}

export function jarFolder(area: string): Made {
  return installed(area, 'jars', JARS);
}

/** The folder of a program that npm has ready-made. */
export function esbuildProgram(area: string): Made {
  const made = installed(area, 'esbuild', ['@esbuild/linux-x64@0.17.19']);
  return 'cannot' in made ? made : { path: join(made.path, 'node_modules/@esbuild/linux-x64/bin') };
}

function installed(area: string, name: string, packages: readonly string[]): Made {
  const path = join(area, name);
  mkdirSync(path);
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version: '1.0.0', private: true }));
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
  return tried(path, () => execFileSync('npm', ['install', ...flags, ...packages], { cwd: path, stdio: 'pipe' }));
}

/** A virtual environment; `path` is its site-packages. */
export function pythonEnvironment(area: string): Made {
  const environment = join(area, 'venv');
  const made = tried(environment, () => {
    execFileSync('python3', ['-m', 'venv', environment], { stdio: 'pipe' });
    const flags = ['install', '--quiet', '--no-deps', '--only-binary', ':all:', '--disable-pip-version-check'];
    execFileSync(join(environment, 'bin', 'pip'), [...flags, ...OLD_PYPI], { stdio: 'pipe' });
  });
  if ('cannot' in made) {
    return made;
  }
  const [version = 'python3'] = readdirSync(join(environment, 'lib'));
  return { path: join(environment, 'lib', version, 'site-packages') };
}

/** One program for three systems, with and without its symbols. */
export function goPrograms(area: string): Made {
  const path = join(area, 'go-programs');
  const source = join(area, 'go-source');
  mkdirSync(path);
  mkdirSync(source);
  writeFileSync(join(source, 'main.go'), GO_PROGRAM);
  writeFileSync(join(source, 'go.mod'), GO_MODULE);
  return tried(path, () => {
    execFileSync('go', ['mod', 'tidy'], { cwd: source, stdio: 'pipe' });
    for (const [system, flags] of [
      ['linux', ''],
      ['linux', '-s -w'],
      ['windows', ''],
      ['darwin', '-s -w'],
    ] as const) {
      const output = join(path, `program-${system}${flags === '' ? '' : '-stripped'}`);
      const env = { ...process.env, GOOS: system, CGO_ENABLED: '0' };
      execFileSync('go', ['build', `-ldflags=${flags}`, '-o', output, '.'], { cwd: source, env, stdio: 'pipe' });
    }
  });
}

/** An image of three layers: a distribution, an application over it, and one that takes a package away again. */
export async function smallImage(area: string, host: string, project: string): Promise<Made> {
  const path = join(area, 'image');
  const modules = join(project, 'node_modules');
  const manifests = readdirSync(modules, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'package.json')
    .map((entry) => join(entry.parentPath, entry.name));
  const system = await layerTar(
    Object.fromEntries(
      ['etc/os-release', 'var/lib/dpkg/status'].map((file) => [file, readFileSync(join(host, file))] as const),
    ),
  );
  const application = await layerTar(
    Object.fromEntries(
      manifests.map((file) => [`srv/app/node_modules/${relative(modules, file)}`, readFileSync(file)] as const),
    ),
  );
  const removal = await layerTar({ 'srv/app/node_modules/.wh.lodash': '' });
  writeOciLayout(path, [{ layers: [{ tar: system }, { tar: application }, { tar: removal }], name: 'small' }]);
  return { path };
}

function tried(path: string, make: () => unknown): Made {
  try {
    make();
    return { path };
  } catch (error) {
    const { stderr } = error as { readonly stderr?: Uint8Array };
    const [reason = 'it failed'] = stderr === undefined ? [] : Buffer.from(stderr).toString('utf8').trim().split('\n');
    return { cannot: reason.replace(/\/\S+/g, '…') };
  }
}
