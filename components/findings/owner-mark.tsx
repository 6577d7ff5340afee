import { initialsOf } from '../layout/person.ts';

interface Props {
  /** Of the person; null where nobody has it, or the person left. */
  readonly name: string | null;
  readonly team: string | null;
  /** Somebody had it who is no longer there. */
  readonly gone?: boolean;
}

/** Who owes the fix: a person by initials, a team by a square, nobody by a dashed ring. */
export function OwnerMark({ name, team, gone = false }: Props) {
  const title = [name ?? (gone ? 'A person who left' : null), team === null ? null : `team ${team}`]
    .filter((part) => part !== null)
    .join(', ');
  if (name === null && team === null) {
    return (
      <span
        className="avatar"
        data-none
        title={gone ? title : 'Nobody has it'}
        role="img"
        aria-label={gone ? title : 'Nobody'}
      />
    );
  }
  return (
    <span className={name === null ? 'avatar !rounded-1' : 'avatar'} title={title} role="img" aria-label={title}>
      {initialsOf(name ?? team ?? '')}
    </span>
  );
}
