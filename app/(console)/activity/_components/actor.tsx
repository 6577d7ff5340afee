import { Settings2 } from 'lucide-react';
import { initialsOf } from '@/components/layout/person.ts';
import type { ActivityRow } from '@/lib/core/model/activity.ts';
import { nameOfActor } from './activity-words.ts';

/** Who did it: a person by initials and name, the installation itself by a square. */
export function Actor({ row }: { readonly row: Pick<ActivityRow, 'actor' | 'actorName'> }) {
  const name = nameOfActor(row);
  const isPerson = row.actor.includes('@');
  return (
    <span className="flex min-w-0 items-center gap-2">
      {isPerson ? (
        <span className="avatar" aria-hidden="true">
          {initialsOf(name)}
        </span>
      ) : (
        <span className="avatar !rounded-1" aria-hidden="true">
          <Settings2 size={12} strokeWidth={1.6} />
        </span>
      )}
      <bdi className={isPerson ? 'truncate' : 'truncate text-fg-2'}>{name}</bdi>
    </span>
  );
}
