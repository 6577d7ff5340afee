import { z } from 'zod';
import { registryOf } from '../../core/model/image-reference.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

const form = z.object({
  host: z
    .string()
    .max(300)
    .transform((text, context) => {
      const host = registryOf(text);
      if (host === null) {
        context.addIssue({
          code: 'custom',
          message: 'Give the name of the registry, such as registry.example.com or localhost:5000.',
        });
        return z.NEVER;
      }
      return host;
    }),
  username: z.string().trim().min(1, 'Give the name that signs in.').max(200),
  password: z.string().min(1, 'Give the password or token.').max(10_000),
});

/** Keeps a password for a registry, sealed; it replaces the one of the same host. */
export const saveRegistryCredential: Operation<z.output<typeof form>, null> = {
  name: 'SaveRegistryCredential',
  permission: 'settings:write',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, credential) =>
    deps.atomically(async (tx) => {
      await tx.registryCredentials.save(credential, caller.email, tx.clock.now());
      const detail = `Signs in as ${credential.username}.`;
      await recordPersonActivity(tx, caller, 'registry-credential-saved', credential.host, detail);
      return null;
    }),
};
