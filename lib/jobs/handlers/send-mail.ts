import { digestMail, noticeMail } from '../../core/mail/compose-mail.ts';
import { afterQuiet } from '../../core/mail/mail-times.ts';
import { AppError } from '../../core/model/app-error.ts';
import { MAIL_TRIES_MAX, type MailServer } from '../../core/model/mail.ts';
import { isAllowed } from '../../core/model/permissions.ts';
import type { DueNotice } from '../../core/ports/mail-store.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { readMailChoice } from '../../operations/mail/mail-choice.ts';
import type { JobHandler } from '../contracts.ts';

export interface SendMailDependencies {
  readonly dependencies: Dependencies;
}

const BATCH = 2_000;
/** More than so many at once become one mail. */
const AT_ONCE_MAX = 10;
const MINUTE_MS = 60_000;
/** A mail that nobody reported on after this was being sent by a worker that died. Far longer than a mail takes. */
const LEASE_MS = 10 * MINUTE_MS;
const SERVER_RETRY_MS = 5 * MINUTE_MS;
/** Before the second, third … try of a mail that the server refused for now. */
const RETRY_MS = [5, 15, 60, 240].map((minutes) => minutes * MINUTE_MS);

/** Jobs are read by more people than the settings of the mail server are. */
const UNUSABLE = 'The mail server cannot be used; Settings, Mail says why.';

type Server = MailServer & { readonly password: string | null };

/**
 * Mails what is due. A notice is taken for sending before it is sent and marked as sent after, so a second run sends nothing again;
 * only a worker that dies between the server's yes and the mark leaves a mail that is sent once more.
 */
export function sendMailHandler({ dependencies: deps }: SendMailDependencies): JobHandler<'send-mail'> {
  return {
    kind: 'send-mail',
    async run(_payload, { signal }) {
      const { mail, clock } = deps;
      await mail.expire(clock.now());
      const server = await openServer(deps);
      if (server === null) return { outcome: 'done', message: 'No mail server is set up.' };
      if (server === 'sealed') return { outcome: 'partial', message: UNUSABLE };
      const counts = { sent: 0, refused: 0 };
      for (;;) {
        const due = await mail.due(BATCH, clock.now());
        for (const bundle of await bundlesOf(deps, due)) {
          signal.throwIfAborted();
          if (!(await sendBundle(deps, server, bundle, counts))) {
            return { outcome: 'partial', message: `${counted(counts.sent)} sent. ${UNUSABLE}` };
          }
        }
        if (due.length < BATCH) break;
      }
      const refused = counts.refused === 0 ? '' : ` ${counted(counts.refused)} refused; Settings, Mail says why.`;
      return { outcome: counts.refused === 0 ? 'done' : 'partial', message: `${counted(counts.sent)} sent.${refused}` };
    },
  };
}

async function openServer({ mail, clock }: Dependencies): Promise<Server | 'sealed' | null> {
  try {
    return await mail.open();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const now = clock.now();
    await mail.serverFailed(error.message, new Date(now.getTime() + SERVER_RETRY_MS), now);
    return 'sealed';
  }
}

/** Notices of one person that go in one mail; what is not wanted any more, or has to wait, is put aside. */
async function bundlesOf({ mail, clock }: Dependencies, due: readonly DueNotice[]): Promise<readonly DueNotice[][]> {
  const now = clock.now();
  const unwanted = due.filter((notice) => !mayHave(notice));
  if (unwanted.length > 0) await mail.dismiss(unwanted.map(({ id }) => id));
  const bundles: DueNotice[][] = [];
  for (const own of Map.groupBy(due.filter(mayHave), ({ userId }) => userId).values()) {
    const digest = own.filter(({ time }) => time === 'digest');
    if (digest.length > 0) bundles.push(digest);
    const atOnce = own.filter(({ time }) => time === 'now');
    const [first] = atOnce;
    if (first === undefined) continue;
    const quietUntil = afterQuiet(readMailChoice(first.choice), now);
    if (quietUntil.getTime() > now.getTime()) {
      await mail.postpone(
        atOnce.map(({ id }) => id),
        quietUntil,
      );
    } else if (atOnce.length > AT_ONCE_MAX) {
      bundles.push(atOnce);
    } else {
      bundles.push(...atOnce.map((notice) => [notice]));
    }
  }
  return bundles;
}

function mayHave({ wanted, role, kind }: DueNotice): boolean {
  return wanted && isAllowed(role, kind === 'approval' ? 'suppression:write' : 'findings:read');
}

/** False where the server cannot be used. */
async function sendBundle(
  { mail, mailSender, clock }: Dependencies,
  server: Server,
  bundle: readonly DueNotice[],
  counts: { sent: number; refused: number },
): Promise<boolean> {
  const now = clock.now();
  const ids = bundle.map(({ id }) => id);
  const taken = new Set(await mail.claim(ids, new Date(now.getTime() + LEASE_MS), now));
  const mine = bundle.filter(({ id }) => taken.has(id));
  const [first] = mine;
  if (first === undefined) return true;
  const person = { id: first.userId, name: first.name, email: first.email };
  const isOne = mine.length === 1 && first.time === 'now';
  const outcome = await mailSender.send(
    server,
    isOne ? noticeMail(person, first, server.url) : digestMail(person, mine, server.url),
  );
  const after = clock.now();
  const all = mine.map(({ id }) => id);
  if (outcome.sent) {
    await mail.sent(all, after);
    counts.sent += 1;
    return true;
  }
  if (outcome.trouble === 'server') {
    const retryAt = new Date(after.getTime() + SERVER_RETRY_MS);
    // The server's own pause holds it, so that it goes as soon as somebody has mended the settings.
    await mail.postpone(all, after);
    await mail.serverFailed(outcome.sentence, retryAt, after);
    return false;
  }
  const tries = Math.max(...mine.map((notice) => notice.tries)) + 1;
  const pause = outcome.trouble === 'never' || tries >= MAIL_TRIES_MAX ? undefined : RETRY_MS[tries - 1];
  await mail.refused(all, outcome.sentence, pause === undefined ? null : new Date(after.getTime() + pause), after);
  counts.refused += 1;
  return true;
}

function counted(mails: number): string {
  return `${mails.toLocaleString('en-US')} ${mails === 1 ? 'mail' : 'mails'}`;
}
