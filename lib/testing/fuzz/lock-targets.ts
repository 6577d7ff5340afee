import { parseBunLock } from '../../core/parsers/bun-lock.ts';
import { parseBunLockb } from '../../core/parsers/bun-lockb.ts';
import { parseDenoLock } from '../../core/parsers/deno-lock.ts';
import { parseNpmLock } from '../../core/parsers/npm-lock.ts';
import { parsePipfileLock } from '../../core/parsers/pipfile-lock.ts';
import { parsePnpmLock } from '../../core/parsers/pnpm-lock.ts';
import { parsePdmLock, parsePoetryLock, parsePylock, parseUvLock } from '../../core/parsers/python-toml-lock.ts';
import { parseRequirements } from '../../core/parsers/requirements-txt.ts';
import { parseYarnLock } from '../../core/parsers/yarn-lock.ts';
import type { FuzzTarget } from './targets.ts';

/** Lock files of JavaScript and Python. */
export function lockTargets(
  target: (name: string, samples: readonly string[], parse: (text: string) => unknown) => FuzzTarget,
): readonly FuzzTarget[] {
  const python = '[[package]]\nname = "a"\nversion = "1.0"\nsource = { registry = "https://pypi.org/simple" }\n';
  return [
    target(
      'package-lock.json',
      [
        '{"lockfileVersion":3,"packages":{"":{},"node_modules/@a/b":{"version":"1.0.0"},"node_modules/c":{"link":true}}}',
        '{"lockfileVersion":1,"dependencies":{"a":{"version":"npm:b@1.0.0","dependencies":{"c":{"version":"file:c"}}}}}',
      ],
      (text) => parseNpmLock(text, 'package-lock.json'),
    ),
    target(
      'yarn.lock',
      [
        '"a@npm:b@^1.0.0", a@2:\n  version "1.0.0"\n  resolved "https://r/a.tgz#1"\n  dependencies:\n    c "1"\n',
        '__metadata:\n  version: 8\n\n"a@patch:a@1":\n  version: 1.0.0\n  resolution: "a@patch:a@npm%3A1.0.0#x"\n',
      ],
      (text) => parseYarnLock(text, 'yarn.lock'),
    ),
    target(
      'pnpm-lock.yaml',
      [
        "lockfileVersion: '9.0'\n\npackages:\n\n  '@a/b@1.0.0(c@2.0.0)':\n    resolution: {integrity: x}\n    version: 1.0.0\n",
        'packages:\n  /a/1.0.0_b@2.0.0:\n    dev: true\n  file:a:\n    name: a\n---\npackages: {}\n',
      ],
      (text) => parsePnpmLock(text, 'pnpm-lock.yaml'),
    ),
    target(
      'bun.lock',
      ['{"lockfileVersion":1,// x\n"packages":{"a":["a@1.0.0","",{},"sha"],"b":["b@workspace:b"],},}'],
      (text) => parseBunLock(text, 'bun.lock'),
    ),
    target('bun.lockb', ['#!/usr/bin/env bun\nbun-lockfile-format-v0\n\u0002\0\0\0'.padEnd(600, '\0')], (text) =>
      parseBunLockb(Buffer.from(text, 'latin1'), 'bun.lockb'),
    ),
    target('deno.lock', ['{"version":"4","npm":{"a@1.0.0_b@2.0.0":{}},"jsr":{"@c/d@1.0.0":{}}}'], (text) =>
      parseDenoLock(text, 'deno.lock'),
    ),
    target(
      'requirements.txt',
      ['a [x] == 1.0 \\\n  --hash=sha256:1\n-r b.txt\nc @ https://x/c-1.0-py3-none-any.whl ; y\n# z\n'],
      (text) => parseRequirements(text, 'requirements.txt'),
    ),
    target('Pipfile.lock', ['{"_meta":{},"default":{"a":{"version":"==1.0"},"b":{"git":"x"}}}'], (text) =>
      parsePipfileLock(text, 'Pipfile.lock'),
    ),
    target('lock files of Python in TOML', [python, python.replace('[[package]]', '[[packages]]')], (text) => [
      parsePoetryLock(text, 'poetry.lock'),
      parsePdmLock(text, 'pdm.lock'),
      parseUvLock(text, 'uv.lock'),
      parsePylock(text, 'pylock.toml'),
    ]),
  ];
}
