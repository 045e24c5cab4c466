import { exportConfigs } from '../../config/export-configs.ts';
import { configError } from '../../errors.ts';
import { withResource } from '../../lib/with-resource.ts';
import { type GlobalOptions, withApp } from '../session.ts';

export async function exportConfig(options: GlobalOptions & { readonly format: string }): Promise<void> {
  const format = options.json === true ? 'json' : options.format;
  if (format !== 'csv' && format !== 'json') {
    throw configError('bad_format', `"${format}" is not a format.`, { hint: 'Use --format csv or --format json.' });
  }
  const text = await withApp(options, 'read', ({ warehouse, catalogue }) =>
    withResource(warehouse.session(), (session) => exportConfigs(session, catalogue, format)),
  );
  process.stdout.write(text);
}
