import { z } from 'zod';
import { isTimeZone } from '../../core/mail/mail-times.ts';
import { DEFAULT_MAIL_CHOICE, MAIL_TIMES, type MailChoice } from '../../core/model/mail.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../core/model/notice.ts';
import { noInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

const hour = z.number().int().min(0).max(23);
const time = z.enum(MAIL_TIMES);
const schema = z.object({
  // A kind that came after the choice is mailed as to those who never chose.
  kinds: z.object(
    Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, time.default(DEFAULT_MAIL_CHOICE.kinds[kind])])) as Record<
      NoticeKind,
      z.ZodDefault<typeof time>
    >,
  ),
  digest: z.object({ every: z.enum(['day', 'week']), weekday: z.number().int().min(1).max(7), hour }),
  quiet: z.object({ from: hour, to: hour }).nullable(),
  zone: z.string().max(64).refine(isTimeZone, 'Give a time zone such as Europe/Berlin.'),
});

export interface OwnMailChoice {
  readonly choice: MailChoice;
  /** The person has chosen, and does not have what comes without a choice. */
  readonly isChosen: boolean;
  /** Whether this installation sends mail at all. */
  readonly isSetUp: boolean;
  /** Where the mail goes. */
  readonly address: string;
}

/** What a person saved; the default where they saved nothing, or what no longer reads as a choice. */
export function readMailChoice(saved: unknown): MailChoice {
  const read = schema.safeParse(saved);
  return read.success ? read.data : DEFAULT_MAIL_CHOICE;
}

/** What the caller wants by mail, and when. */
export const getMailChoice: Operation<unknown, OwnMailChoice> = {
  name: 'GetMailChoice',
  permission: 'own-session:write',
  parse: (input) => parseInput(noInput, input),
  async run(deps, caller) {
    const [saved, server] = await Promise.all([deps.personal.preferences(caller.userId), deps.mail.server()]);
    return {
      choice: readMailChoice(saved.mail),
      isChosen: schema.safeParse(saved.mail).success,
      isSetUp: server !== null,
      address: caller.email,
    };
  },
};

/** Saves it; what waits is planned anew. */
export const saveMailChoice: Operation<MailChoice, null> = {
  name: 'SaveMailChoice',
  permission: 'own-session:write',
  parse: (input) => parseInput(schema, input),
  run: (deps, caller, choice) =>
    deps.atomically(async (tx) => {
      await tx.personal.savePreference(caller.userId, 'mail', choice, tx.clock.now());
      await tx.mail.replan(caller.userId);
      return null;
    }),
};
