import { expect, it } from 'vitest';
import type { NoticeKind } from '../model/notice.ts';
import { digestMail, noticeMail } from './compose-mail.ts';

const URL_OF_CONSOLE = 'https://harrier.example.com';
const ines = { id: 'ines', name: 'Ines Kovar', email: 'ines@example.com' };

function notice(id: number, more: Partial<Parameters<typeof noticeMail>[1]> = {}) {
  const kind: NoticeKind = 'mention';
  return {
    id: String(id),
    kind,
    title: `Mara mentions you on CVE-2026-${id}`,
    detail: 'Please look.',
    href: `/findings/${'a'.repeat(32)}?tab=activity`,
    at: new Date(Date.UTC(2026, 10, 27, 12, 0, id % 60)),
    ...more,
  };
}

it('a notice says what, where, and how to have less of it', () => {
  const mail = noticeMail(ines, notice(7), URL_OF_CONSOLE);

  expect(mail.to).toEqual({ name: 'Ines Kovar', address: 'ines@example.com' });
  expect(mail.subject).toBe('Harrier: Mara mentions you on CVE-2026-7');
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain('Please look.');
    expect(part).toContain(`${URL_OF_CONSOLE}/findings/${'a'.repeat(32)}?tab=activity`);
    expect(part).toContain(`${URL_OF_CONSOLE}/notices/mail`);
  }
  expect(mail.reference).toBe('harrier.notice.7');
});

it('a name that is written as markup or as a header is text', () => {
  const hostile = notice(1, {
    title: `<img src=x onerror=alert(1)>\r\nBcc: all@example.com\u0000 "&' \u202Egnp.exe`,
    detail: '</p><script>alert(2)</script>',
  });
  const person = { ...ines, name: 'Ines\r\nBcc: x@example.com' };
  for (const mail of [noticeMail(person, hostile, URL_OF_CONSOLE), digestMail(person, [hostile], URL_OF_CONSOLE)]) {
    expect(mail.html).not.toMatch(/<(img|script)/);
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    for (const header of [mail.subject, mail.to.name]) expect(header).not.toMatch(/\p{Cc}/u);
    expect(mail.text).not.toMatch(/^Bcc/m);
    expect(mail.text + mail.html).not.toContain('\u202E');
  }
});

it('a title of ten thousand characters is cut, in subject and body', () => {
  const mail = noticeMail(ines, notice(1, { title: '𝒽'.repeat(10_000), detail: 'd'.repeat(100_000) }), URL_OF_CONSOLE);

  expect([...mail.subject].length).toBe(150);
  expect(mail.subject.isWellFormed()).toBe(true);
  expect(mail.text.length).toBeLessThan(3_000);
});

it.each(['https://evil.example/x', '//evil.example/x', '/\\evil.example/x', 'javascript:alert(1)', '/\t/evil.example'])(
  'a link that would leave the console leads to the notices: %j',
  (href) => {
    const mail = noticeMail(ines, notice(1, { href }), URL_OF_CONSOLE);

    expect(mail.text).toContain(`${URL_OF_CONSOLE}/notices\n`);
    expect(mail.html).not.toContain('href="https://evil');
    expect(mail.html).not.toContain('javascript:');
  },
);

it('a digest counts each kind, shows the newest twenty and says how many more there are', () => {
  const many = Array.from({ length: 25 }, (_, n) => notice(n + 1));
  const due = notice(99, { kind: 'due', title: '3 of yours past due', detail: '', href: '/my-work' });
  const mail = digestMail(ines, [due, ...many], URL_OF_CONSOLE);

  expect(mail.subject).toBe('Harrier: 26 notices: mentions 25, due 1');
  expect(mail.text.indexOf('Mentions: 25')).toBeLessThan(mail.text.indexOf('Due: 1'));
  expect(mail.text).toContain('CVE-2026-25\n'.trim());
  expect(mail.text).not.toContain('CVE-2026-5:');
  expect(mail.text).toContain('and 5 more');
  expect(mail.html.match(/<li>/g)).toHaveLength(21);
  expect(mail.reference).toBe('harrier.digest.99.26');
});
