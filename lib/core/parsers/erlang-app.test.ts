import { describe, expect, it } from 'vitest';
import { expectFixtures, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { erlangApp, parseErlangApp } from './erlang-app.ts';

describe('installed applications of Erlang', () => {
  it.each([
    ['app/lib/plug-1.11.1/ebin/plug.app', true],
    ['usr/lib/erlang/lib/ssl-11.0/ebin/ssl.app', false],
    ['Applications/Safari.app', false],
  ])('%s: %s', (path, wanted) => {
    expect(erlangApp.wants(path, listedFile(path))).toBe(wanted);
  });

  it('are packages of Hex with some doubt, unless they are a part of Erlang or Elixir', () => {
    const app = (name: string) => `{application,${name},[{description,"x"},{vsn,"1.11.1"}]}.`;

    expect(parseErlangApp(app('plug'), 'x.app').packages[0]).toMatchObject({
      purl: 'pkg:hex/plug@1.11.1',
      confidence: 'medium',
    });
    expect(parseErlangApp(app('ssl'), 'x.app')).toMatchObject({ packages: [], complete: true });
  });

  it('every published application of Erlang is read or says why not', (ctx) => {
    expectFixtures(
      ctx,
      'syft/erlang',
      parseErlangApp,
      {
        'corrupt/rabbitmq.app': refuses('The file has no readable name and version of an application'),
        'glob-paths/src/rabbitmq.app': refuses('The file has no readable name and version of an application'),
        'rabbitmq.app': yields('rabbit@3.12.10'),
      },
      /\.app$/,
    );
  });
});
