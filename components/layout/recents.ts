const KEY = 'harrier.recents';
const KEPT_MAX = 6;

export interface Recent {
  readonly label: string;
  readonly href: string;
}

/** Where the reader went from the palette, the newest first; kept in this browser alone. */
export function recents(): readonly Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, KEPT_MAX) : [];
  } catch {
    return [];
  }
}

export function rememberRecent(recent: Recent): void {
  const others = recents().filter(({ href }) => href !== recent.href);
  localStorage.setItem(KEY, JSON.stringify([recent, ...others].slice(0, KEPT_MAX)));
}

/** Only addresses of our own are ever followed. */
function isRecent(value: unknown): value is Recent {
  if (typeof value !== 'object' || value === null) return false;
  const { label, href } = value as Record<string, unknown>;
  return typeof label === 'string' && typeof href === 'string' && /^\/(?!\/)/.test(href);
}
