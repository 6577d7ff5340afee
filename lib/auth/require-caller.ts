import 'server-only';
import { redirect } from 'next/navigation';
import type { Caller } from '../core/model/permissions.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import { getDependencies } from '../wiring/for-next.ts';
import { currentCaller } from './current-caller.ts';
import { signInPath } from './next-path.ts';
import { requestedPath } from './requested-path.ts';

/** For pages: the caller and the walls, or off to sign-in, which leads back to the page that was asked for. */
export async function requireCaller(): Promise<{ readonly deps: Dependencies; readonly caller: Caller }> {
  const caller = await currentCaller();
  if (caller === null) {
    redirect(signInPath(requestedPath()));
  }
  return { deps: await getDependencies(), caller };
}
