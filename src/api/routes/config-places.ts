import type { AdminContext } from '../../admin/context.ts';
import type { Changed } from '../../admin/make-change.ts';
import { assignPlaces } from '../../admin/places/assign-places.ts';
import { countAssigned, type Owner } from '../../admin/places/assigned-keys.ts';
import { assignedPlaces } from '../../admin/places/assigned-places.ts';
import { poiBrands } from '../../admin/places/poi-brands.ts';
import { poiSegments } from '../../admin/places/poi-segments.ts';
import { removePlaces } from '../../admin/places/remove-places.ts';
import { repairPlaces } from '../../admin/places/repair-places.ts';
import { repairablePlaces } from '../../admin/places/repairable-places.ts';
import type { PlaceChoice } from '../../admin/places/wanted-places.ts';
import {
  assignedPoi,
  assignedPois,
  assignedPoisQuery,
  assignPoiBody,
  poiBrandRow,
  poiBrandsQuery,
  poiSegmentRow,
  poiSegmentsQuery,
  removedPoi,
  removePoiBody,
  repairablePoiRow,
  repairablePoisQuery,
  repairedPoi,
  repairPoiBody,
} from '../../shapes/config/places.ts';
import { configList, configOne, configWrite } from '../config-route.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';

/** Places and their assignment. */
export function placeRoutes(api: Api, deps: ApiDeps): void {
  const at = (name: string) => ({ path: `/api/config/${name}`, tag: 'Places' });
  configList(
    api,
    deps,
    {
      ...at('poi-brands'),
      summary: 'Brands that have places',
      description: 'Searches by brand, market area or both. Brands that are or begin with what is sought come first.',
      query: poiBrandsQuery,
      row: poiBrandRow,
    },
    poiBrands,
  );
  configList(
    api,
    deps,
    {
      ...at('poi-segments'),
      summary: 'The places of a brand',
      description: 'Those of the brand library come first. Each says whether it can be assigned, and else why not.',
      query: poiSegmentsQuery,
      row: poiSegmentRow,
    },
    (admin, { agency_id: agencyId, advertiser_id: advertiserId, ...search }) =>
      poiSegments(admin, {
        ...search,
        advertiser: agencyId === undefined || advertiserId === undefined ? undefined : { agencyId, advertiserId },
      }),
  );
  configOne(
    api,
    deps,
    {
      ...at('assigned-pois'),
      summary: 'The places of an advertiser',
      description: 'A page of them; the summary is of all.',
      query: assignedPoisQuery,
      data: assignedPois,
    },
    (admin, { agency_id: agencyId, advertiser_id: advertiserId, ...search }) =>
      assignedPlaces(admin, { agencyId, advertiserId, ...search }),
  );
  configList(
    api,
    deps,
    {
      ...at('repairable-pois'),
      summary: 'Assignments with a made-up place',
      description: 'Their id is not in SEGMENT_METADATA, so that nobody can tell what place it is.',
      query: repairablePoisQuery,
      row: repairablePoiRow,
    },
    (admin, { advertiser_id: advertiserId, limit, offset }) => repairablePlaces(admin, { advertiserId, limit, offset }),
  );
  configWrite(
    api,
    deps,
    {
      ...at('assign-poi'),
      summary: 'Assigns places to an advertiser',
      description:
        'Either the places that are named, or all of a brand. What cannot be assigned is left out and told; places of sensitive categories never can.',
      body: assignPoiBody,
      data: assignedPoi,
    },
    async (admin, body) => {
      const changed = await assignPlaces(admin, { ...ownerOf(body), choice: choiceOf(body) });
      const { broken, ...told } = changed.result;
      return {
        data: { ...told, rejected: [...told.rejected], ...(await outcomeOf(admin, ownerOf(body), changed)) },
        warnings:
          broken === 0
            ? []
            : [`${broken} of the places that were assigned before have an id that is not in SEGMENT_METADATA: repair them.`],
      };
    },
  );
  configWrite(
    api,
    deps,
    { ...at('remove-poi'), summary: 'Takes places away from an advertiser', body: removePoiBody, data: removedPoi },
    async (admin, body) => {
      const changed = await removePlaces(admin, { ...ownerOf(body), choice: choiceOf(body) });
      const { deleted, notAssigned } = changed.result;
      return { data: { deleted, not_assigned: notAssigned, ...(await outcomeOf(admin, ownerOf(body), changed)) } };
    },
  );
  configWrite(
    api,
    deps,
    {
      ...at('repair-poi'),
      summary: 'Replaces made-up ids of places by the real ones',
      description: 'Only of places whose MD5 another assignment has together with a real id.',
      body: repairPoiBody,
      data: repairedPoi,
    },
    async (admin, body) => {
      const changed = await repairPlaces(admin, { ...ownerOf(body), md5s: body.segment_md5s });
      const { denied, ...told } = changed.result;
      return {
        data: { ...told, rejected: [...told.rejected], ...(await outcomeOf(admin, ownerOf(body), changed)) },
        warnings:
          denied === 0
            ? []
            : [`${denied} of them are of a sensitive category, which is never delivered: take them away from the advertiser.`],
      };
    },
  );
}

interface PlacesBody {
  readonly agency_id: string;
  readonly advertiser_id: string;
  readonly expected_version?: number | undefined;
  readonly segment_md5s?: readonly string[] | undefined;
  readonly brand?: string | undefined;
  readonly dma?: string | undefined;
}

function ownerOf({ agency_id: agencyId, advertiser_id: advertiserId, expected_version: expectedVersion }: PlacesBody) {
  return { agencyId, advertiserId, expectedVersion };
}

function choiceOf({ segment_md5s: md5s, brand, dma }: PlacesBody): PlaceChoice {
  return brand === undefined ? { md5s: md5s ?? [] } : { brand, dma };
}

async function outcomeOf(admin: AdminContext, owner: Owner, { configs: [config], auditId }: Changed<unknown>) {
  return {
    total_segments: await countAssigned(admin, owner),
    config_version: config?.configVersion ?? 0,
    audit_id: auditId,
  };
}
