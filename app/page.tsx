import { redirect } from 'next/navigation';
import { formatScope } from '@/components/layout/scope-params.ts';
import { formatSearch } from '@/components/layout/search-params.ts';
import { WHOLE_ESTATE } from '@/lib/core/model/scope.ts';
import { getPreferences } from '@/lib/operations/personal/preferences.ts';
import { ask } from './(console)/ask.ts';

/** The overview, in the scope that the reader chose to begin with. */
export default async function Home() {
  const { scopes } = await ask(getPreferences, {});
  const first = scopes.find(({ isDefault }) => isDefault);
  redirect(`/overview${first ? formatSearch(formatScope({ ...WHOLE_ESTATE, ...first })) : ''}`);
}
