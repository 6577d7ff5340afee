const YEAR_SECONDS = 31_536_000;

/** Keeps a choice of look where the server reads it too, so that a page never flashes; null forgets it. */
export function keepChoice(name: string, value: string | null): void {
  const age = value === null ? 0 : YEAR_SECONDS;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that is supported
  document.cookie = `${name}=${value ?? ''}; Path=/; Max-Age=${age}; SameSite=Lax`;
}
