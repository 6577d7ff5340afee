import { type ComponentProps, useId } from 'react';

interface Props extends Omit<ComponentProps<'select'>, 'id' | 'className' | 'children'> {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly error?: string | undefined;
}

/** One of a few values, with its label above and its fault below. */
export function SelectField({ label, options, error, ...select }: Props) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <select
        id={id}
        className="h-11 rounded-2 border border-line-strong bg-canvas px-2 sm:h-8"
        {...select}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-below` : undefined}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {error ? (
        <p id={`${id}-below`} className="text-12 text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}
