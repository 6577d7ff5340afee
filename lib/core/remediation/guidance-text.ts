import type { Guidance, GuidanceWay } from '../model/guidance.ts';

/** Guidance as lines for documents that hold text alone. */
export function guidanceText({ steps, restart, notes, unfixed, workarounds }: Guidance): string {
  return [
    ...steps.flatMap(({ text, detail, ways }) => [
      `${text}.${detail === null ? '' : ` ${detail}`}`,
      ...ways.map(wayText),
    ]),
    ...(restart === null ? [] : [restart.text]),
    ...notes,
    ...(unfixed.length === 0 ? [] : [`No fixed version is published for ${unfixed.join(', ')}.`, ...workarounds]),
  ].join('\n');
}

/** The line of the usual way to the first step, or the change that it is; null where there is neither. */
export function firstCommand({ steps: [step] }: Pick<Guidance, 'steps'>): string | null {
  const way = step?.ways[0];
  return way?.command ?? way?.edit?.text ?? null;
}

function wayText({ label, edit, command }: GuidanceWay): string {
  const done = [...(edit === null ? [] : [`${edit.file}: ${edit.text}`]), ...(command === null ? [] : [command])];
  return `${label === null ? '' : `${label}: `}${done.join('\n')}`;
}
