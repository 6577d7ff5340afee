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
}
