const ID = /(?:CVE-[0-9]{4}-[0-9]{4,19}|GHSA(?:-[0-9a-z]{4}){3}|[A-Z][A-Z0-9]*-[0-9A-Za-z.:-]{3,60})$/;

/** The id at the end of a name or of an address such as `https://nvd.nist.gov/vuln/detail/CVE-2024-1`. */
export function nameOf(text: string): readonly string[] {
  const name = ID.exec(text.trim())?.[0];
  return name === undefined ? [] : [name];
}

export function dateOrNull(raw: unknown): Date | null {
  const date = typeof raw === 'string' ? new Date(raw) : null;
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}
