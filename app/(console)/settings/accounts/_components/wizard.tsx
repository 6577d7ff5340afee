'use client';

import { type ReactNode, useState } from 'react';
import type { Connection, Identity } from '../connection.ts';
import type { ConnectionStanding } from '../connection-states.ts';
import { WizardSteps } from './wizard-steps.tsx';

export interface WizardProps {
  /** Null for a new one. */
  readonly connection: Connection | null;
  readonly defaults: { readonly newExternalId: string; readonly identity: Identity };
  /** Of the connection with its accounts; null before it is kept. */
  readonly standing: ConnectionStanding | null;
  readonly checkedAt: Date | null;
  /** Whether there is no other connection to go back to. */
  readonly isFirst: boolean;
  readonly mayChange: boolean;
  readonly mayScan: boolean;
  readonly now: Date;
  /** What calls proved of each permission. */
  readonly children: ReactNode;
}

/** The way into accounts of AWS, step by step. */
export function Wizard(props: WizardProps) {
  // A new connection gets its id while its steps are open; they stay as they are.
  const [savedHere, setSavedHere] = useState<string | null>(null);
  const id = props.connection?.id ?? null;
  return <WizardSteps key={id === savedHere ? 'new' : (id ?? 'new')} {...props} onSaved={setSavedHere} />;
}
