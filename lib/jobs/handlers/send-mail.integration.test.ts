import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_MAIL_CHOICE, type Mail, type MailChoice, type MailServer } from '../../core/model/mail.ts';
import type { NoticeKind } from '../../core/model/notice.ts';
import type { Caller, Role } from '../../core/model/permissions.ts';
import type { MailSender } from '../../core/ports/mail-sender.ts';
import { createSmtpSender } from '../../mail/smtp-sender.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { getMailChoice, saveMailChoice } from '../../operations/mail/mail-choice.ts';
import {
  getMailSettings,
  removeMailSettings,
  saveMailSettings,
  sendTestMail,
} from '../../operations/mail/mail-settings.ts';
import { runOperation } from '../../operations/operation.ts';
import { commentOnFindings } from '../../operations/triage/comment-on-findings.ts';
import { openStores } from '../../store/open-stores.ts';
import { LOCALHOST_CERTIFICATE } from '../../testing/localhost-certificate.ts';
import { type SmtpPeer, startSmtpPeer, textOf } from '../../testing/smtp-peer.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import {
  addResource,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../../testing/store-fixture.ts';
import { picked } from '../../testing/triage-fixture.ts';
import type { JobContext } from '../contracts.ts';
import { askForMail } from '../schedule.ts';
import { sendMailHandler } from './send-mail.ts';

