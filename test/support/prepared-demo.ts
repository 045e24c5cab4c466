import { generateDemo } from '../../src/cli/demo/generate-demo.ts';
import { listConfigs } from '../../src/config/advertiser-config-store.ts';
import type { ExposureRequest } from '../../src/reach/exposure.ts';
import { exposuresProduct } from '../../src/reach/exposures-product.ts';
import { refreshProduct } from '../../src/reach/refresh.ts';
import { bindCatalogue, type Catalogue } from '../../src/warehouse/catalogue.ts';
import { createTables } from '../../src/warehouse/ddl.ts';
import { openDuckDB } from '../../src/warehouse/duckdb/duckdb.ts';
import type { Session, Warehouse } from '../../src/warehouse/warehouse.ts';

export const NOW = new Date('2026-03-04T05:06:07Z');

/** The demo's warehouse in memory, its exposures prepared, with one who writes and one who reads. */
export interface PreparedDemo extends AsyncDisposable {
  readonly warehouse: Warehouse;
  readonly writer: Session;
  readonly reader: Session;
  readonly catalogue: Catalogue;
  /** All that an advertiser with mapped impressions has reached. */
  readonly request: ExposureRequest;
  refresh(options?: { readonly rebuild?: boolean; readonly horizon?: Date }): Promise<void>;
}

export async function preparedDemo(): Promise<PreparedDemo> {
  const warehouse = await openDuckDB({ path: ':memory:', readOnly: false });
  const [writer, reader] = [await warehouse.session(), await warehouse.session()];
  await createTables(writer);
  await generateDemo(writer, { rows: 2_000, seed: 11, now: NOW });
  const catalogue = await bindCatalogue(writer, {});
  const refresh: PreparedDemo['refresh'] = async (options = {}) => {
    await refreshProduct(writer, catalogue, exposuresProduct, { clock: { now: () => NOW }, horizon: null, ...options });
  };
  await refresh();
  const config = (await listConfigs(writer, catalogue)).find(
    ({ exposureSource, joinStrategy }) => exposureSource === 'IMPRESSION' && joinStrategy === 'PCM_4KEY',
  );
  if (config === undefined) throw new Error('The demo has no advertiser with mapped impressions.');
  return {
    warehouse,
    writer,
    reader,
    catalogue,
    refresh,
    request: {
      agencyId: config.agencyId,
      advertiserId: config.advertiserId,
      strategy: config.joinStrategy,
      exposureSource: 'IMPRESSION',
      audience: 'EXPOSED',
      sources: ['AD_IMPRESSION_LOG_V2'],
      window: { from: null, to: NOW },
      attributionWindowDays: 30,
      soleAdvertiser: false,
      deviceTypes: [],
    },
    async [Symbol.asyncDispose]() {
      await reader[Symbol.asyncDispose]();
      await writer[Symbol.asyncDispose]();
      await warehouse[Symbol.asyncDispose]();
    },
  };
}
