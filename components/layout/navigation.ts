import {
  CircleDollarSign,
  EyeOff,
  Grid3x3,
  History,
  Inbox,
  LayoutDashboard,
  ListFilter,
  type LucideIcon,
  ScanLine,
  Server,
  Settings2,
  Waypoints,
} from 'lucide-react';

export interface NavigationEntry {
  readonly label: string;
  readonly path: string;
  readonly icon: LucideIcon;
  /** The key after G; null where there is none. */
  readonly key: string | null;
}

export interface NavigationGroup {
  readonly label: string;
  readonly entries: readonly NavigationEntry[];
}

/** Pages that exist, in the groups of the design. An entry is added together with its page. */
export const NAVIGATION: readonly NavigationGroup[] = [
  {
    label: 'Triage',
    entries: [
      { label: 'Overview', path: '/overview', icon: LayoutDashboard, key: 'o' },
      { label: 'Findings', path: '/findings', icon: ListFilter, key: 'f' },
      { label: 'My work', path: '/my-work', icon: Inbox, key: 'm' },
    ],
  },
  {
    label: 'Estate',
    entries: [
      { label: 'Resources', path: '/resources', icon: Server, key: 's' },
      { label: 'Exposure', path: '/exposure', icon: Waypoints, key: 'e' },
      { label: 'Coverage', path: '/coverage', icon: Grid3x3, key: 'c' },
    ],
  },
  { label: 'Assurance', entries: [{ label: 'Scans', path: '/scans', icon: ScanLine, key: 'j' }] },
  {
    label: 'Govern',
    entries: [
      { label: 'Cost', path: '/cost', icon: CircleDollarSign, key: '$' },
      { label: 'Suppression rules', path: '/suppression', icon: EyeOff, key: 'u' },
      { label: 'Activity', path: '/activity', icon: History, key: 'a' },
    ],
  },
];

export const SETTINGS: NavigationEntry = { label: 'Settings', path: '/settings', icon: Settings2, key: null };

export const ALL_ENTRIES: readonly NavigationEntry[] = [...NAVIGATION.flatMap((group) => group.entries), SETTINGS];

export function isCurrent(path: string, pathname: string): boolean {
  return pathname === path || pathname.startsWith(`${path}/`);
}
