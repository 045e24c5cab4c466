import { exportConfigs } from '../../config/export-configs.ts';
import { withResource } from '../../lib/with-resource.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, withApp } from '../session.ts';

export async function exportConfig(options: GlobalOptions & { readonly format: 'csv' | 'json' }): Promise<void> {
  const format = options.json === true ? 'json' : options.format;
  const text = await withApp(options, 'read', ({ warehouse, catalogue }) =>
    withResource(warehouse.session(), (session) => exportConfigs(session, catalogue, format)),
  );
  currentIo().stdout(text);
}
