import type { VersionScheme } from './scheme.ts';

/** The latest of some versions by their scheme; null for none, and where one of them cannot be put in order. */
export function latestVersion<V>(scheme: VersionScheme<V>, texts: readonly string[]): string | null {
  const [first] = texts;
  if (first === undefined || texts.length === 1) return first ?? null;
  if (scheme.hasOrder === false) return null;
  let latest: { readonly text: string; readonly version: V } | null = null;
  for (const text of texts) {
    const version = scheme.parse(text);
    if (version === null) return null;
    if (latest === null || scheme.compare(latest.version, version) < 0) latest = { text, version };
  }
  return latest?.text ?? null;
}
