import { expect, it } from 'vitest';
import { linesOf, type UsualWay, upgraded, waysOf } from '../../../testing/upgrade-ways.ts';

it.each<UsualWay>([
  ['rack', 'app/Gemfile.lock', '2.2.4', 'app', 'bundle update --conservative rack'],
  [
    'rack',
    'usr/lib/gems/specifications/rack-1.0.0.gemspec',
    '2.2.4',
    null,
    'gem install rack --version 2.2.4 && gem uninstall rack --version 1.0.0',
  ],
  ['json', 'usr/lib/gems/specifications/default/json-1.0.0.gemspec', '2.2.4', null, 'gem install json --version 2.2.4'],
])('%s of %s to %s', (name, path, fixed, folder, command) => {
  expect(linesOf(waysOf('rubygems', upgraded(name, path), fixed))[0]).toEqual([folder, command]);
});

it('a gem that only others ask for is pinned in the Gemfile', () => {
  expect(waysOf('rubygems', upgraded('rack', 'Gemfile.lock'), '2.2.4')?.[1]?.edit).toEqual({
    file: 'Gemfile',
    text: 'gem "rack", ">= 2.2.4"',
  });
});
