/** The innermost reason of a failed request: fetch wraps it in "fetch failed". */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const code = (error as NodeJS.ErrnoException).code;
  if (error.message === 'fetch failed' && error.cause !== undefined) {
    return reasonOf(error.cause);
  }
  const message = error.message === '' ? (code ?? error.name) : error.message;
  return message.endsWith('.') ? message.slice(0, -1) : message;
}
