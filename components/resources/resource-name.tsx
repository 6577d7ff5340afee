import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ResourceKind } from '@/lib/core/model/resource.ts';
import { KIND_WORDS, ResourceIcon } from './resource-icon.tsx';

interface Props {
  readonly row: { readonly id: string; readonly name: string; readonly kind: ResourceKind };
  /** For tables that tell the kind by its icon alone. */
  readonly saysKind?: boolean;
  readonly children?: ReactNode;
}

/** A resource in a table: its icon and its name, which leads to its page. */
export function ResourceName({ row: { id, name, kind }, saysKind = false, children }: Props) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ResourceIcon kind={kind} />
      {saysKind ? <span className="vh">{KIND_WORDS[kind]} </span> : null}
      <Link
        prefetch={false}
        href={`/resources/${encodeURIComponent(id)}`}
        className="truncate font-medium hover:underline"
      >
        <bdi>{name}</bdi>
      </Link>
      {children}
    </span>
  );
}
