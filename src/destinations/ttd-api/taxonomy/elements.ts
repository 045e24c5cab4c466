import { z } from 'zod';
import { AquariusError } from '../../../errors.ts';
import { type PageRow, readPages, unreadable } from './pages.ts';
import type { Platform } from './platform.ts';
import type { TaxonomySettings } from './settings.ts';

/** An element of a data provider's taxonomy: a segment that can be bought, or a container of others. */
export interface Element {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly buyable: boolean;
  readonly description: string | null;
}

const PATH = 'thirdpartydata';
const LIST = 'list the elements of the taxonomy';

const elementFields = z.object({
  id: z.string().min(1),
  name: z.string(),
  parent: z.string().nullish().default(null),
  buyable: z.boolean(),
  description: z.string().nullish().default(null),
});

function elementOf(row: PageRow, { fieldNames }: TaxonomySettings): Element {
  const parsed = elementFields.safeParse({
    id: row.ProviderElementId,
    name: row[fieldNames.displayName],
    parent: row[fieldNames.parent],
    buyable: row[fieldNames.buyable],
    description: row.Description,
  });
  if (!parsed.success) throw unreadable(LIST);
  return parsed.data;
}

async function read(platform: Platform, settings: TaxonomySettings, id?: string): Promise<ReadonlyMap<string, Element>> {
  const query = { ProviderId: settings.providerId, ...(id === undefined ? {} : { ProviderElementId: id }) };
  const rows = await readPages(platform, settings, `${PATH}/query`, LIST, query, id !== undefined);
  return new Map(rows.map((row) => elementOf(row, settings)).map((element) => [element.id, element]));
}

/** All elements of the provider, by id. */
export function readElements(platform: Platform, settings: TaxonomySettings): Promise<ReadonlyMap<string, Element>> {
  return read(platform, settings);
}

/** One element, or null. One call, as a rule. */
export async function findElement(platform: Platform, settings: TaxonomySettings, id: string): Promise<Element | null> {
  // Whatever the partner makes of the filter, only this id counts.
  return (await read(platform, settings, id)).get(id) ?? null;
}

/** Creates an element. One that is there already, as after an answer that was lost, stays as it is. */
export async function createElement(platform: Platform, settings: TaxonomySettings, id: string, name: string): Promise<void> {
  const { parentElementId: parent } = settings;
  const body = bodyOf({ id, name, parent, buyable: true, description: null }, settings);
  try {
    await platform.ask('POST', PATH, `create the element ${id}`, body);
  } catch (error) {
    const isRefused = error instanceof AquariusError && error.code === 'ttd_request_refused';
    if (!isRefused || (await findElement(platform, settings, id)) === null) throw error;
  }
}

/** Gives an element another name and leaves the rest of it. */
export async function renameElement(
  platform: Platform,
  settings: TaxonomySettings,
  element: Element,
  name: string,
): Promise<void> {
  await platform.ask('PUT', PATH, `rename the element ${element.id}`, bodyOf({ ...element, name }, settings));
}

function bodyOf({ id, name, parent, buyable, description }: Element, settings: TaxonomySettings): PageRow {
  const { providerId, fieldNames } = settings;
  return {
    ProviderId: providerId,
    ProviderElementId: id,
    ...(parent === null ? {} : { [fieldNames.parent]: parent }),
    [fieldNames.displayName]: name,
    [fieldNames.buyable]: buyable,
    ...(description === null ? {} : { Description: description }),
  };
}
