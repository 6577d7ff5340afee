/** A function that computes what stands under a name once. */
export function memo<T>(): (name: string, compute: () => T) => T {
  const known = new Map<string, { readonly value: T }>();
  return (name, compute) => {
    const found = known.get(name);
    if (found !== undefined) return found.value;
    const value = compute();
    known.set(name, { value });
    return value;
  };
}
