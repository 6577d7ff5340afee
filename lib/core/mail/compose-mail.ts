import type { Mail } from '../model/mail.ts';
import { NOTICE_KINDS, type Notice, type NoticeKind } from '../model/notice.ts';

type Told = Pick<Notice, 'id' | 'kind' | 'title' | 'detail' | 'href' | 'at'>;

interface Recipient {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

const NAME_MAX = 100;
const SUBJECT_MAX = 150;
const TITLE_MAX = 300;
const DETAIL_MAX = 1_000;
/** A digest lists so many of a kind and counts the rest. */
const LISTED_MAX = 20;
/** Where people choose what they are mailed. */
const CHOICE_PATH = '/notices/mail';

const KIND_WORDS: Readonly<Record<NoticeKind, string>> = {
  mention: 'Mentions',
  assigned: 'Given to you',
  act: 'Acts that ended',
  approval: 'Wait for your yes',
  watch: 'Watched vulnerabilities',
  ending: 'Ending soon',
  due: 'Due',
  drift: 'Wider than intended',
};

/** One notice as a mail. */
export function noticeMail(person: Recipient, notice: Told, url: string): Mail {
  const title = oneLine(notice.title, TITLE_MAX);
  const detail = oneLine(notice.detail, DETAIL_MAX);
  const link = linkOf(url, notice.href);
  return mailOf(person, url, `notice.${notice.id}`, title, {
    text: [title, ...(detail === '' ? [] : ['', detail]), '', link],
    html: `<p><strong>${escapeHtml(title)}</strong></p>${detail === '' ? '' : `<p>${escapeHtml(detail)}</p>`}<p>${anchor(link, 'Open in Harrier')}</p>`,
  });
}

/** Many notices as one mail, by kind with their counts; the newest of each kind first. */
export function digestMail(person: Recipient, notices: readonly Told[], url: string): Mail {
  const groups = NOTICE_KINDS.map((kind) => ({
    kind,
    all: notices.filter((notice) => notice.kind === kind).sort((a, b) => b.at.getTime() - a.at.getTime()),
  })).filter(({ all }) => all.length > 0);
  const text: string[] = [];
  let html = '';
  for (const { kind, all } of groups) {
    const heading = `${KIND_WORDS[kind]}: ${all.length.toLocaleString('en-US')}`;
    const more = all.length - LISTED_MAX;
    text.push(...(text.length === 0 ? [] : ['']), heading);
    html += `<h2 style="font-size:16px">${heading}</h2><ul>`;
    for (const notice of all.slice(0, LISTED_MAX)) {
      const title = oneLine(notice.title, TITLE_MAX);
      const detail = oneLine(notice.detail, DETAIL_MAX);
      const link = linkOf(url, notice.href);
      text.push(`- ${title}${detail === '' ? '' : `: ${detail}`}`, `  ${link}`);
      html += `<li>${anchor(link, title)}${detail === '' ? '' : `<br>${escapeHtml(detail)}`}</li>`;
    }
    html += '</ul>';
    if (more > 0) {
      const rest = `and ${more.toLocaleString('en-US')} more`;
      text.push(`  ${rest}: ${linkOf(url, '/notices')}`);
      html += `<p>${anchor(linkOf(url, '/notices'), rest)}</p>`;
    }
  }
  const subject = `${notices.length.toLocaleString('en-US')} ${notices.length === 1 ? 'notice' : 'notices'}: ${groups
    .map(({ kind, all }) => `${KIND_WORDS[kind].toLowerCase()} ${all.length.toLocaleString('en-US')}`)
    .join(', ')}`;
  const last = notices.map(({ id }) => id).reduce((a, b) => (BigInt(a) > BigInt(b) ? a : b), '0');
  return mailOf(person, url, `digest.${last}.${notices.length}`, subject, { text, html });
}

/** What an administrator sends to themselves to see whether mail arrives. */
export function testMail(person: Recipient, url: string, at: Date): Mail {
  const said = 'Harrier can send mail with these settings.';
  return mailOf(person, url, `test.${at.getTime()}`, 'Test mail', {
    text: [said, '', url],
    html: `<p>${said}</p><p>${anchor(linkOf(url, '/'), 'Open Harrier')}</p>`,
  });
}

function mailOf(
  person: Recipient,
  url: string,
  reference: string,
  subject: string,
  body: { readonly text: readonly string[]; readonly html: string },
): Mail {
  const choice = linkOf(url, CHOICE_PATH);
  const why = 'You get this because of your notices in Harrier. Choose what is mailed to you, and when:';
  return {
    to: { name: oneLine(person.name, NAME_MAX), address: person.email },
    subject: oneLine(`Harrier: ${subject}`, SUBJECT_MAX),
    text: `${[...body.text, '', '--', why, choice].join('\n')}\n`,
    html: `<!doctype html><html lang="en"><body style="font-family:sans-serif;font-size:14px;line-height:1.5">${body.html}<hr><p style="font-size:12px">${why} ${anchor(choice, 'mail settings')}</p></body></html>`,
    reference: `harrier.${reference}`,
  };
}

/** An address of the console; what leads elsewhere leads to the notices instead. */
function linkOf(url: string, href: string): string {
  const link = href.startsWith('/') ? URL.parse(href, url) : null;
  return link !== null && link.origin === URL.parse(url)?.origin ? link.href : `${url}/notices`;
}

/** Without characters that end a line, hide text or turn its direction, and of bounded length. */
function oneLine(text: string, max: number): string {
  const clean = text
    .slice(0, max * 4)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .trim();
  const letters = [...clean];
  return letters.length > max ? `${letters.slice(0, max - 1).join('')}…` : clean;
}

function anchor(link: string, words: string): string {
  return `<a href="${escapeHtml(link)}">${escapeHtml(words)}</a>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
