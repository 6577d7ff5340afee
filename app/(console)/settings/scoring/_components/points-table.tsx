import { useId } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import type { TermField, TermGroup } from '../term-groups.ts';

interface Props {
  readonly group: TermGroup;
  readonly faults: Readonly<Record<string, string>>;
}

/** One group of terms with a field for the points of each, beside the points of this release. */
export function PointsTable({ group: { title, about, fields }, faults }: Props) {
  return (
    <section className="mb-5">
      <h3 className="font-semibold">{title}</h3>
      <p className="mb-1 text-12 text-fg-3">{about}</p>
      <ScrollRegion label={title}>
        <table className="table">
          <thead>
            <tr>
              <th>Term</th>
              <th className="num w-20">Default</th>
              <th className="num w-26">Points</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <PointsRow key={field.name} field={field} fault={faults[field.name]} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

function PointsRow({
  field: { name, label, points, usual },
  fault,
}: {
  readonly field: TermField;
  readonly fault: string | undefined;
}) {
  const id = useId();
  return (
    <tr>
      <td className="whitespace-normal">
        <label htmlFor={id}>{label}</label>
        {fault === undefined ? null : (
          <p id={`${id}-fault`} className="text-12 whitespace-normal text-danger">
            {fault}
          </p>
        )}
      </td>
      <td className="num text-fg-3">{usual}</td>
      <td className="num">
        <PointsField id={id} name={name} points={points} fault={fault === undefined ? null : `${id}-fault`} />
      </td>
    </tr>
  );
}

interface FieldProps {
  readonly id?: string;
  readonly name: string;
  readonly points: number | null;
  /** Id of the sentence that says what is wrong. */
  readonly fault: string | null;
  readonly label?: string;
}

export function PointsField({ id, name, points, fault, label }: FieldProps) {
  return (
    <span className="field ml-auto h-7 w-20" data-invalid={fault === null ? undefined : ''}>
      <input
        id={id}
        name={name}
        className="h-full text-right"
        inputMode="decimal"
        autoComplete="off"
        defaultValue={points === null ? '' : points.toFixed(1)}
        aria-label={label}
        aria-invalid={fault === null ? undefined : true}
        aria-describedby={fault ?? undefined}
      />
    </span>
  );
}
