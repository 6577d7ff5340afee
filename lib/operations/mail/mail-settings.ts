import { z } from 'zod';
import { testMail } from '../../core/mail/compose-mail.ts';
import { AppError } from '../../core/model/app-error.ts';
import { MAIL_TLS, type MailHealth, type MailServer } from '../../core/model/mail.ts';
import { noInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);
const printable = /^\P{Cc}*$/u;

const form = z
  .object({
    host: z
      .string()
      .trim()
      .toLowerCase()
      .regex(
        /^(?=.{1,253}$)[a-z0-9:]([a-z0-9.:_-]*[a-z0-9:])?$/,
        'Give the name of the mail server, such as mail.example.com.',
      ),
    port: z.coerce
      .number('Give a port from 1 to 65535.')
      .int('Give a port from 1 to 65535.')
      .min(1, 'Give a port from 1 to 65535.')
      .max(65_535, 'Give a port from 1 to 65535.'),
    tls: z.enum(MAIL_TLS, 'Choose how the connection is encrypted.'),
    username: z
      .string()
      .trim()
      .max(200, 'A name has at most 200 characters.')
      .regex(printable, 'A name has no control characters.')
      .default(''),
    password: z
      .string()
      .max(1_000, 'A password has at most 1,000 characters.')
      .regex(printable, 'A password has no control characters.')
      .default(''),
    sender: z
      .email('Give an e-mail address, such as harrier@example.com.')
      .max(254, 'An address has at most 254 characters.'),
    url: z
      .string()
      .trim()
      .max(500)
      .transform((text, context) => {
        const url = URL.parse(text);
        const isBare =
          url !== null &&
          /^https?:$/.test(url.protocol) &&
          url.pathname === '/' &&
          url.search === '' &&
          url.hash === '' &&
          url.username === '';
        if (isBare) return url.origin;
        context.addIssue({
          code: 'custom',
          message: 'Give an address without a path, such as https://harrier.example.com.',
        });
        return z.NEVER;
      }),
  })
  .refine(({ username, tls, host }) => username === '' || tls !== 'none' || LOOPBACK.has(host), {
    path: ['tls'],
    message: 'A password is only sent encrypted. Choose STARTTLS or TLS, or leave the name empty.',
  });

export interface MailSettings {
  readonly server: (MailServer & { readonly hasPassword: boolean }) | null;
  readonly health: MailHealth;
}

/** Where mail is handed in and how it is doing. The password is no part of any answer. */
export const getMailSettings: Operation<unknown, MailSettings> = {
  name: 'GetMailSettings',
  permission: 'settings:write',
  parse: (input) => parseInput(noInput, input),
  async run(deps) {
    const [server, health] = await Promise.all([deps.mail.server(), deps.mail.health(deps.clock.now())]);
    return { server, health };
  },
};

/** Keeps it, the password sealed. An empty password keeps the one that is there, as long as it goes to the same server. */
export const saveMailSettings: Operation<z.output<typeof form>, null> = {
  name: 'SaveMailSettings',
  permission: 'settings:write',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { password, ...server }) =>
    deps.atomically(async (tx) => {
      const before = await tx.mail.server();
      const isSame = before?.host === server.host && before.port === server.port && before.username === server.username;
      const keeps = password === '' && server.username !== '' && isSame && before.hasPassword;
      if (server.username !== '' && password === '' && !keeps) {
        const again = before?.hasPassword
          ? 'Enter the password again: it goes to another server or name now.'
          : 'Give the password.';
        throw new AppError('invalid-input', again, { password: again });
      }
      // A password that travelled encrypted is not to be sent in the clear by a later change of the mode alone.
      if (keeps && server.tls === 'none' && before.tls !== 'none') {
        const again = 'Enter the password again: it is sent without encryption now.';
        throw new AppError('invalid-input', again, { password: again });
      }
      const kept = server.username === '' ? null : password;
      await tx.mail.save(server, keeps ? undefined : kept, caller.email, tx.clock.now());
      const detail = `${server.tls === 'none' ? 'Not encrypted' : server.tls.toUpperCase()}, ${server.username === '' ? 'without a sign-in' : `as ${server.username}`}, from ${server.sender}.`;
      await recordPersonActivity(tx, caller, 'mail-settings-saved', `${server.host}:${server.port}`, detail);
      return null;
    }),
};

/** Forgets the server; nothing is mailed from then on. */
export const removeMailSettings: Operation<unknown, null> = {
  name: 'RemoveMailSettings',
  permission: 'settings:write',
  parse: (input) => parseInput(noInput, input),
  run: (deps, caller) =>
    deps.atomically(async (tx) => {
      const before = await tx.mail.server();
      if (before !== null && (await tx.mail.remove())) {
        await recordPersonActivity(
          tx,
          caller,
          'mail-settings-removed',
          `${before.host}:${before.port}`,
          'No mail is sent.',
        );
      }
      return null;
    }),
};

/** Sends a mail to the caller with the settings that are saved, and says what the server said. */
export const sendTestMail: Operation<unknown, { readonly sent: boolean; readonly sentence: string }> = {
  name: 'SendTestMail',
  permission: 'settings:write',
  parse: (input) => parseInput(noInput, input),
  async run(deps, caller) {
    const server = await deps.mail.open();
    if (server === null) {
      throw new AppError('invalid-input', 'Save the mail server first.');
    }
    const person = { id: caller.userId, name: caller.name, email: caller.email };
    const outcome = await deps.mailSender.send(server, testMail(person, server.url, deps.clock.now()));
    // What waits for the server need wait no longer.
    if (outcome.sent) await deps.mail.sent([], deps.clock.now());
    return { sent: outcome.sent, sentence: outcome.sentence };
  },
};
