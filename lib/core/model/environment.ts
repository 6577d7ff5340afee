/** Tags that say which environment a resource belongs to, lower case, the one that counts first. */
const ENVIRONMENT_TAGS = ['environment', 'env', 'stage'];
const LENGTH_MAX = 64;

/** The environment that tags name, lower case; null where none does. */
export function environmentOf(tags: Readonly<Record<string, string>>): string | null {
  const lower = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value.trim().toLowerCase()]));
  return ENVIRONMENT_TAGS.map((tag) => lower.get(tag)?.slice(0, LENGTH_MAX)).find(Boolean) ?? null;
}
