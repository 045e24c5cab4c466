import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configError } from '../errors.ts';
import { folderFailure, makeFolder } from './make-folder.ts';
import { ENV_TEMPLATE, SETTINGS_TEMPLATE } from './template.ts';

const EMBEDDED = { settings: SETTINGS_TEMPLATE, env: ENV_TEMPLATE };

/** Writes a commented aquarius.yaml and .env.example into a folder, and gives their paths. Never overwrites: `config` error `init_exists`. */
export async function initProject(
  folder: string,
  templates: { readonly settings: string; readonly env: string } = EMBEDDED,
): Promise<readonly string[]> {
  const files = [
    { path: join(folder, 'aquarius.yaml'), text: templates.settings },
    { path: join(folder, '.env.example'), text: templates.env },
  ];
  const present = (await Promise.all(files.map(async ({ path }) => ((await exists(path)) ? path : [])))).flat();
  if (present.length > 0) {
    throw configError(
      'init_exists',
      `${present.join(' and ')} ${present.length > 1 ? 'exist' : 'exists'} already; nothing was written.`,
      {
        hint: 'Go on with what is there, or name another folder.',
      },
    );
  }
  await makeFolder(folder);
  // `wx`: should another process be faster, its file stays.
  for (const { path, text } of files) {
    await writeFile(path, text, { flag: 'wx' }).catch((error: unknown) => {
      throw folderFailure(folder, error);
    });
  }
  return files.map(({ path }) => path);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
