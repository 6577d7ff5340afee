import { expect, it } from 'vitest';
import { linesOf, type UsualWay, upgraded, waysOf } from '../../../testing/upgrade-ways.ts';

it.each<UsualWay>([
  ['time', 'app/Cargo.lock', '1.0.9', 'app', 'cargo update time@1.0.0 --precise 1.0.9'],
  ['time', 'app/Cargo.lock', '2.0.1', 'app', 'cargo add time@2.0.1 && cargo check'],
  ['time', 'usr/bin/x', '1.0.9', null, 'cargo update time@1.0.0 --precise 1.0.9'],
])('%s of %s to %s', (name, path, fixed, folder, command) => {
  expect(linesOf(waysOf('cargo', upgraded(name, path), fixed))[0]).toEqual([folder, command]);
});
