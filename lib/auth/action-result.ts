import type { AppErrorCode } from '../core/model/app-error.ts';

/** What a server action gives back to a form. It never throws, so that a form always has something to show. */
export type ActionResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      /** `unexpected`: a bug or an outage; the message carries the id of the log line. */
      readonly code: AppErrorCode | 'unexpected';
      readonly message: string;
      readonly fields: Readonly<Record<string, string>>;
    };
