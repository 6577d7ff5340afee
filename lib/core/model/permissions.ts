/** Roles of a person, least rights first (design section 8). */
export const ROLES = ['viewer', 'triage', 'lead', 'finance', 'security', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What an operation may require. */
export const PERMISSIONS = [
  'findings:read',
  'counts:read',
  'findings:triage',
  'risk:accept',
  'suppression:propose',
  'suppression:write',
  'scans:read',
  'scans:run',
  'cost:read',
  'cost:write',
  'settings:read',
  'settings:write',
  'own-session:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The rights matrix as data. Operations check it; doors only pass the caller on. */
export const RIGHTS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['findings:read', 'counts:read', 'scans:read', 'own-session:write'],
  triage: ['findings:read', 'counts:read', 'scans:read', 'findings:triage', 'scans:run', 'own-session:write'],
  lead: [
    'findings:read',
    'counts:read',
    'scans:read',
    'findings:triage',
    'risk:accept',
    'suppression:propose',
    'scans:run',
    'cost:read',
    'own-session:write',
  ],
  finance: ['counts:read', 'scans:read', 'cost:read', 'cost:write', 'own-session:write'],
  security: [
    'findings:read',
    'counts:read',
    'scans:read',
    'findings:triage',
    'risk:accept',
    'suppression:propose',
    'suppression:write',
    'scans:run',
    'cost:read',
    'settings:read',
    'own-session:write',
  ],
  admin: [...PERMISSIONS],
};

/** Who is asking, and for which accounts: `accounts` is null for all accounts, else the twelve-digit ids in scope. */
export interface Caller {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly accounts: readonly string[] | null;
  readonly sessionId: string;
}

export function isAllowed(role: Role, permission: Permission): boolean {
  return RIGHTS[role].includes(permission);
}
