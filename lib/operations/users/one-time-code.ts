import { createHash, randomBytes } from 'node:crypto';

/** A code for a link that works once: 256 random bits, safe in an address. Only its hash is ever stored. */
export function newOneTimeCode(): { readonly code: string; readonly hash: string } {
  const code = randomBytes(32).toString('base64url');
  return { code, hash: hashOneTimeCode(code) };
}

/** SHA-256 in hex. A fast hash is enough, because the code is random and not chosen by a person. */
export function hashOneTimeCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
