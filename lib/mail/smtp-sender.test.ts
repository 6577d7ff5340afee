import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { noticeMail } from '../core/mail/compose-mail.ts';
import type { MailServer } from '../core/model/mail.ts';
import { LOCALHOST_CERTIFICATE } from '../testing/localhost-certificate.ts';
import { type SmtpPeer, startSmtpPeer, textOf } from '../testing/smtp-peer.ts';
import { createSmtpSender } from './smtp-sender.ts';

const login = { user: 'harrier', password: 'correct horse' };
const ines = { id: 'ines', name: 'Ines Kovar', email: 'ines@example.com' };
const told = { id: '1', kind: 'mention', title: 'Für dich', detail: '', href: '/my-work', at: new Date(0) } as const;
const mail = noticeMail(ines, told, 'https://harrier.example.com');
const trusting = createSmtpSender(undefined, LOCALHOST_CERTIFICATE);

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function peer(...choices: Parameters<typeof startSmtpPeer>): Promise<SmtpPeer> {
  const started = await startSmtpPeer(...choices);
  stops.push(started.stop);
  return started;
}

function serverAt(port: number, more: Partial<MailServer & { readonly password: string | null }> = {}) {
  const base = { host: 'localhost', port, tls: 'starttls', username: '', password: null } as const;
  return { ...base, sender: 'harrier@example.com', url: 'https://harrier.example.com', ...more };
}

/** Talks as the test says, for what a well-behaved server would never do. */
async function rawPeer(talk: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
  stops.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a mail arrives', () => {
  it('over STARTTLS, signed in', async () => {
    const smtp = await peer({ login });
    const outcome = await trusting.send(serverAt(smtp.port, { username: login.user, password: login.password }), mail);

    expect(outcome).toEqual({ sent: true, sentence: expect.stringContaining('kept it') });
    const [got] = smtp.mails;
    expect(got).toMatchObject({
      from: 'harrier@example.com',
      to: ['ines@example.com'],
      encrypted: true,
      user: 'harrier',
    });
    expect(got?.raw).toMatch(/^Message-ID: <harrier\.notice\.1@example\.com>/im);
    expect(got && textOf(got)).toContain('Für dich');
  });

  it('over TLS from the first byte', async () => {
    const smtp = await peer({ secure: true });

    expect((await trusting.send(serverAt(smtp.port, { tls: 'tls' }), mail)).sent).toBe(true);
    expect(smtp.mails[0]?.encrypted).toBe(true);
  });

  it('without encryption, where that was chosen', async () => {
    const smtp = await peer({ plain: true });

    expect((await trusting.send(serverAt(smtp.port, { tls: 'none' }), mail)).sent).toBe(true);
    expect(smtp.mails[0]?.encrypted).toBe(false);
  });

  it('to one person alone, whatever the names hold', async () => {
    const smtp = await peer();
    const hostile = {
      ...mail,
      to: { name: 'A\r\nBcc: x@evil.example\r\n', address: mail.to.address },
      subject: 'S\r\nBcc: y@evil.example',
    };
    await trusting.send(serverAt(smtp.port), hostile);

    expect(smtp.mails[0]?.to).toEqual(['ines@example.com']);
    expect(smtp.mails[0]?.raw).not.toMatch(/^Bcc:/im);
  });
});

describe('what goes wrong is said in one sentence', () => {
  it('a certificate that nobody vouches for', async () => {
    const smtp = await peer({ login });
    for (const tls of ['starttls', 'tls'] as const) {
      const other = tls === 'tls' ? await peer({ secure: true }) : smtp;
      const outcome = await createSmtpSender().send(serverAt(other.port, { tls }), mail);
      expect(outcome).toMatchObject({
        sent: false,
        trouble: 'server',
        sentence: expect.stringMatching(/TLS, so nothing was sent: .*self-signed/),
      });
      expect(other.mails).toEqual([]);
    }
  });

  it('a server that offers no encryption gets neither mail nor password', async () => {
    const smtp = await peer({ plain: true, login });
    const outcome = await trusting.send(serverAt(smtp.port, { username: login.user, password: login.password }), mail);

    expect(outcome).toMatchObject({ sent: false, trouble: 'server', sentence: expect.stringContaining('STARTTLS') });
    expect(smtp.mails).toEqual([]);
  });

  it('a wrong password', async () => {
    const smtp = await peer({ login });
    const outcome = await trusting.send(serverAt(smtp.port, { username: 'harrier', password: 'wrong' }), mail);

    expect(outcome).toMatchObject({
      sent: false,
      trouble: 'server',
      sentence: expect.stringContaining('refused the name or password'),
    });
    expect(JSON.stringify(outcome)).not.toContain('"wrong"');
  });

  it('a connection that is refused, and a name that nobody knows', async () => {
    const smtp = await startSmtpPeer();
    await smtp.stop();
    expect(await trusting.send(serverAt(smtp.port, { host: '127.0.0.1' }), mail)).toEqual({
      sent: false,
      trouble: 'server',
      sentence: `Nothing answers on 127.0.0.1:${smtp.port}: the connection was refused.`,
    });
    expect(await trusting.send(serverAt(25, { host: 'mail.invalid' }), mail)).toMatchObject({
      sent: false,
      trouble: 'server',
      sentence: expect.stringContaining('mail.invalid'),
    });
  });

  it.each([
    [550, 'never'],
    [451, 'later'],
  ] as const)('a recipient refused with %d', async (responseCode, trouble) => {
    const smtp = await peer({
      more: {
        onRcptTo: (_address, _session, callback) =>
          callback(Object.assign(new Error('No such mailbox'), { responseCode })),
      },
    });

    expect(await trusting.send(serverAt(smtp.port), mail)).toMatchObject({
      sent: false,
      trouble,
      sentence: expect.stringContaining('No such mailbox'),
    });
  });

  it('a server that says nothing, one that drips, and one that never ends are left in time', async () => {
    const quick = createSmtpSender({ answerMs: 300, mailMs: 900 });
    const silent = await rawPeer(() => undefined);
    const dripping = await rawPeer((socket) => {
      const timer = setInterval(() => socket.write('220-wait\r\n'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    const endless = await rawPeer((socket) => {
      const line = Buffer.alloc(65_536, 'x');
      const pour = () => socket.writable && socket.write(line, () => setTimeout(pour, 1));
      pour();
    });
    for (const port of [silent, dripping, endless]) {
      const outcome = await quick.send(serverAt(port, { host: '127.0.0.1' }), mail);
      expect(outcome).toMatchObject({ sent: false, trouble: 'server' });
      expect(outcome.sentence.length).toBeLessThan(500);
    }
  });

  it('an answer with control characters is shown without them', async () => {
    const port = await rawPeer((socket) => socket.write(`554 go \u001b[31maway\u0000 \u202E${'y'.repeat(5_000)}\r\n`));
    const outcome = await trusting.send(serverAt(port, { host: '127.0.0.1' }), mail);

    expect(outcome).toMatchObject({ sent: false });
    expect(outcome.sentence).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(outcome.sentence.length).toBeLessThan(500);
  });
});
