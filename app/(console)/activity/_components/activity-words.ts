import type { ActivityKind, ActivityRow } from '@/lib/core/model/activity.ts';

/** What entries say was done, in the past tense; an action that is not here says it by its own name. */
const WORDS: Readonly<Record<string, string>> = {
  'sign-in': 'signed in',
  'sign-in-failed': 'failed to sign in',
  'set-up': 'set up the installation',
  'password-set': 'chose a password',
  'password-changed': 'changed the password',
  'password-link-made': 'made a password link',
  'person-invited': 'invited',
  'person-disabled': 'disabled sign-in',
  'person-enabled': 'enabled sign-in',
  'role-changed': 'changed role',
  'sessions-revoked': 'ended all sessions',
  'findings-status': 'changed status',
  'findings-assign': 'assigned',
  'findings-snooze': 'put off',
  'findings-comment': 'commented',
  'findings-undo': 'undid',
  'findings-widened': 'opened again',
  'suppression-rule-proposed': 'proposed rule',
  'suppression-rule-created': 'created rule',
  'suppression-rule-approved': 'approved rule',
  'suppression-rule-began': 'began rule',
  'suppression-rule-ended': 'ended rule',
  'suppression-rule-extended': 'extended rule',
  'suppression-rule-extension-proposed': 'asked for a later end',
  'scan-started': 'started scan',
  'job-cancelled': 'cancelled job',
  'feeds-sync-started': 'asked for new advisories',
  'sample-load-started': 'loaded the sample estate',
  'sample-removal-started': 'removed the sample estate',
  'sla-policy-changed': 'changed due dates',
  'scoring-changed': 'changed the points of the score',
  'routing-rules-changed': 'changed routing',
  'registry-credential-saved': 'saved registry sign-in',
  'registry-credential-removed': 'removed registry sign-in',
  'mail-settings-saved': 'saved mail server',
  'mail-settings-removed': 'removed mail server',
  'history-verified': 'verified the chain',
  'history-removed': 'removed old history',
  'activity-exported': 'exported activity',
  'overview-exported': 'exported the overview',
  'scan-policy-changed': 'changed what is scanned',
  'coverage-exported': 'exported coverage',
  'cost-exported': 'exported the cost',
  'exposure-exported': 'exported exposure',
};

export const KIND_WORDS: Readonly<Record<ActivityKind, string>> = {
  triage: 'triage',
  rules: 'rules',
  scan: 'scan',
  settings: 'settings',
  access: 'access',
  history: 'history',
  aws: 'AWS',
  other: 'other',
};

export function wordsOfAction(action: string): string {
  return WORDS[action] ?? action.replaceAll('-', ' ');
}

export function nameOfActor({ actor, actorName }: Pick<ActivityRow, 'actor' | 'actorName'>): string {
  if (actorName !== null) return actorName;
  return actor === 'harrier' ? 'Harrier' : actor;
}
