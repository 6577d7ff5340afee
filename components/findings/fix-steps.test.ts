import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { Guidance } from '@/lib/core/model/guidance.ts';
import { FixSteps } from './fix-steps.tsx';

const NOTHING: Guidance = { steps: [], restart: null, notes: [], unfixed: [], workarounds: [], references: [] };

const textOf = (guidance: Partial<Guidance>): string =>
  renderToStaticMarkup(createElement(FixSteps, { guidance: { ...NOTHING, ...guidance }, rescan: null }));

it('shows each way with its place, its change and its command, then what restarts and the scan', () => {
  const html = textOf({
    steps: [
      {
        text: 'Upgrade a to 2',
        detail: 'A major release after 1.',
        jump: 'major',
        ways: [
          { label: 'In /srv', edit: { file: 'r.txt', text: 'a==2' }, command: 'pip install a' },
          { label: 'Else', edit: null, command: 'other' },
        ],
      },
    ],
    restart: { kind: 'reboot', text: 'Reboot.' },
  });
  const order = [
    'Upgrade a to 2',
    'A major',
    'In /srv',
    'r.txt',
    'a==2',
    'pip install a',
    'Else',
    'other',
    'Reboot.',
    'Scan the',
  ];
  const places = order.map((text) => html.indexOf(text));

  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(html).not.toContain('No fixed version');
});

it('says what helps where nothing ends it, and asks for no scan', () => {
  const html = textOf({ unfixed: ['<b>'], workarounds: ['Remove it.'] });

  expect(html).toContain('No fixed version is published for &lt;b&gt;. Until there is one:');
  expect(html).toContain('Remove it.');
  expect(html).not.toContain('Scan the resource');
});
