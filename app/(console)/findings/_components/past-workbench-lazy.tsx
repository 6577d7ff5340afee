'use client';

import dynamic from 'next/dynamic';

/** The list of a past day is a script of its own: who looks at the present never loads it. */
export const PastWorkbench = dynamic(() => import('./past-workbench.tsx').then((module) => module.PastWorkbench));
