import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const BYTES_MAX = 10 * 1024 * 1024;

export interface ChildLog {
  readonly file: string;
  write(chunk: string): void;
  /** The last line that tells of an error, else the last line, of what was written since the last call of `begin`. */
  lastWords(): string;
  begin(): void;
  close(): void;
}

/** What a child writes, on disk with a bound: beyond ten megabytes the file is set aside once and begun anew. */
export function openChildLog(file: string): ChildLog {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let handle = openSync(file, 'a', 0o600);
  let size = statSync(file).size;
  let recent: string[] = [];
  return {
    file,
    write(chunk) {
      if (size > BYTES_MAX) {
        closeSync(handle);
        renameSync(file, `${file}.1`);
        handle = openSync(file, 'a', 0o600);
        size = 0;
      }
      try {
        size += writeSync(handle, chunk);
      } catch {
        // A full disk must not take the supervisor down with the log.
      }
      recent = [...recent, ...chunk.split('\n').filter((line) => line.trim() !== '')].slice(-50);
    },
    lastWords() {
      const line = recent.findLast((text) => /error|cannot|fatal|failed/i.test(text)) ?? recent.at(-1);
      return (line ?? 'it said nothing').trim().slice(0, 300);
    },
    begin() {
      recent = [];
    },
    close() {
      closeSync(handle);
    },
  };
}