const SECRET = 'a secret of this installation, long enough';
const LOGIN = { user: 'harrier', password: 'the mail password' };
/** A Friday. */
const START = new Date('2026-11-27T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let fixture: StoreFixture;
let deps: Dependencies;
let smtp: SmtpPeer;
let admin: Caller;
let clock: Date;
let finding: { readonly id: string; readonly version: number };

beforeEach(async () => {
  clock = START;
  fixture = await openStoreFixture();
  smtp = await startSmtpPeer({ login: LOGIN });
  deps = dependenciesWith(createSmtpSender(undefined, LOCALHOST_CERTIFICATE));
  const host = await addResource(fixture.stores, 'i-1');
  await reportFindings(fixture.stores, host, [observationOf(host, 'CVE-1')]);
  const { rows } = await fixture.database.pool.query(
    `select encode(uuid_send(key), 'hex') as id, version from finding`,
  );
  finding = rows[0];
  admin = await person('admin', 'admin');
});

afterEach(async () => {
  await smtp?.stop();
  await fixture?.close();
});

function dependenciesWith(sender: MailSender): Dependencies {
  const stores = openStores(fixture.database, () => clock, SECRET);
  return storeDependencies({ ...fixture, stores }, () => clock, undefined, sender);
}

async function person(name: string, role: Role, accounts: readonly string[] | null = null): Promise<Caller> {
  const email = `${name}@example.com`;
  await deps.users.create({ id: name, email, name, role, accounts, passwordHash: null, createdAt: clock });
  return { userId: name, name, email, role, accounts, sessionId: `session-${name}` };
}

const form = (more: object = {}) => ({
  host: 'localhost',
  port: String(smtp.port),
  tls: 'starttls',
  username: LOGIN.user,
  password: LOGIN.password,
  sender: 'harrier@example.com',
  url: 'https://harrier.example.com',
  ...more,
});
const setUp = (more: object = {}) => runOperation(saveMailSettings, deps, admin, form(more));
const health = async () => (await runOperation(getMailSettings, deps, admin, {})).health;

function choose(caller: Caller, more: Partial<MailChoice>): Promise<null> {
  return runOperation(saveMailChoice, deps, caller, { ...DEFAULT_MAIL_CHOICE, ...more });
}

async function tell(userId: string, kind: NoticeKind, title: string, href = `/findings/${finding.id}`): Promise<void> {
  await deps.notices.add([{ userId, kind, dedupe: `${kind} ${title}`, title, detail: '', href }], clock);
}

/** What the schedule and then the worker do; null where there was nothing to ask for. */
async function round(of: Dependencies = deps) {
  const context: JobContext = {
    id: '00000000-0000-4000-8000-000000000000' as JobContext['id'],
    signal: new AbortController().signal,
    progress: async () => undefined,
    log: async () => undefined,
  };
  return (await askForMail(of)) ? sendMailHandler({ dependencies: of }).run({}, context) : null;
}

function pass(milliseconds: number): void {
  clock = new Date(clock.getTime() + milliseconds);
}

const subjects = () => smtp.mails.map(({ raw, to }) => `${to.join()} ${/^Subject: (.*)$/m.exec(raw)?.[1]?.trim()}`);

describe('at once', () => {
  it('whoever is mentioned has the mail after one round, and no second one', async () => {
    await setUp();
    await person('mara', 'triage');
    await runOperation(commentOnFindings, deps, admin, {
      selection: picked([finding]),
      body: 'Look, @mara <b>now</b>',
    });

    expect(await round()).toEqual({ outcome: 'done', message: '1 mail sent.' });
    expect(await round()).toBeNull();
    expect(smtp.mails).toHaveLength(1);
    const [mail] = smtp.mails;
    expect(mail).toMatchObject({ to: ['mara@example.com'], encrypted: true, user: LOGIN.user });
    expect(mail && textOf(mail)).toContain(`https://harrier.example.com/findings/${finding.id}?tab=activity`);
    expect(await health()).toMatchObject({ lastSentAt: clock, lastError: null, waiting: 0, failed: 0 });
  });

  it('waits for the end of quiet hours', async () => {
    await setUp();
    const mara = await person('mara', 'triage');
    await choose(mara, { quiet: { from: 12, to: 14 } });
    await tell('mara', 'assigned', 'one');

    expect(await round()).toBeNull();
    expect((await health()).waiting).toBe(1);
    pass(2 * HOUR);
    await round();
    expect(subjects()).toEqual(['mara@example.com Harrier: one']);
  });

  it('more than ten become one mail', async () => {
    await setUp();
    await person('mara', 'triage');
    for (let n = 0; n < 11; n++) await tell('mara', 'assigned', `nr ${n}`);
    await round();

    expect(subjects()).toEqual(['mara@example.com Harrier: 11 notices: given to you 11']);
  });
});

describe('the digest', () => {
  it('gathers by kind until its hour, leaves out what was read, and goes once', async () => {
    await setUp();
    const mara = await person('mara', 'triage');
    await choose(mara, { digest: { every: 'week', weekday: 1, hour: 9 }, zone: 'Europe/Berlin' });
    for (const [kind, title] of [
      ['due', 'one'],
      ['due', 'two'],
      ['ending', 'three'],
      ['due', 'read'],
    ] as const) {
      await tell('mara', kind, title, '/my-work');
    }
    const { rows } = await deps.notices.list('mara', { cursor: null, limit: 1 });
    await deps.notices.markRead(
      'mara',
      rows.map(({ id }) => id),
      clock,
    );
    pass(67 * HOUR);
    expect(await round()).toBeNull();
    // Planned at twelve on Friday; the clock of Berlin is at nine on Monday.
    clock = new Date('2026-11-30T08:00:00Z');
    await round();
    await round();

    expect(subjects()).toEqual(['mara@example.com Harrier: 3 notices: ending soon 1, due 2']);
  });

  it('keeps what was chosen before there were notices of another kind', async () => {
    await setUp();
    const mara = await person('mara', 'triage');
    const { drift: _, ...before } = { ...DEFAULT_MAIL_CHOICE.kinds, due: 'never' };
    await deps.personal.savePreference('mara', 'mail', { ...DEFAULT_MAIL_CHOICE, kinds: before }, clock);
    const { choice, isChosen } = await runOperation(getMailChoice, deps, mara, {});

    expect(isChosen).toBe(true);
    expect(choice.kinds).toMatchObject({ due: 'never', drift: 'now' });
  });

  it('is planned anew when its person chooses anew', async () => {
    await setUp();
    const mara = await person('mara', 'triage');
    await tell('mara', 'due', 'one', '/my-work');
    expect(await round()).toBeNull();
    await choose(mara, { kinds: { ...DEFAULT_MAIL_CHOICE.kinds, due: 'now' } });
    await round();

    expect(subjects()).toEqual(['mara@example.com Harrier: one']);
  });
});

describe('nobody is mailed', () => {
  it('about a finding of accounts that are not theirs, what they do not want, or when they may not sign in', async () => {
    await setUp();
    await person('elsewhere', 'triage', ['999999999999']);
    await person('narrowed', 'triage');
    await person('money', 'finance');
    await person('gone', 'triage');
    await person('left', 'triage');
    await person('reader', 'triage', ['111122223333']);
    const quiet = await person('quiet', 'triage');
    await choose(quiet, { kinds: { ...DEFAULT_MAIL_CHOICE.kinds, assigned: 'never' } });
    await deps.users.update('gone', { disabled: true });
    for (const name of ['elsewhere', 'narrowed', 'money', 'gone', 'left', 'quiet', 'reader'])
      await tell(name, 'assigned', 'secret');
    await askForMail(deps);
    // Between the decision to mail and the mail.
    await deps.users.update('narrowed', { accounts: ['999999999999'] });
    await deps.users.update('left', { disabled: true });
    await round();

    expect(subjects()).toEqual(['reader@example.com Harrier: secret']);
    expect(await health()).toMatchObject({ waiting: 0, failed: 0 });
  });

  it('of a comment that was deleted meanwhile', async () => {
    await setUp();
    await person('mara', 'triage');
    await runOperation(commentOnFindings, deps, admin, { selection: picked([finding]), body: 'A secret for @mara' });
    await fixture.database.pool.query('update finding_comment set deleted_at = now()');
    await round();

    expect(smtp.mails).toEqual([]);
  });

  it('about what was told before mail was set up', async () => {
    await person('mara', 'triage');
    await tell('mara', 'assigned', 'old');
    pass(MINUTE);
    await setUp();

    expect(await round()).toBeNull();
  });
});

describe('a server that fails', () => {
  it('is left alone for five minutes or until it is set up anew, said in Settings, and costs no try', async () => {
    await setUp();
    await person('mara', 'triage');
    await tell('mara', 'assigned', 'one');
    await smtp.stop();
    for (let n = 0; n < 8; n++) {
      expect(await round()).toMatchObject({
        outcome: 'partial',
        message: expect.stringContaining('Settings, Mail says why'),
      });
      expect(await round()).toBeNull();
      pass(5 * MINUTE);
    }
    expect(await health()).toMatchObject({ waiting: 1, failed: 0, lastError: expect.stringContaining('refused') });
    await round();
    smtp = await startSmtpPeer({ login: LOGIN });
    expect(await round()).toBeNull();
    await setUp();
    await round();
    expect(subjects()).toEqual(['mara@example.com Harrier: one']);
  });

  it.each([
    [451, 5],
    [550, 1],
  ])(
    'a mailbox refused with %d is tried %d times and then counted as given up, and others get theirs',
    async (code, tries) => {
      let asked = 0;
      await smtp.stop();
      smtp = await startSmtpPeer({
        login: LOGIN,
        more: {
          onRcptTo(to, _session, callback) {
            if (!to.address.startsWith('mara')) return callback();
            asked++;
            callback(Object.assign(new Error('Mailbox trouble'), { responseCode: code }));
          },
        },
      });
      await setUp();
      await person('mara', 'triage');
      await person('noor', 'triage');
      for (const name of ['mara', 'noor']) await tell(name, 'assigned', 'one');
      for (let n = 0; n < 12; n++) {
        await round();
        pass(HOUR * 2);
      }

      expect(asked).toBe(tries);
      expect(subjects()).toEqual(['noor@example.com Harrier: one']);
      expect(await health()).toMatchObject({
        waiting: 0,
        failed: 1,
        lastError: expect.stringContaining('Mailbox trouble'),
      });
    },
  );
});

describe('workers', () => {
  it('that look at the same time mail each notice once', async () => {
    await setUp();
    for (let n = 0; n < 6; n++) {
      await person(`p${n}`, 'triage');
      await tell(`p${n}`, 'assigned', 'one');
    }
    await Promise.all([round(), round(), round()]);

    expect(subjects().sort()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `p${n}@example.com Harrier: one`));
  });

  it('that die between the yes of the server and the mark leave one mail that goes once more, under the same id', async () => {
    await setUp();
    await person('mara', 'triage');
    await tell('mara', 'assigned', 'one');
    const real = createSmtpSender(undefined, LOCALHOST_CERTIFICATE);
    const dying = dependenciesWith({
      async send(server: MailServer & { readonly password: string | null }, mail: Mail) {
        await real.send(server, mail);
        throw new Error('killed');
      },
    });
    await expect(round(dying)).rejects.toThrow('killed');
    expect(await round()).toBeNull();
    pass(10 * MINUTE);
    await round();
    pass(HOUR);
    expect(await round()).toBeNull();

    expect(smtp.mails).toHaveLength(2);
    const ids = smtp.mails.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('the settings', () => {
  it('keep the password sealed, give it to no answer, and never to another server', async () => {
    await setUp();
    const answer = await runOperation(getMailSettings, deps, admin, {});
    const { rows } = await fixture.database.pool.query('select sealed from mail_server');

    expect(answer.server?.hasPassword).toBe(true);
    expect(JSON.stringify(answer)).not.toContain(LOGIN.password);
    expect(rows[0].sealed.toString('latin1')).not.toContain(LOGIN.password);
    await setUp({ password: '', sender: 'other@example.com' });
    expect((await deps.mail.open())?.password).toBe(LOGIN.password);
    for (const change of [{ host: 'evil.example' }, { port: '2525' }, { username: 'other' }]) {
      await expect(setUp({ password: '', ...change })).rejects.toThrow('Enter the password again');
    }
    await fixture.database.pool.query(`update mail_server set host = 'evil.example'`);
    await expect(deps.mail.open()).rejects.toThrow('cannot be read');
  });

  it('are for administrators alone', async () => {
    const security = await person('sec', 'security');
    for (const operation of [getMailSettings, removeMailSettings, sendTestMail]) {
      await expect(runOperation<unknown, unknown>(operation, deps, security, {})).rejects.toThrow(
        'does not allow this',
      );
    }
    await expect(runOperation(saveMailSettings, deps, security, form())).rejects.toThrow('does not allow this');
  });

  it.each([
    [{ host: 'mail.example.com\r\nQUIT' }, 'host'],
    [{ port: '0' }, 'port'],
    [{ sender: 'Harrier <x@example.com>' }, 'sender'],
    [{ sender: 'x@example.com\r\nBcc: y@example.com' }, 'sender'],
    [{ url: 'javascript:alert(1)' }, 'url'],
    [{ url: 'https://user@example.com/' }, 'url'],
    [{ username: 'a\r\nb' }, 'username'],
    [{ host: 'mail.example.com', tls: 'none' }, 'tls'],
  ])('refuse %j with a sentence at its field', async (change, field) => {
    await expect(setUp(change)).rejects.toMatchObject({
      code: 'invalid-input',
      fields: { [field]: expect.any(String) },
    });
  });

  it('a test goes to whoever asks, and says what the server says', async () => {
    await expect(runOperation(sendTestMail, deps, admin, {})).rejects.toThrow('Save the mail server first.');
    await setUp();
    expect(await runOperation(sendTestMail, deps, admin, {})).toEqual({
      sent: true,
      sentence: expect.stringContaining('kept it'),
    });
    expect(subjects()).toEqual(['admin@example.com Harrier: Test mail']);
    await setUp({ password: 'wrong' });
    expect(await runOperation(sendTestMail, deps, admin, {})).toEqual({
      sent: false,
      sentence: expect.stringContaining('refused the name or password'),
    });
  });
});
