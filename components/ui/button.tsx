import Link from 'next/link';
import type { ButtonHTMLAttributes, ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export type ButtonKind = 'primary' | 'plain' | 'ghost' | 'danger';

interface Look {
  readonly kind?: ButtonKind;
  /** A square button that holds an icon alone; it needs an `aria-label`. */
  readonly icon?: boolean;
}

export function Button({
  kind = 'plain',
  icon = false,
  className,
  type = 'button',
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type={type}
      className={classNames('btn', kind === 'primary' && 'on-dark', className)}
      data-kind={kind}
      data-shape={icon ? 'icon' : undefined}
      {...rest}
    />
  );
}

export function ButtonLink({ kind = 'plain', icon = false, className, ...rest }: Look & ComponentProps<typeof Link>) {
  return (
    <Link
      className={classNames('btn', kind === 'primary' && 'on-dark', className)}
      data-kind={kind}
      data-shape={icon ? 'icon' : undefined}
      {...rest}
    />
  );
}
