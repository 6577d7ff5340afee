import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { LOCALHOST_CERTIFICATE, LOCALHOST_KEY } from './localhost-certificate.ts';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly raw: string;
  readonly encrypted: boolean;
  readonly user: string | null;
}

export interface SmtpPeer {
  readonly port: number;
  readonly mails: ReceivedMail[];
  stop(): Promise<void>;
}

interface Choices {
  /** Who may sign in; nobody has to where it is left out. */
  readonly login?: { readonly user: string; readonly password: string };
  /** From the first byte; STARTTLS is offered unless `plain`. */
  readonly secure?: boolean;
  readonly plain?: boolean;
  readonly more?: SMTPServerOptions;
}

/** A real SMTP server on this machine that keeps what it takes. */
export async function startSmtpPeer({
  login,
  secure = false,
  plain = false,
  more = {},
}: Choices = {}): Promise<SmtpPeer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    secure,
    key: LOCALHOST_KEY,
    cert: LOCALHOST_CERTIFICATE,
    logger: false,
    disabledCommands: [...(plain ? ['STARTTLS'] : []), ...(login === undefined ? ['AUTH'] : [])],
    allowInsecureAuth: plain,
    authOptional: login === undefined,
    onAuth(given, _session, callback) {
      if (given.username === login?.user && given.password === login?.password)
        callback(null, { user: given.username });
      else callback(Object.assign(new Error('Wrong name or password'), { responseCode: 535 }));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
          encrypted: session.secure,
          user: typeof session.user === 'string' ? session.user : null,
        });
        callback(null, 'kept it');
      });
    },
    ...more,
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    mails,
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}

/** The text part of a mail, with its transfer encoding undone. */
export function textOf({ raw }: ReceivedMail): string {
  const part = raw.slice(raw.search(/^Content-Type: text\/plain/im));
  const end = part.search(/\r\n\r\n/);
  const body = part.slice(end + 4).split(/\r\n-{2,}[_-]?NmP|\r\n----/)[0] ?? '';
  if (/^Content-Transfer-Encoding: base64/im.test(part.slice(0, end)))
    return Buffer.from(body, 'base64').toString('utf8');
  if (!/^Content-Transfer-Encoding: quoted-printable/im.test(part.slice(0, end))) return body;
  const bytes = body
    .replaceAll('=\r\n', '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
