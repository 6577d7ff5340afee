import type { AdvisoryIndex } from '../core/ports/advisory-index.ts';
import type { MailSender } from '../core/ports/mail-sender.ts';
import { createSmtpSender } from '../mail/smtp-sender.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import { dependenciesOn } from '../wiring/dependencies.ts';
import { createSystemReads } from '../wiring/system-reads.ts';
import { memoryAdvisoryIndex } from './memory-advisory-index.ts';
import type { StoreFixture } from './store-fixture.ts';

const NO_DATA = '/nonexistent';

/** What handlers and operations are given, on the fixture's database; without advisories unless there are some. */
export function storeDependencies(
  { stores, database }: StoreFixture,
  now: () => Date,
  advisories: () => AdvisoryIndex = () => memoryAdvisoryIndex([]),
  mailSender: MailSender = createSmtpSender(),
): Dependencies {
  const system = createSystemReads(NO_DATA, database);
  return dependenciesOn(stores, { system, advisories, clock: { now }, mailSender });
}
