import type { CoverageColumn } from '@/lib/core/coverage/summary.ts';
import { DISCOVERED_SERVICES } from '@/lib/core/model/cloud.ts';
import type { CoverageView } from '@/lib/core/model/coverage-view.ts';
import { accountWord, type CellWord, placeName, unreadWord } from '../grid-rows.ts';
import { ALL_PLACES } from '../search-params.ts';
import { SERVICE_WORDS } from '../widening.ts';

/** Something that could not be looked at: a whole account, or a service of it in one region. */
export interface UnreadLine {
  readonly key: string;
  readonly account: string;
  /** Null for the whole account. */
  readonly where: string | null;
  readonly word: CellWord;
  readonly said: string;
  readonly since: Date | null;
}

/** Accounts first, then the services of others; narrowed to a cell of the grid where one is given. */
export function unreadOf(
  { by, accounts, unread }: CoverageView,
  cell: { readonly place: string; readonly service: CoverageColumn } | null = null,
): readonly UnreadLine[] {
  const isAsked = (place: string) => cell === null || cell.place === ALL_PLACES || cell.place === place;
  const isService = cell === null || DISCOVERED_SERVICES.some((service) => service === cell.service);
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const whole = accounts.flatMap((account): readonly UnreadLine[] => {
    const word = accountWord(account);
    const isOfCell = isService && (by === 'account' ? isAsked(account.id) : isAsked(ALL_PLACES));
    if (word === null || !isOfCell) return [];
    const { id, name, detail, since } = account;
    return [{ key: id, account: name, where: null, word, said: detail ?? '', since }];
  });
  const parts = unread
    .filter(
      ({ accountId, region, service }) =>
        isAsked(by === 'account' ? accountId : region) && (cell === null || cell.service === service),
    )
    .map((one): UnreadLine => {
      const { accountId, region, service, detail, since } = one;
      return {
        key: `${accountId} ${region} ${service}`,
        account: names.get(accountId) ?? accountId,
        where: `${placeName(region)}, ${service === 'network' ? 'network' : SERVICE_WORDS[service]}`,
        word: unreadWord(one),
        said: detail,
        since,
      };
    });
  return [...whole, ...parts];
}
