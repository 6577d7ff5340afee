import type { FindingRow } from '@/lib/core/model/views.ts';

/** The query that a rule about these findings begins with: their vulnerabilities, on their resource where that is one. */
export function ruleQueryOf(rows: readonly Pick<FindingRow, 'vulnerabilityId' | 'resourceName'>[]): string {
  const vulnerabilities = [...new Set(rows.map((row) => row.vulnerabilityId))];
  const resources = [...new Set(rows.map((row) => row.resourceName))];
  const [resource, ...others] = resources;
  const on = resource !== undefined && others.length === 0 ? ` resource:${quoted(resource)}` : '';
  return `cve:${vulnerabilities.map(quoted).join(',')}${on}`;
}

/** A value as the query language takes it, in quotes where a sign in it would mean something. */
export function quoted(text: string): string {
  return /^[\w.@/+-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
