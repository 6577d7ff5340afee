/** Turns passwords into hashes and back into answers; the one implementation is argon2id. */
export interface PasswordHasher {
  /** A salted hash in PHC form. */
  hash(password: string): Promise<string>;
  /** Takes the same time for a null hash (nobody with that e-mail) as for a wrong password. */
  verify(password: string, hash: string | null): Promise<boolean>;
}
