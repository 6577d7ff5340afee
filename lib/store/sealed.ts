import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../core/model/app-error.ts';

/**
 * Secrets at rest: AES-256-GCM under a key that HKDF (RFC 5869) makes of the installation's secret, bound to what the secret is
 * for, so that a row cannot be put in another one's place. A sealed text is a byte for the format, 12 of nonce, 16 of tag, content.
 */
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** The text as it may be stored. Throws AppError where the installation has no secret yet. */
export function seal(text: string, purpose: string, secret: string | null): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  cipher.setAAD(Buffer.from(purpose));
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([FORMAT]), nonce, cipher.getAuthTag(), content]);
}

/**
 * The text; null where it was sealed under another secret, for another purpose, or was changed. Throws AppError where the
 * installation has no secret yet.
 */
export function unseal(sealed: Uint8Array, purpose: string, secret: string | null): string | null {
  const bytes = Buffer.from(sealed);
  if (bytes.length < HEAD_BYTES || bytes[0] !== FORMAT) {
    return null;
  }
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, HEAD_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

function keyOf(secret: string | null): Buffer {
  if (secret === null) {
    throw new AppError(
      'unavailable',
      'This installation has no secret yet, so passwords cannot be kept. Start it with "npm start".',
    );
  }
  return Buffer.from(hkdfSync('sha256', secret, '', 'harrier sealed values 1', 32));
}
