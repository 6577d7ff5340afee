import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseReference } from '../../core/model/image-reference.ts';
import type { FoundCredentials } from './credentials.ts';
import { loginFor } from './docker-config.ts';

const SECRET = 'correct-horse-9911';
const basic = (user: string, password = SECRET): string => Buffer.from(`${user}:${password}`).toString('base64');

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'harrier-login-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function find(image: string, ...configs: readonly unknown[]): FoundCredentials {
  const files = configs.map((config, place) => {
    const file = join(directory, `${place}.json`);
    writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
    return file;
  });
  const reference = parseReference(image);
  if (reference === null) throw new Error(image);
  const found = loginFor(reference, [join(directory, 'absent.json'), ...files]);
  expect(found.remark ?? '').not.toContain(SECRET);
  return found;
}

describe('credentials of the user', () => {
  it.each([
    ['r.example/a', { 'r.example': { auth: basic('ann') } }, 'ann'],
    ['r.example:5000/a', { 'r.example': { auth: basic('bob') }, 'r.example:5000': { auth: basic('ann') } }, 'ann'],
    ['r.example/a', { 'https://r.example/v2/': { auth: basic('ann') } }, 'ann'],
    ['nginx', { 'https://index.docker.io/v1/': { auth: basic('ann') } }, 'ann'],
    ['docker.io/x/y', { 'docker.io': { auth: basic('ann') } }, 'ann'],
    ['r.example/team/app', { 'r.example': { auth: basic('bob') }, 'r.example/team': { auth: basic('ann') } }, 'ann'],
    ['r.example/a', { 'r.example': { username: 'ann', password: SECRET } }, 'ann'],
    ['r.example/a', { 'r.example': { auth: `${Buffer.from(`ann:${SECRET}\0\0`).toString('base64')}` } }, 'ann'],
  ])('for %s are found in %j', (image, auths, user) => {
    expect(find(image, { auths })).toEqual({ credentials: { kind: 'password', user, password: SECRET }, remark: null });
  });

  it('with a colon in the password stay whole', () => {
    const { credentials } = find('r.example/a', { auths: { 'r.example': { auth: basic('ann', 'a:b:c') } } });

    expect(credentials).toMatchObject({ user: 'ann', password: 'a:b:c' });
  });

  it('may be a token for tokens', () => {
    const entry = { auth: basic('00000000', ''), identitytoken: SECRET };

    expect(find('r.example/a', { auths: { 'r.example': entry } }).credentials).toEqual({
      kind: 'identity',
      token: SECRET,
    });
  });

  it('of another registry are not taken', () => {
    const auths = { 'evil.example': { auth: basic('ann') }, 'r.example.evil': { auth: basic('ann') } };

    expect(find('r.example/a', { auths })).toEqual({ credentials: null, remark: null });
  });

  it('are looked for in the next file when the first has none', () => {
    const second = { auths: { 'r.example': { auth: basic('ann') } } };

    expect(find('r.example/a', 'no json', second).credentials).toMatchObject({ user: 'ann' });
  });

  it.each([
    [{ credHelpers: { 'r.example': 'ecr-login' } }, 'docker-credential-ecr-login'],
    [{ auths: { 'r.example': {} }, credsStore: 'desktop' }, 'docker-credential-desktop'],
    [{ credHelpers: { 'r.example': '../../bin/sh -c' } }, 'docker-credential-..?..?bin?sh?-c'],
    [{ auths: { 'r.example': { auth: SECRET } } }, 'without usable credentials'],
    [`{"auths":{"r.example":{"auth":"${SECRET}`, 'it is not JSON'],
    ['[]', 'no file of credentials'],
  ])('that cannot be had are explained: %j', (config, sentence) => {
    const { credentials, remark } = find('r.example/a', config);

    expect(credentials).toBeNull();
    expect(remark).toContain(sentence);
  });

  it.each([[{ auths: 5 }], [{ auths: { 'r.example': 'x' } }], [{ auths: null, credHelpers: [] }], [{}]])(
    'are none in %j',
    (config) => {
      expect(find('r.example/a', config)).toEqual({ credentials: null, remark: null });
    },
  );
});
