import { type ComponentProps, type ReactNode, useId } from 'react';

interface Props extends Omit<ComponentProps<'textarea'>, 'id' | 'className'> {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Why the value was refused, in one sentence. */
  readonly error?: string | undefined;
}

/** Several lines of text with their label above and their hint or fault below. */
export function LongTextField({ label, hint, error, rows = 3, ...area }: Props) {
  const id = useId();
  const below = error ?? hint;
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <textarea
        id={id}
        rows={rows}
        className="w-full rounded-2 border border-line-strong bg-canvas px-2 py-1.5 max-sm:text-[16px]"
        {...area}
        aria-invalid={error ? true : undefined}
        aria-describedby={below ? `${id}-below` : undefined}
      />
      {below ? (
        <p id={`${id}-below`} className={error ? 'text-12 text-danger' : 'text-12 text-fg-3'}>
          {below}
        </p>
      ) : null}
    </div>
  );
}
