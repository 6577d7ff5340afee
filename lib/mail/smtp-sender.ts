import { connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { Mail, MailOutcome, MailServer } from '../core/model/mail.ts';
import type { MailSender } from '../core/ports/mail-sender.ts';

interface Limits {
  /** A server that takes longer to be reached or to answer is given up. */
  readonly answerMs: number;
  /** One mail takes no longer, however lively the server is. */
  readonly mailMs: number;
}

const LIMITS: Limits = { answerMs: 10_000, mailMs: 30_000 };
const ANSWER_MAX = 300;
const SENDER_NAME = 'Harrier';

/** Mail over SMTP. `ca` are certificates to trust beside those of the runtime. */
export function createSmtpSender(limits: Limits = LIMITS, ca?: string): MailSender {
  return { send: (server, mail) => send(server, mail, limits, ca) };
}

async function send(
  server: MailServer & { readonly password: string | null },
  mail: Mail,
  limits: Limits,
  ca: string | undefined,
): Promise<MailOutcome> {
  const { host, port, tls, username, password } = server;
  let socket: Socket | undefined;
  const transport = createTransport({
    host,
    port,
    // The connection is ours, so that it can be ended whatever the other side does.
    getSocket(_options: unknown, callback: (error: Error | null, socket?: { connection: Socket }) => void) {
      const opened = connect({ host, port });
      socket = opened;
      const fail = (error: Error) => callback(error);
      opened.setTimeout(limits.answerMs, () => opened.destroy(timedOut()));
      opened.once('error', fail);
      opened.once('connect', () => {
        opened.off('error', fail);
        opened.setTimeout(0);
        callback(null, { connection: opened });
      });
    },
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    ...(username === '' ? {} : { auth: { user: username, pass: password ?? '' } }),
    name: URL.parse(server.url)?.hostname ?? 'localhost',
    greetingTimeout: limits.answerMs,
    socketTimeout: limits.answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  const sending = transport.sendMail({
    from: { name: SENDER_NAME, address: server.sender },
    to: { name: mail.to.name, address: mail.to.address },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.reference}@${server.sender.split('@').at(-1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  });
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(timedOut()), limits.mailMs);
  });
  try {
    const { response } = (await Promise.race([sending, tooLate])) as { readonly response?: unknown };
    return { sent: true, sentence: `${host} took it: ${plain(String(response))}` };
  } catch (error) {
    return { sent: false, ...troubleOf(error, server) };
  } finally {
    clearTimeout(timer);
    sending.catch(() => undefined);
    transport.close();
    // After a mail that was taken the library says goodbye itself; nothing waits for the answer.
    setTimeout(() => socket?.destroy(), 1_000).unref();
  }
}

function timedOut(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** Whose fault it is, and what to do, in one sentence. */
function troubleOf(
  thrown: unknown,
  { host, port, tls }: MailServer,
): Omit<Extract<MailOutcome, { sent: false }>, 'sent'> {
  const error = (thrown instanceof Error ? thrown : new Error(String(thrown))) as SmtpError;
  const { code = '', command = '', responseCode } = error;
  const where = `${host}:${port}`;
  const said = error.response === undefined ? plain(error.message) : plain(error.response);
  const server = (sentence: string) => ({ trouble: 'server', sentence }) as const;
  if (code === 'EAUTH') return server(`${where} refused the name or password: ${said}`);
  if (code === 'ENOAUTH') return server(`${where} offers no way to sign in.`);
  if (error.message.includes('ECONNREFUSED')) return server(`Nothing answers on ${where}: the connection was refused.`);
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(error.message))
    return server(`No machine is known under the name ${host}.`);
  if (code === 'ETIMEDOUT') return server(`${where} did not answer in time.`);
  if (code === 'ETLS' || /certificate|self-signed|SSL|TLS/i.test(error.message)) {
    return server(
      `${where} could not be reached over ${tls === 'tls' ? 'TLS' : 'STARTTLS'}, so nothing was sent: ${said}`,
    );
  }
  if (command === 'CONN' || code === 'ECONNECTION' || code === 'ESOCKET' || responseCode === undefined) {
    return server(`The connection to ${where} failed: ${said}`);
  }
  if (responseCode === 421) return server(`${where} is closing its service: ${said}`);
  // The sender is the same for every mail.
  if (command === 'MAIL FROM') return server(`${where} refused the sender: ${said}`);
  return responseCode >= 500
    ? { trouble: 'never', sentence: `${where} refused the mail: ${said}` }
    : { trouble: 'later', sentence: `${where} refused the mail for now: ${said}` };
}

/** What a stranger's server said, fit to be shown. */
function plain(text: string): string {
  const clean = text
    .slice(0, ANSWER_MAX * 4)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();
  const letters = [...clean];
  const short = letters.length > ANSWER_MAX ? `${letters.slice(0, ANSWER_MAX).join('')}…` : clean;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
