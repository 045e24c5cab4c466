import { z } from 'zod';
import { configError } from '../../errors.ts';
import { limitFields } from '../limits.ts';
import { secretReference } from '../secret-reference.ts';
import { formFields, type Preset } from './form.ts';
import { type FormProblem, formProblems } from './form-problems.ts';
import { readPreset } from './preset-file.ts';
import { PRESETS } from './presets.ts';
import { type Form, resolveForm } from './resolve.ts';
import { viaProblems, viaSchema } from './via.ts';

const fields = z.strictObject({
  type: z
    .literal('partner-file')
    .describe('Delimited files of any form, for partners that have no adapter of their own, over SFTP, S3 or into a folder.'),
  via: viaSchema,
  preset: z
    .enum(Object.keys(PRESETS) as (keyof typeof PRESETS)[])
    .optional()
    .describe('A partner whose form is known; settings beside it go before it.'),
  presetFile: z
    .string()
    .min(1)
    .optional()
    .describe('A YAML or JSON file with the form of a partner, in place of preset; relative to the data directory.'),
  ...formFields,
  allowIp: z.boolean().default(false).describe('Let IP addresses go there.'),
  allowIpv6: z.boolean().default(false).describe('Let IPv6 addresses go there too; needs allowIp.'),
  pgpPublicKey: secretReference
    .optional()
    .describe('Reference to an armored OpenPGP public key; files are encrypted to it, after compression.'),
  ...limitFields,
});

export type PartnerFileSettings = z.infer<typeof fields>;

/** What a destination's settings come to, with its preset. */
export interface Resolved {
  readonly form: Form;
  readonly preset: Preset;
}

/** The rules that need no file to be read. A form in a file is judged when it is first used. */
export const settings: z.ZodType<PartnerFileSettings> = fields.check(({ value, issues }) => {
  // Rules between settings are for settings that are right one by one.
  if (issues.length > 0) return;
  const wrong = ({ path, message }: FormProblem) => issues.push({ code: 'custom', input: undefined, path: [...path], message });
  if (!value.allowIp && value.identifiers?.includes('IP')) wrong({ path: ['identifiers'], message: 'IP needs allowIp: true' });
  if (!value.allowIp && value.allowIpv6) wrong({ path: ['allowIpv6'], message: 'allowIpv6 needs allowIp: true' });
  if (value.presetFile !== undefined) {
    if (value.preset !== undefined) wrong({ path: ['presetFile'], message: 'excludes preset' });
    return;
  }
  const preset = value.preset === undefined ? {} : PRESETS[value.preset];
  for (const problem of problemsOf(value, preset)) wrong(problem);
});

/** Fills in what the preset knows. A preset file that does not go with the settings is a `config` error `preset_file`. */
export function resolve(own: PartnerFileSettings): Resolved {
  const { presetFile } = own;
  const preset = presetFile === undefined ? own.preset && PRESETS[own.preset] : readPreset(presetFile);
  const form = resolveForm(formOf(own), preset ?? {});
  const problems = presetFile === undefined ? [] : problemsOf(own, preset ?? {});
  if (form !== null && problems.length === 0) return { form, preset: preset ?? {} };
  throw configError('preset_file', `The preset ${presetFile} and the settings beside it make no form.`, {
    hint: problems[0]?.message ?? 'It needs columns.',
    problems: problems.map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}

function problemsOf(own: PartnerFileSettings, preset: Preset): FormProblem[] {
  const form = resolveForm(formOf(own), preset);
  const missing = { path: ['columns'], message: 'columns are needed, or a preset that has them' };
  return [...(form === null ? [missing] : formProblems(form, own.allowIp)), ...viaProblems(own.via, preset)];
}

/** The settings that a preset could have had. */
function formOf(own: PartnerFileSettings): Preset {
  const { type, via, preset, presetFile, allowIp, allowIpv6, pgpPublicKey, limits, ...form } = own;
  return form;
}
