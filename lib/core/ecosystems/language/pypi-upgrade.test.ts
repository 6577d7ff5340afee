import { expect, it } from 'vitest';
import { linesOf, type UsualWay, upgraded, waysOf } from '../../../testing/upgrade-ways.ts';

it.each<UsualWay>([
  ['django', 'app/requirements.txt', '3.2.4', 'app', 'pip install --requirement requirements.txt'],
  ['django', 'app/poetry.lock', '3.2.4', 'app', "poetry add 'django@^3.2.4'"],
  ['django', 'app/uv.lock', '3.2.4', 'app', 'uv lock --upgrade-package django==3.2.4 && uv sync'],
  ['django', 'app/pdm.lock', '3.2.4', 'app', "pdm add 'django>=3.2.4'"],
  ['django', 'app/Pipfile.lock', '3.2.4', 'app', 'pipenv upgrade django==3.2.4'],
  ['django', 'app/pylock.toml', '3.2.4', 'app', 'pip lock .'],
  [
    'django',
    'usr/local/lib/python3.11/site-packages/django-3.2.3.dist-info/METADATA',
    '3.2.4',
    null,
    'python3.11 -m pip install django==3.2.4',
  ],
  [
    'django',
    'srv/env/lib/python3.11/site-packages/django-3.2.3.dist-info/METADATA',
    '3.2.4',
    'srv/env',
    'bin/python -m pip install django==3.2.4',
  ],
])('%s of %s to %s', (name, path, fixed, folder, command) => {
  expect(linesOf(waysOf('pypi', upgraded(name, path), fixed))[0]).toEqual([folder, command]);
});

it('a requirement is written into the file that names it', () => {
  expect(waysOf('pypi', upgraded('django', 'a/requirements-dev.txt'), '3.2.4')?.[0]?.edit).toEqual({
    file: 'requirements-dev.txt',
    text: 'django==3.2.4',
  });
});
