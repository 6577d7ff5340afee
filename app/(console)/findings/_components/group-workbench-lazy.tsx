'use client';

import dynamic from 'next/dynamic';

/** The grouped list is a script of its own: who never groups never loads it. */
export const GroupWorkbench = dynamic(() => import('./group-workbench.tsx').then((module) => module.GroupWorkbench));
