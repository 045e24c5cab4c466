import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { configError } from '../../errors.ts';
import { type Preset, presetSchema } from './form.ts';

const known = new Map<string, Preset>();

/**
 * Reads a preset that somebody has written down as YAML or JSON. It is read once and then holds until the program ends, as aquarius.yaml
 * does. A file that is missing or is no preset is a `config` error `preset_file`.
 */
export function readPreset(path: string): Preset {
  const earlier = known.get(path);
  if (earlier !== undefined) return earlier;
  const result = presetSchema.safeParse(contentOf(path));
  if (!result.success) {
    throw configError('preset_file', `The preset ${path} cannot be used.`, {
      hint: 'Correct it; docs/destinations/partner-file.md describes its settings.',
      problems: result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    });
  }
  known.set(path, result.data);
  return result.data;
}

function contentOf(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'), { version: '1.2', schema: 'core', prettyErrors: false });
  } catch (cause) {
    throw configError('preset_file', `The preset ${path} cannot be read.`, {
      hint: 'presetFile must name a YAML or JSON file that this user may read.',
      cause,
    });
  }
}
