import type { KevEntry } from '../model/advisory.ts';
import { asArray, asObject, asText } from '../model/raw.ts';

export interface KevCatalogue {
  /** The catalogue's own number, such as `2026.08.07`. */
  readonly version: string;
  readonly released: Date | null;
  readonly entries: ReadonlyMap<string, KevEntry>;
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** Reads CISA's catalogue; null when the document is no catalogue at all. */
export function parseKev(raw: unknown): KevCatalogue | null {
  const document = asObject(raw);
  if (document === null || !Array.isArray(document.vulnerabilities)) {
    return null;
  }
  const entries = new Map<string, KevEntry>();
  const refused: { id: string; reason: string }[] = [];
  for (const item of asArray(document.vulnerabilities)) {
    const row = asObject(item);
    const id = asText(row?.cveID) ?? '';
    const entry = row === null ? null : entryOf(row);
    if (!/^CVE-[0-9]{4}-[0-9]{4,19}$/.test(id)) {
      refused.push({ id: id.slice(0, 60), reason: 'no valid CVE id' });
    } else if (entry === null) {
      refused.push({ id, reason: 'no valid dates' });
    } else {
      entries.set(id, entry);
    }
  }
  const released = new Date(asText(document.dateReleased) ?? '');
  return {
    version: (asText(document.catalogVersion) ?? '').slice(0, 40),
    released: Number.isNaN(released.getTime()) ? null : released,
    entries,
    refused,
  };
}

function entryOf(row: Readonly<Record<string, unknown>>): KevEntry | null {
  const dateAdded = dayOf(row.dateAdded);
  const dueDate = dayOf(row.dueDate);
  if (dateAdded === null || dueDate === null) {
    return null;
  }
  return {
    dateAdded,
    dueDate,
    ransomware: asText(row.knownRansomwareCampaignUse)?.toLowerCase() === 'known',
    name: (asText(row.vulnerabilityName) ?? '').slice(0, 500),
    action: (asText(row.requiredAction) ?? '').slice(0, 1000),
  };
}

function dayOf(raw: unknown): string | null {
  const text = asText(raw) ?? '';
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}
