import { cache } from 'react';
import { listConnections } from '@/lib/operations/cloud/list-connections.ts';
import { ask } from '../../ask.ts';
import { settle } from '../../settle.ts';

/** Once for the page and for the sections beside it. */
export const loadConnections = cache(() => settle(ask(listConnections, {}), 'Accounts'));
