'use client';

import { UserPlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { ROLE_WORDS } from '@/components/layout/person.ts';
import { Button } from '@/components/ui/button.tsx';
import { Chip } from '@/components/ui/chip.tsx';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { PersonView } from '@/lib/operations/users/list-people.ts';
import type { ShownLink } from './link-dialog.tsx';
import { PersonMenu } from './person-menu.tsx';

const InviteDialog = dynamic(() => import('./invite-dialog.tsx').then((module) => module.InviteDialog));
const LinkDialog = dynamic(() => import('./link-dialog.tsx').then((module) => module.LinkDialog));
const ChangeRoleDialog = dynamic(() => import('./change-role-dialog.tsx').then((module) => module.ChangeRoleDialog));

interface Props {
  readonly people: readonly PersonView[];
  readonly now: Date;
  readonly ownId: string;
  /** Public address of the installation, which one-time links begin with. */
  readonly address: string;
  readonly mayChange: boolean;
}

export function People({ people, now, ownId, address, mayChange }: Props) {
  const [inviting, setInviting] = useState(false);
  const [changing, setChanging] = useState<PersonView | null>(null);
  const [link, setLink] = useState<ShownLink | null>(null);
  return (
    <section className="min-w-0">
      <div className="section-head">
        <h2>Users</h2>
        <span className="text-12 text-fg-3">{people.length === 1 ? '1 person' : `${people.length} people`}</span>
        {mayChange ? (
          <Button className="ml-auto self-center" onClick={() => setInviting(true)}>
            <UserPlus size={14} strokeWidth={1.6} aria-hidden="true" />
            Invite a person
          </Button>
        ) : null}
      </div>
      <ScrollRegion label="People who may sign in">
        <table className="table">
          <thead>
            <tr>
              <th>Name</th>
              <th>E-mail</th>
              <th>Role</th>
              <th>Accounts</th>
              <th>Teams</th>
              <th>Last sign-in</th>
              <th className="num">Sessions</th>
              {mayChange ? (
                <th>
                  <span className="vh">Change</span>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.id}>
                <td>
                  {person.name} <PersonState person={person} isSelf={person.id === ownId} />
                </td>
                <td>{person.email}</td>
                <td>{ROLE_WORDS[person.role]}</td>
                <td title={person.accounts?.join(', ')}>{accountsInWords(person.accounts)}</td>
                <td className="max-w-[200px] truncate" title={person.teams.join(', ')}>
                  <bdi>{person.teams.join(', ') || 'None'}</bdi>
                </td>
                <td>{person.lastSignInAt === null ? 'Never' : <Timestamp time={person.lastSignInAt} now={now} />}</td>
                <td className="num">{person.sessions}</td>
                {mayChange ? (
                  <td className="num">
                    <PersonMenu person={person} onChangeRole={setChanging} onLink={setLink} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {inviting ? <InviteDialog onClose={() => setInviting(false)} onLink={setLink} /> : null}
      {changing === null ? null : <ChangeRoleDialog person={changing} onClose={() => setChanging(null)} />}
      {link === null ? null : <LinkDialog link={link} address={address} onClose={() => setLink(null)} />}
    </section>
  );
}

function PersonState({ person, isSelf }: { readonly person: PersonView; readonly isSelf: boolean }) {
  if (person.disabled) {
    return <Chip kind="stale">Disabled</Chip>;
  }
  if (person.lastSignInAt === null) {
    return <Chip>Invited</Chip>;
  }
  return isSelf ? <Chip kind="plain">You</Chip> : null;
}

function accountsInWords(accounts: readonly string[] | null): string {
  if (accounts === null) {
    return 'All';
  }
  return accounts.length === 1 ? (accounts[0] ?? '') : `${accounts.length} accounts`;
}
