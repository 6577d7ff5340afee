'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import { PointsField } from './points-table.tsx';

interface Props {
  readonly points: Readonly<Record<string, number>>;
  readonly mayChange: boolean;
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: () => void;
}

interface Line {
  readonly key: number;
  readonly name: string;
  readonly points: number | null;
}

/** Points by the value of the environment tag, under names of the team's own. */
export function EnvironmentPoints({ points, mayChange, faults, onChange }: Props) {
  const id = useId();
  const [lines, setLines] = useState<readonly Line[]>(() =>
    Object.entries(points).map(([name, value], key) => ({ key, name, points: value })),
  );
  const own = Object.entries(faults).filter(([field]) => field.split('.')[0] === 'environments');
  const change = (next: readonly Line[]) => {
    setLines(next);
    onChange();
  };
  return (
    <section className="mb-5">
      <h3 className="font-semibold">Environment</h3>
      <p className="mb-1 text-12 text-fg-3">
        By the value of the environment tag, in any case; any other value counts 0.0.
      </p>
      <ScrollRegion label="Environment">
        <table className="table">
          <thead>
            <tr>
              <th>Tag</th>
              <th className="num w-26">Points</th>
              {mayChange ? <th aria-label="Remove" /> : null}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key}>
                <td>
                  <span className="field h-7 max-w-60">
                    <input
                      name="environmentName"
                      className="h-full"
                      aria-label="Value of the tag"
                      maxLength={40}
                      autoComplete="off"
                      defaultValue={line.name}
                    />
                  </span>
                </td>
                <td className="num">
                  <PointsField
                    name="environmentPoints"
                    label={`Points of ${line.name || 'this environment'}`}
                    points={line.points}
                    fault={faults[`environments.${line.name}`] === undefined ? null : `${id}-faults`}
                  />
                </td>
                {mayChange ? (
                  <td className="w-20 text-right">
                    <Button
                      kind="ghost"
                      aria-label={`Remove ${line.name || 'this environment'}`}
                      onClick={() => change(lines.filter(({ key }) => key !== line.key))}
                    >
                      Remove
                    </Button>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <ul id={`${id}-faults`} className="text-12 text-danger empty:hidden">
        {own.map(([field, sentence]) => (
          <li key={field}>
            {field === 'environments' ? '' : `${field.slice('environments.'.length)}: `}
            {sentence}
          </li>
        ))}
      </ul>
      {mayChange ? (
        <Button
          kind="ghost"
          onClick={() =>
            change([...lines, { key: Math.max(-1, ...lines.map(({ key }) => key)) + 1, name: '', points: null }])
          }
        >
          Add an environment
        </Button>
      ) : null}
    </section>
  );
}
