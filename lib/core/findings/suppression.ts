import type { FindingQuery, QueryTerm } from '../model/finding-query.ts';
import { type Caller, isAllowed } from '../model/permissions.ts';
import type { Approval, RuleEffect, RuleRefusals, SuppressionRule } from '../model/suppression.ts';
import { formatQuery } from './query/format-query.ts';
import { parseQuery } from './query/parse-query.ts';
import { forReader } from './query/query-fields.ts';

export const RULE_DAYS_MAX = 180;
export const RULE_REASON_CHARACTERS_MAX = 512;
/**
 * Every rule is looked over this often: facts that no finding repeats (tags, names of accounts, likelihood of exploitation) and
 * ages change what a query finds without any finding being written.
 */
export const RULE_FRESH_MS = 3_600_000;
/** A rule may hide at most this share of what is open … */
const BROAD_SHARE = 0.2;
/** … unless it hides no more than so many findings: in a small estate a few are a large share. */
const BROAD_FROM = 10;

const DAY_MS = 24 * 3_600_000;
const NAME = /^[A-Za-z0-9._-]{3,64}$/;

export interface RuleDraft {
  readonly name: string;
  readonly reason: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** What is wrong with a draft, a sentence for each field; empty when nothing is. */
export function faultsOfDraft(
  { name, reason, startsAt, endsAt }: RuleDraft,
  now: Date,
): Readonly<Record<string, string>> {
  const length = reason.trim().length;
  return {
    ...(NAME.test(name) ? {} : { name: 'A name has 3 to 64 letters, digits, dots, dashes and underscores.' }),
    ...(length >= 1 && length <= RULE_REASON_CHARACTERS_MAX
      ? {}
      : { reason: `Say why in 1 to ${RULE_REASON_CHARACTERS_MAX} characters.` }),
    ...faultOfEnd(startsAt, endsAt, now),
  };
}

function faultOfEnd(startsAt: Date, endsAt: Date, now: Date): Readonly<Record<string, string>> {
  if (endsAt <= startsAt || endsAt <= now) {
    return { endsAt: 'The end has to lie after the beginning and in the future.' };
  }
  return endsAt.getTime() - Math.max(startsAt.getTime(), now.getTime()) > RULE_DAYS_MAX * DAY_MS
    ? { endsAt: `A rule lasts at most ${RULE_DAYS_MAX} days; extend it when it is still right then.` }
    : {};
}

export type ReadRuleQuery = { readonly query: FindingQuery; readonly text: string } | { readonly error: string };

/** Fields that a rule itself changes: what it hides would decide what it hides. */
const STATE_FIELDS: readonly string[] = ['is', 'status', 'updated'];

/**
 * The query of a rule with its author in place of `me`. A rule is about open findings, so `is:open` goes without saying; other
 * states are refused, because they are what the rule changes.
 */
export function readRuleQuery(text: string, author: string): ReadRuleQuery {
  const { query, errors } = parseQuery(text);
  const [wrong] = errors;
  if (wrong !== undefined) {
    return { error: wrong.error };
  }
  const terms = query.terms.filter((term) => !isOpenTerm(term));
  const state = terms.find((term) => STATE_FIELDS.includes(term.field));
  if (state !== undefined) {
    return {
      error: `A rule cannot ask for ${state.field}:, because hiding a finding changes it. Say what the findings are instead.`,
    };
  }
  if (terms.length === 0) {
    return { error: 'A rule needs at least one condition: without any it would hide everything.' };
  }
  const own = forReader({ terms }, author);
  return { query: own, text: formatQuery(own) };
}

function isOpenTerm(term: QueryTerm): boolean {
  const isState = term.kind === 'word' && (term.field === 'is' || term.field === 'status');
  return isState && !term.negated && term.values.every((value) => ['open', 'active', 'any'].includes(value));
}

/** The stored text of a rule as data. It was canonical when it was stored, so a fault means a later, narrower language. */
export function storedRuleQuery(text: string): FindingQuery | null {
  const { query, errors } = parseQuery(text);
  return errors.length === 0 && query.terms.length > 0 ? query : null;
}

/** Known exploited and critical findings are hidden by two people or not at all. */
export function needsTwo({ severities, knownExploited }: Pick<RuleEffect, 'severities' | 'knownExploited'>): boolean {
  return severities.CRITICAL > 0 || knownExploited > 0;
}

export function hasTwoPeople(approvals: readonly Approval[]): boolean {
  return approvals.some(({ writes }) => writes) && new Set(approvals.map(({ userId }) => userId)).size >= 2;
}

/** Whether a proposed rule may come into force. */
export function isApproved(approvals: readonly Approval[], two: boolean): boolean {
  return two ? hasTwoPeople(approvals) : approvals.some(({ writes }) => writes);
}

/** The author's own yes, or a second person's. */
export function approvalOf(caller: Pick<Caller, 'userId' | 'name' | 'role'>, at: Date): Approval {
  const { userId, name, role } = caller;
  return { userId, name, at, writes: isAllowed(role, 'suppression:write') };
}

type Actor = Pick<Caller, 'userId' | 'role' | 'accounts'>;

/** Why somebody may not approve the rule; null when they may. */
export function refusedApproval(rule: SuppressionRule, by: Actor): string | null {
  const refused = refusedChange(rule, by);
  if (refused !== null) {
    return refused;
  }
  if (!isAllowed(by.role, 'suppression:write')) {
    return 'Your role may propose rules and not approve them. Security or an admin can.';
  }
  if (rule.proposedEnd !== null) {
    return rule.proposedEnd.by.userId === by.userId
      ? 'You asked for the later end yourself; another person has to approve it.'
      : null;
  }
  if (rule.approvals.some(({ userId }) => userId === by.userId)) {
    return 'You have approved it already; another person has to.';
  }
  return rule.state === 'active' && hasTwoPeople(rule.approvals) ? 'Two people have approved it already.' : null;
}

/** Why somebody may not end the rule; null when they may. Whoever wrote a rule or answers for it may take it back. */
export function refusedEnding(rule: SuppressionRule, by: Actor): string | null {
  const isOwn = rule.createdBy === by.userId || rule.owner === by.userId;
  return isOwn || isAllowed(by.role, 'suppression:write')
    ? refusedChange(rule, by)
    : 'Only its author, its owner, Security or an admin can end this rule.';
}

/** Why the rule may not end later; null when it may. */
export function refusedExtension(rule: SuppressionRule, by: Actor, until: Date, now: Date): string | null {
  const refused = refusedChange(rule, by);
  if (refused !== null) {
    return refused;
  }
  if (rule.endsAt === null || rule.state !== 'active') {
    return 'Only a rule that is active can be extended.';
  }
  if (until <= rule.endsAt) {
    return 'The new end has to lie after the one it has; to shorten a rule, end it.';
  }
  return until.getTime() - now.getTime() > RULE_DAYS_MAX * DAY_MS
    ? `A rule lasts at most ${RULE_DAYS_MAX} days from today.`
    : null;
}

/** What somebody may not do to a rule now; an extension is judged by the shortest one. */
export function refusalsOf(rule: SuppressionRule, by: Actor, now: Date): RuleRefusals {
  if (!isAllowed(by.role, 'suppression:propose')) {
    const refused = `${NO_RIGHT} A lead may propose, Security or an admin decides.`;
    return { approve: refused, end: refused, extend: refused };
  }
  const later = new Date(Math.max(rule.endsAt?.getTime() ?? 0, now.getTime()) + 1);
  return {
    approve: refusedApproval(rule, by),
    end: refusedEnding(rule, by),
    extend: refusedExtension(rule, by, later, now),
  };
}

const NO_RIGHT = 'Your role may read suppression rules and not change them.';

function refusedChange(rule: SuppressionRule, by: Actor): string | null {
  if (rule.origin === 'vex') {
    return 'This is what a supplier says. It ends when the document is taken away or says something else.';
  }
  if (rule.state === 'ended') {
    return 'This rule has ended. Write a new one.';
  }
  return seesAll(by.accounts, rule.accounts)
    ? null
    : 'The rule reaches accounts outside your scope. Somebody who sees all of them can change it.';
}

/** Whether somebody who sees `accounts` sees all that a rule may hide. */
export function seesAll(accounts: readonly string[] | null, ofRule: readonly string[] | null): boolean {
  return accounts === null || (ofRule?.every((account) => accounts.includes(account)) ?? false);
}

/** Whether somebody who sees `accounts` sees anything that a rule may hide. */
export function seesSome(accounts: readonly string[] | null, ofRule: readonly string[] | null): boolean {
  return accounts === null || ofRule === null || ofRule.some((account) => accounts.includes(account));
}

/** Why a rule hides too much to come into force; null when it does not. */
export function refusedAsBroad({ total, open }: Pick<RuleEffect, 'total' | 'open'>): string | null {
  if (!isBroad(total, open)) {
    return null;
  }
  const share = Math.round((total / open) * 100);
  return `It would hide ${total.toLocaleString('en-US')} of ${open.toLocaleString('en-US')} open findings (${share} %). A rule may hide at most ${BROAD_SHARE * 100} %: narrow the query, or write several rules with a reason each.`;
}

export function isBroad(hidden: number, open: number): boolean {
  return hidden > BROAD_FROM && hidden > open * BROAD_SHARE;
}

/** More findings than this make a rule too broad, so counting may stop there. */
export function broadBound(open: number): number {
  return Math.max(BROAD_FROM, Math.floor(open * BROAD_SHARE));
}

/** Whether a rule hides findings at this time. */
export function isInForce({ state, startsAt, endsAt }: SuppressionRule, now: Date): boolean {
  return state === 'active' && startsAt <= now && (endsAt === null || now < endsAt);
}

/** What the passing of time asks for: a rule begins, ends, or nobody approved it before its end. */
export function dueStep(rule: SuppressionRule, now: Date): 'begin' | 'end' | null {
  if (rule.state === 'ended') {
    return null;
  }
  if (rule.endsAt !== null && rule.endsAt <= now) {
    return 'end';
  }
  return isInForce(rule, now) && !rule.inForce ? 'begin' : null;
}

/**
 * The query as it was answered before a vulnerability became known to be exploited: null when it asks for exploited ones
 * alone. Of the other facts today's are taken.
 */
export function beforeExploitation({ terms }: FindingQuery): FindingQuery | null {
  const isExploit = (term: QueryTerm): boolean => term.field === 'exploit';
  const held = (term: QueryTerm): boolean =>
    term.kind === 'word' && term.values.some((value) => value !== 'kev') !== term.negated;
  return terms.some((term) => isExploit(term) && !held(term))
    ? null
    : { terms: terms.filter((term) => !isExploit(term)) };
}
