import { advertiserDetail as readDetail } from '../../admin/advertisers/advertiser-detail.ts';
import { advertiserHub } from '../../admin/advertisers/advertiser-hub.ts';
import { createAdvertiser } from '../../admin/advertisers/create-advertiser.ts';
import { listAdvertiserConfigs } from '../../admin/advertisers/list-configs.ts';
import { searchAdvertisers } from '../../admin/advertisers/search-advertisers.ts';
import { updateConfig } from '../../admin/advertisers/update-config.ts';
import { advertiserConfigRow } from '../../shapes/config/advertiser-config.ts';
import { advertiserDetail } from '../../shapes/config/advertiser-detail.ts';
import {
  createAdvertiserBody,
  createdAdvertiser,
  updateConfigBody,
  updatedConfig,
} from '../../shapes/config/advertiser-writes.ts';
import { advertiserConfigQuery, detailQuery, hubQuery, hubRow, searchQuery, searchRow } from '../../shapes/config/advertisers.ts';
import { configList, configOne, configWrite } from '../config-route.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';

/** Advertisers: who there is, how each is set up, and changes of that. */
export function advertiserRoutes(api: Api, deps: ApiDeps): void {
  const at = (name: string) => ({ path: `/api/config/${name}`, tag: 'Advertisers' });
  configList(
    api,
    deps,
    {
      ...at('advertiser-config'),
      summary: 'Configurations of advertisers',
      description:
        'By agency and advertiser. An advertiser that is asked for by its id, with `active_only=false`, and has no row is NOT_CONFIGURED.',
      query: advertiserConfigQuery,
      row: advertiserConfigRow,
    },
    listAdvertiserConfigs,
  );
  configList(
    api,
    deps,
    {
      ...at('search-advertisers'),
      summary: 'Find advertisers by name or id',
      description:
        'Parts of words, in any order, whatever the letter case and accents; a letter or two may be wrong. An id comes first, then names that begin so, and among equals those that are ready to be reported.',
      query: searchQuery,
      row: searchRow,
    },
    searchAdvertisers,
  );
  configList(
    api,
    deps,
    {
      ...at('advertiser-hub'),
      summary: 'Advertisers, with what their set-up still needs',
      description: 'Everybody that any table knows. Filters apply before the page is cut.',
      query: hubQuery,
      row: hubRow,
    },
    (admin, query) => advertiserHub(admin, query, deps.listDeliveries),
  );
  configOne(
    api,
    deps,
    {
      ...at('advertiser-detail'),
      summary: 'Everything about an advertiser',
      description: 'Of each list the first page, with its true total and the endpoint that has the rest.',
      query: detailQuery,
      data: advertiserDetail,
    },
    (admin, query) => readDetail(admin, query, deps.listDeliveries),
  );
  configWrite(
    api,
    deps,
    {
      ...at('create-advertiser'),
      summary: 'Make an advertiser',
      description:
        'It is active at once, with the defaults and delivery off. Its join strategy is the one that all active advertisers of the agency share, or else PCM_4KEY. Taking it back sets it inactive.',
      body: createAdvertiserBody,
      data: createdAdvertiser,
    },
    createAdvertiser,
  );
  configWrite(
    api,
    deps,
    {
      ...at('update-config'),
      summary: "Change an advertiser's configuration",
      description:
        'Any of the fields that GET /api/config/config-fields explains. An advertiser without a configuration gets one. Every mistake is told at once, and then nothing is changed.',
      body: updateConfigBody,
      data: updatedConfig,
    },
    updateConfig,
  );
}
