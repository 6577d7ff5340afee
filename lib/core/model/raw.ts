/** Readers of parsed JSON that was written by a stranger: the wanted shape, or nothing. */
export function asObject(raw: unknown): Readonly<Record<string, unknown>> | null {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Record<string, unknown>) : null;
}

export function asArray(raw: unknown): readonly unknown[] {
  return Array.isArray(raw) ? raw : [];
}

export function asText(raw: unknown): string | null {
  return typeof raw === 'string' ? raw : null;
}

export function textsOf(raw: unknown): readonly string[] {
  return asArray(raw).filter((item) => typeof item === 'string');
}

export function objectsOf(raw: unknown): readonly Readonly<Record<string, unknown>>[] {
  return asArray(raw)
    .map(asObject)
    .filter((item) => item !== null);
}
