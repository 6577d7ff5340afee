import { alpineSecdb } from './alpine-secdb.ts';
import { archTracker } from './arch-tracker.ts';
import { debianTracker } from './debian-tracker.ts';
import { epss } from './epss.ts';
import type { FeedKind, FeedKindId } from './feed-kind.ts';
import { kev } from './kev.ts';
import { nvd } from './nvd.ts';
import { osv } from './osv.ts';
import { photonCve } from './photon-cve.ts';
import { redhatVex } from './redhat-vex.ts';
import { ubuntuVex } from './ubuntu-vex.ts';
import { updateinfo } from './updateinfo.ts';

/** Every kind of feed by id, in the order in which they are asked for a name. OSV is last: it takes what nobody else knows. */
export const feedKinds = {
  updateinfo,
  'debian-tracker': debianTracker,
  'alpine-secdb': alpineSecdb,
  'arch-tracker': archTracker,
  'photon-cve': photonCve,
  'redhat-vex': redhatVex,
  'ubuntu-vex': ubuntuVex,
  nvd,
  kev,
  epss,
  osv,
} as const satisfies Record<FeedKindId, FeedKind>;
