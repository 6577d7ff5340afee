'use client';

import { useQuery } from '@tanstack/react-query';
import { initialsOf } from '@/components/layout/person.ts';
import { listAssigneesAction } from '../triage/actions.ts';

const SHOWN_MAX = 6;

/** The name that is being written after an `@` before the caret; null where none is. */
export function mentionAt(text: string, caret: number): { readonly start: number; readonly typed: string } | null {
  const found = /(?:^|[\s(,;:])@([\p{L}\p{N}._-]{0,60})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const typed = found[1] ?? '';
  return { start: caret - typed.length - 1, typed };
}

interface Props {
  readonly typed: string;
  readonly onPick: (name: string) => void;
}

/** People whose name goes on with what was typed. */
export function MentionList({ typed, onPick }: Props) {
  const { data } = useQuery({
    queryKey: ['assignees'],
    queryFn: async () => {
      const result = await listAssigneesAction({});
      if (!result.ok) throw new Error(result.message);
      return result.value;
    },
    staleTime: 300_000,
  });
  const wanted = typed.toLowerCase();
  const people = (data?.people ?? [])
    .map((person) => ({ ...person, called: person.name.trim().toLowerCase().split(/\s+/u).join('.') }))
    .filter(({ called, name }) => called.includes(wanted) || name.toLowerCase().includes(wanted))
    .slice(0, SHOWN_MAX);
  if (people.length === 0) return null;
  return (
    <ul className="pop absolute inset-x-0 top-full z-10 mt-1 p-1" aria-label="People">
      {people.map(({ id, name, called }) => (
        <li key={id}>
          <button type="button" className="menu-item w-full" onClick={() => onPick(called)}>
            <span className="avatar" aria-hidden="true">
              {initialsOf(name)}
            </span>
            <bdi className="truncate">{name}</bdi>
            <span className="ml-auto text-12 text-fg-3">@{called}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
