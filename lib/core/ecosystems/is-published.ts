import { ecosystemOfOsv } from './registry.ts';

/** Whether somebody publishes advisories under this name of an ecosystem without a release. */
export function isPublished(name: string): boolean {
  return ecosystemOfOsv(name)?.osvName === name;
}
