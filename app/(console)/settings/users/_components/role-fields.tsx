import { useId } from 'react';
import { ROLE_WORDS } from '@/components/layout/person.ts';
import { TextField } from '@/components/ui/text-field.tsx';
import { ROLES, type Role } from '@/lib/core/model/permissions.ts';

const MAY: Readonly<Record<Role, string>> = {
  viewer: 'reads findings',
  triage: 'reads and triages findings, runs scans',
  lead: 'triages, accepts risk, runs scans, sees cost',
  finance: 'sees counts, sets prices and budgets',
  security: 'everything but changing settings and prices',
  admin: 'everything',
};

interface Props {
  readonly chosen: Role;
  readonly accounts: readonly string[] | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a person may do, and where. */
export function RoleFields({ chosen, accounts, fields }: Props) {
  const id = useId();
  return (
    <>
      <div className="grid gap-1.5">
        <label htmlFor={id} className="font-medium">
          Role
        </label>
        <select
          id={id}
          name="role"
          defaultValue={chosen}
          className="h-8 rounded-2 border border-line-strong bg-canvas px-2"
        >
          {ROLES.map((each) => (
            <option key={each} value={each}>
              {ROLE_WORDS[each]}: {MAY[each]}
            </option>
          ))}
        </select>
        {fields.role ? <p className="text-12 text-danger">{fields.role}</p> : null}
      </div>
      <TextField
        label="Accounts"
        name="accounts"
        defaultValue={accounts?.join(', ') ?? ''}
        hint="Twelve-digit ids between commas. Empty means all accounts."
        error={fields.accounts}
      />
    </>
  );
}
