'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { RegistryCredential } from '@/lib/operations/registries/list-registry-credentials.ts';
import { removeRegistryCredentialAction } from '../actions.ts';

const CredentialDialog = dynamic(() => import('./credential-dialog.tsx').then((module) => module.CredentialDialog));

interface Props {
  readonly credentials: readonly RegistryCredential[];
  readonly now: Date;
  readonly mayChange: boolean;
}

/** Registries that ask who pulls. A password goes in here and is never shown again. */
export function Registries({ credentials, now, mayChange }: Props) {
  /** The host that is edited; an empty one for a new sign-in, null while nothing is. */
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <section className="min-w-0">
      <div className="section-head">
        <h2>Registries</h2>
        <span className="text-12 text-fg-3">Sign-ins for pulling container images</span>
        {mayChange ? (
          <Button className="ml-auto self-center" onClick={() => setEditing('')}>
            <Plus size={14} strokeWidth={1.6} aria-hidden="true" />
            Add a sign-in
          </Button>
        ) : null}
      </div>
      {credentials.length === 0 ? (
        <p className="max-w-[68ch] py-3 text-fg-2">
          No sign-ins are kept. Images that anybody may pull are scanned without one; a private registry needs a name
          and a password or token that may only read.
        </p>
      ) : (
        <ScrollRegion label="Sign-ins of registries">
          <table className="table">
            <thead>
              <tr>
                <th>Registry</th>
                <th>Signs in as</th>
                <th>Changed</th>
                <th>By</th>
                {mayChange ? (
                  <th>
                    <span className="vh">Change</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {credentials.map((credential) => (
                <tr key={credential.host}>
                  <td>
                    <code>{credential.host}</code>
                  </td>
                  <td>{credential.username}</td>
                  <td>
                    <Timestamp time={credential.updatedAt} now={now} />
                  </td>
                  <td>{credential.updatedBy}</td>
                  {mayChange ? (
                    <td className="num whitespace-nowrap">
                      <Button kind="ghost" onClick={() => setEditing(credential.host)}>
                        Replace
                      </Button>
                      <RemoveButton host={credential.host} />
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {editing === null ? null : <CredentialDialog host={editing} onClose={() => setEditing(null)} />}
    </section>
  );
}

function RemoveButton({ host }: { readonly host: string }) {
  const [pending, startTransition] = useTransition();

  function remove(): void {
    startTransition(async () => {
      const result = await removeRegistryCredentialAction({ host });
      showToast(result.ok ? `The sign-in for ${host} was forgotten.` : result.message, { error: !result.ok });
    });
  }

  return (
    <Button kind="ghost" disabled={pending} aria-label={`Forget the sign-in for ${host}`} onClick={remove}>
      Forget
    </Button>
  );
}
