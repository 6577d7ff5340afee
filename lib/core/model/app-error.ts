/** Codes of errors that may speak to the user. Doors map each once to an HTTP status or a form message. */
export type AppErrorCode =
  | 'access-denied'
  | 'not-signed-in'
  | 'not-found'
  | 'invalid-input'
  | 'conflict'
  | 'too-many-attempts'
  | 'unavailable';

/** The only error whose message reaches a user. The message says what failed and what to do. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly fields: Readonly<Record<string, string>>;

  constructor(code: AppErrorCode, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.fields = fields;
  }

  /**
   * Pages and routes of the console are bundled apart and share the stores, so that there may be two of this class: one that a store
   * of the other bundle throws is one all the same.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'AppError';
  }
}
