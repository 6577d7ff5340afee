import type { Order, VersionScheme } from './scheme.ts';

/** Orders two texts under a scheme; null when either is not a version of it. */
export function compareVersions(scheme: VersionScheme, a: string, b: string): Order | null {
  const left = scheme.parse(a);
  const right = scheme.parse(b);
  return left === null || right === null ? null : scheme.compare(left, right);
}
