import { type ComponentProps, type ReactNode, useId } from 'react';

interface Props extends Omit<ComponentProps<'input'>, 'id' | 'className'> {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Why the value was refused, in one sentence. */
  readonly error?: string | undefined;
}

/** One line of text with its label above and its hint or fault below. */
export function TextField({ label, hint, error, ...input }: Props) {
  const id = useId();
  const below = error ?? hint;
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="field sm:h-8" data-invalid={error ? '' : undefined}>
        <input
          id={id}
          {...input}
          aria-invalid={error ? true : undefined}
          aria-describedby={below ? `${id}-below` : undefined}
        />
      </div>
      {below ? (
        <p id={`${id}-below`} className={error ? 'text-12 text-danger' : 'text-12 text-fg-3'}>
          {below}
        </p>
      ) : null}
    </div>
  );
}
