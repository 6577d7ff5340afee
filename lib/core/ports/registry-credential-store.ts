/** Who signs in to a registry, without the password: that goes in and never comes out. */
export interface RegistryCredential {
  /** With its port where it has one: `registry.example.com:5000`. */
  readonly host: string;
  readonly username: string;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

export interface RegistryCredentialStore {
  /** By host. */
  list(): Promise<readonly RegistryCredential[]>;
  save(
    credential: { readonly host: string; readonly username: string; readonly password: string },
    by: string,
    now: Date,
  ): Promise<void>;
  /** False where there was none. */
  remove(host: string): Promise<boolean>;
  /** For whoever pulls an image; null where there is none. Throws AppError where it was sealed under another secret. */
  open(host: string): Promise<{ readonly username: string; readonly password: string } | null>;
}
