import { describe, expect, it } from 'vitest';
import { expectFixtures, partly, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { parseRebarLock, rebarLock } from './rebar-lock.ts';

describe('lock files of rebar3', () => {
  it.each([
    ['srv/rebar.lock', true],
    ['srv/rebar.config', false],
  ])('%s: %s', (path, wanted) => {
    expect(rebarLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it('every published lock file of rebar3 yields its packages or says why not', (ctx) => {
    expectFixtures(
      ctx,
      'syft/erlang',
      parseRebarLock,
      {
        'corrupt/rebar.lock': partly(
          'certifi@2.9.0 ssl_verify_fun@1.1.6 unicode_util_compat@0.7.0',
          'the first at "{pkg,<<"idpkg,<<"parse_trans">>,<<"3.3.1">>},0},? {<<"ss',
        ),
        'glob-paths/src/rebar.lock': refuses('The file is no lock file of rebar3'),
        'rebar-2.lock': yields(
          'bcrypt@1.1.5 certifi@2.9.0 stdout_formatter@0.2.3 syslog@1.1.0 unicode_util_compat@0.7.0',
          'packages by repository have no version in the file',
        ),
        'rebar.lock': yields(
          'certifi@2.9.0 idna@6.1.1 metrics@1.0.1 mimerl@1.2.0 parse_trans@3.3.1 ssl_verify_fun@1.1.6 unicode_util_compat@0.7.0',
        ),
      },
      /\.lock$/,
    );
  });
});
