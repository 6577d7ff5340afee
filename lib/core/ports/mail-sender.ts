import type { Mail, MailOutcome, MailServer } from '../model/mail.ts';

/** Hands mail to a server. */
export interface MailSender {
  /** Never throws for what the server does; ends within a minute whatever the server does. */
  send(server: MailServer & { readonly password: string | null }, mail: Mail): Promise<MailOutcome>;
}
