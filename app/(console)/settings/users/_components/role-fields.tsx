import { ROLE_WORDS } from '@/components/layout/person.ts';
import { SelectField } from '@/components/ui/select-field.tsx';
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

const CHOICES = ROLES.map((role) => ({ value: role, label: `${ROLE_WORDS[role]}: ${MAY[role]}` }));

interface Props {
  readonly chosen: Role;
  readonly accounts: readonly string[] | null;
  readonly teams: readonly string[];
  readonly faults: Readonly<Record<string, string>>;
}

/** What a person may do, and where. */
export function RoleFields({ chosen, accounts, teams, faults }: Props) {
  return (
    <>
      <SelectField label="Role" name="role" defaultValue={chosen} options={CHOICES} error={faults.role} />
      <TextField
        label="Accounts"
        name="accounts"
        defaultValue={accounts?.join(', ') ?? ''}
        hint="Twelve-digit ids between commas. Empty means all accounts."
        error={faults.accounts}
      />
      <TextField
        label="Teams"
        name="teams"
        defaultValue={teams.join(', ')}
        hint="Names between commas, as routing gives findings to them. Their findings are in My work."
        error={faults.teams}
      />
    </>
  );
}
