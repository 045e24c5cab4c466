import { type App, openWarehouse } from '../../app.ts';
import { countUnusableEntries } from '../../audience/suppression.ts';
import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import { listConfigs } from '../../config/advertiser-config-store.ts';
import { checkAgainstSettings } from '../../config/check-against-settings.ts';
import type { Settings } from '../../config/settings.ts';
import type { SnowflakeSettings } from '../../config/warehouse-settings.ts';
import { namedDestination } from '../../delivery/named-destination.ts';
import { fetchHostKeys } from '../../destinations/sftp/fetch-host-keys.ts';
import { AquariusError, configError, type Problem } from '../../errors.ts';
import { didYouMean } from '../../lib/did-you-mean.ts';
import { withResource } from '../../lib/with-resource.ts';
import type { DoctorOutput } from '../../shapes/shapes.ts';
import { checkCtx } from '../check-ctx.ts';
import { EXIT, type ExitCode, endWith, exitCodeOf, worstExitCode } from '../exit-code.ts';
import { sharedApp } from '../forward/shared-app.ts';
import { currentIo } from '../io.ts';
import { limitChecks } from '../limit-checks.ts';
import { schemaFindings } from '../schema-checks.ts';
import { type GlobalOptions, logOf, print, printJson, readSettings, withApp } from '../session.ts';
import { counted } from '../table.ts';

type Check = DoctorOutput['checks'][number];

/** Longest wait for any one outside check. */
const CHECK_MS = 30_000;

/** Ends a check that takes too long, and every check when the command is stopped. */
function checkSignal(): AbortSignal {
  return AbortSignal.any([currentIo().signal, AbortSignal.timeout(CHECK_MS)]);
}

interface Findings {
  readonly checks: Check[];
  readonly codes: ExitCode[];
}

/** Runs one check and keeps what came of it; a failure of one never hides the others. */
async function examine(findings: Findings, check: string, work: () => Promise<string>): Promise<void> {
  currentIo().signal.throwIfAborted();
  try {
    findings.checks.push({ check, status: 'ok', message: await work(), hint: null });
  } catch (error) {
    currentIo().signal.throwIfAborted();
    if (!(error instanceof AquariusError)) throw error;
    const problems = error.problems.map(({ path, message }) => `${path}: ${message}`);
    findings.checks.push({ check, status: 'error', message: [error.message, ...problems].join('\n'), hint: error.hint ?? null });
    findings.codes.push(exitCodeOf(error));
  }
}

export async function runDoctor(options: GlobalOptions & { readonly pin?: string }): Promise<void> {
  const { settings, secrets } = await readSettings(options);
  if (options.pin !== undefined) {
    await showHostKeys(settings, options.pin, options.json === true);
    return;
  }
  const log = logOf(options);
  const findings: Findings = { checks: [], codes: [] };
  findings.checks.push({ check: 'settings', status: 'ok', message: settings.file, hint: null });
  // A server keeps those that it was started with.
  findings.checks.push(...(await limitChecks(sharedApp()?.settings ?? settings)));
  const { warehouse } = settings;
  if (warehouse.type === 'snowflake') {
    await examine(findings, 'account', () => examineAccount({ settings, secrets, log }, warehouse, findings));
  }
  await examine(findings, 'warehouse', () => withApp(options, 'read', (app) => examineWarehouse(app, settings, findings)));
  await examine(findings, 'control store', () => withApp(options, 'ledger', async () => settings.controlStore.type));
  await examine(findings, 'stage', () =>
    withApp(options, 'ledger', async (app) => {
      await (await app.stage()).check(checkSignal());
      return `${settings.stage.type}: an object was written, read back and removed`;
    }),
  );
  for (const name of Object.keys(settings.destinations)) {
    await examine(findings, `destination ${name}`, async () => {
      const destination = namedDestination(settings, name);
      if (destination === null) throw configError('unknown_destination', `There is no destination ${name}.`);
      await destination.check(checkCtx({ signal: checkSignal(), log, secrets }));
      return `${destination.type}: ready to take a delivery`;
    });
  }
  if (options.json === true) printJson({ ok: findings.codes.length === 0, checks: findings.checks });
  else print(findings.checks.map(checkText).join('\n'));
  endWith(worstExitCode(findings.codes));
}

/** Who one is in the account, and what that role may do; also told where it may not even see the tables. */
async function examineAccount(
  parts: Pick<App, 'settings' | 'secrets' | 'log'>,
  warehouse: SnowflakeSettings,
  findings: Findings,
): Promise<string> {
  return withResource(openWarehouse(parts, 'read'), (opened) =>
    withResource(opened.session(), async (session) => {
      const { accountChecks } = await import('../snowflake-checks.ts');
      keepChecks(findings, await accountChecks(session, parts.settings, warehouse, checkSignal()));
      return `${warehouse.account} answers`;
    }),
  );
}

