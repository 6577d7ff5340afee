import { LogOut } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { signOutAction } from './actions.ts';

/** Signs out; works without scripts too. */
export function SignOutButton() {
  return (
    <form action={signOutAction}>
      <Button kind="ghost" icon type="submit" aria-label="Sign out" title="Sign out">
        <LogOut size={15} strokeWidth={1.6} aria-hidden="true" />
      </Button>
    </form>
  );
}
