import { configMark } from '../../config/read-configs.ts';
import { inTurn } from '../../lib/in-turn.ts';
import type { Catalogue } from '../../warehouse/catalogue.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { type AdvertiserBook, makeAdvertiserBooks } from './advertiser-book.ts';
import { makeNameSearch, type NameHit } from './name-search.ts';

/** The names of a warehouse's advertisers, kept in memory and true at every call. One for each server. */
export interface NameIndex {
  current(session: Session, catalogue: Catalogue): Promise<AdvertiserBook>;
  /** Everybody who fits, in no order. */
  find(session: Session, catalogue: Catalogue, query: string): Promise<NamesFound>;
}

interface NamesFound {
  readonly book: AdvertiserBook;
  readonly hits: readonly NameHit[];
}

/** What a search tells of a configuration: a change of anything else does not make it look again. */
const TOLD = [
  'AGENCY_ID',
  'ADVERTISER_ID',
  'ADVERTISER_DISPLAY_NAME',
  'CONFIG_STATUS',
  'IMPRESSION_JOIN_STRATEGY',
  'SEGMENT_COUNT',
  'WEB_PIXEL_URL_COUNT',
  'CAMPAIGN_MAPPING_COUNT',
];

export function makeNameIndex(): NameIndex {
  const books = makeAdvertiserBooks();
  const search = makeNameSearch();
  const inOrder = inTurn<object>();
  let known: { readonly mark: string; readonly book: AdvertiserBook } | undefined;
  return {
    current: (session, catalogue) => books.current(session, catalogue),
    find: (session, catalogue, query) =>
      inOrder(search, async () => {
        const mark = await searchMark(session, catalogue);
        if (known?.mark !== mark) {
          const book = await books.current(session, catalogue);
          await search.update(book.advertisers);
          known = { mark, book };
        }
        return { book: known.book, hits: search.find(query) };
      }),
  };
}

async function searchMark(session: Session, catalogue: Catalogue): Promise<string> {
  const [names, configs] = [catalogue.table('REF_AGENCY_ADVERTISER'), catalogue.table('REF_ADVERTISER_CONFIG')];
  const ofNames = names.exists
    ? await configMark(session, names, ['AGENCY_ID', 'ADVERTISER_ID', 'AGENCY_NAME', 'ADVERTISER_NAME'])
    : '';
  return `${ofNames} ${configs.exists ? await configMark(session, configs, TOLD) : ''}`;
}
