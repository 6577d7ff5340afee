/** Lets one piece of work at a time pass, in the order of asking. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** A gate for work that needs much memory while files are parsed side by side. Work must not ask for a turn within its own. */
export function createInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    // A failure is the asker's own affair and holds up nobody behind it.
    last = next.catch(() => undefined);
    return next;
  };
}