function keepChecks({ checks, codes }: Findings, more: readonly Check[]): void {
  checks.push(...more);
  if (more.some(({ status }) => status === 'error')) codes.push(EXIT.config);
}

/** The schema against the catalogue, and every advertiser's row against the settings. */
async function examineWarehouse({ warehouse, catalogue }: App, settings: Settings, findings: Findings): Promise<string> {
  return withResource(warehouse.session(), async (session) => {
    for (const { severity, kind, path, message, hint } of schemaFindings(catalogue)) {
      // What a role may not see looks like what is not there.
      const isHidden = kind === 'missing_table' && session.dialect.name === 'snowflake';
      findings.checks.push({
        check: `table ${path}`,
        status: severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'ok',
        message,
        hint: isHidden ? `If it is there, the role lacks SELECT on it, see the grants. ${hint ?? ''}` : (hint ?? null),
      });
      if (severity === 'error') findings.codes.push(EXIT.config);
    }
    if (settings.warehouse.type === 'snowflake') {
      const { maskingChecks } = await import('../snowflake-checks.ts');
      keepChecks(findings, await maskingChecks(session, catalogue, settings.policy.maxMaskedShare, checkSignal()));
    }
    const unusable = await countUnusableEntries(session, catalogue);
    if (unusable > 0) {
      findings.checks.push({
        check: 'suppression list',
        status: 'warning',
        message: `${counted(unusable, 'entry', 'entries')} can suppress nobody: the value is no identifier of the entry's type, nor the SHA-256 of one`,
        hint: 'Correct IDENTIFIER_TYPE or IDENTIFIER_VALUE; docs/identifiers.md shows what is understood.',
      });
    }
    const configs = await listConfigs(session, catalogue);
    for (const config of configs) examineRow(config, settings, findings);
    return `${placeText(settings.warehouse)}: ${counted(configs.length, 'advertiser')} configured`;
  });
}

function placeText(warehouse: Settings['warehouse']): string {
  return warehouse.type === 'duckdb' ? warehouse.path : `${warehouse.database} in ${warehouse.account}`;
}

/** What is wrong with a row is an error once it keeps something from being delivered; `deliver` ends with the same exit code. */
function examineRow(config: AdvertiserConfig, settings: Settings, findings: Findings): void {
  const isOn = config.status === 'ACTIVE' && config.deliveryEnabled;
  const report = (stops: boolean, { path, message, hint }: Problem): void => {
    findings.checks.push({
      check: `advertiser ${config.agencyId} ${config.advertiserId}`,
      status: isOn && stops ? 'error' : 'warning',
      message: `${path}: ${message}`,
      hint: hint ?? null,
    });
    if (isOn && stops) findings.codes.push(EXIT.config);
  };
  for (const problem of config.problems) report(true, problem);
  for (const problem of checkAgainstSettings(config, settings)) {
    const isEnabled = config.destinations.some(
      (entry, index) => entry.enabled && problem.path.startsWith(`DELIVERY_DESTINATIONS[${index}].`),
    );
    // A type that a destination does not take is left out, and the others are delivered.
    report(isEnabled && !problem.path.includes('.identifiers['), problem);
  }
}

function checkText({ check, status, message, hint }: Check): string {
  const mark = { ok: '✓', warning: '!', error: '✗' }[status];
  return `${mark} ${check}: ${message}${hint === null ? '' : `\n    → ${hint}`}`;
}

/** Shows what a server offers. A person compares it with what the partner published and writes it down; nothing is trusted by itself. */
async function showHostKeys(settings: Settings, name: string, json: boolean): Promise<void> {
  const destination = settings.destinations[name];
  if (destination === undefined) {
    throw configError('unknown_destination', `There is no destination ${name}.`, {
      hint: didYouMean(name, Object.keys(settings.destinations)),
    });
  }
  if (!('host' in destination) || !('port' in destination)) {
    throw configError('no_host_key', `The destination ${name} is not reached over SFTP.`, {
      hint: 'Only SFTP servers have host keys.',
    });
  }
  const { host, port } = destination;
  const keys = await fetchHostKeys(String(host), Number(port), checkSignal());
  if (json) {
    printJson({ host, port, keys });
    return;
  }
  print(
    [
      `${host}:${port} offers:`,
      ...keys.map(({ type, fingerprint, publicKeyLine }) => `  ${type}  ${fingerprint}\n    ${publicKeyLine}`),
      '',
      'Confirm one with the partner by another way than the network, then write it into aquarius.yaml:',
      `  destinations.${name}.hostKeys: [ "${keys[0]?.fingerprint ?? ''}" ]`,
    ].join('\n'),
  );
}
