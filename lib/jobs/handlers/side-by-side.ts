/** Waits for all of them, so that none goes on alone after the job has failed; then throws what the first one that failed threw. */
export async function sideBySide<T>(works: readonly Promise<T>[]): Promise<readonly T[]> {
  const ends = await Promise.allSettled(works);
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}
