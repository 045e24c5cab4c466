import { DUCKDB_EXAMPLE, ENV_TEMPLATE, SETTINGS_TEMPLATE, STAGE_EXAMPLE } from './template.ts';

/** What `aquarius init --warehouse snowflake` knows of the account. */
export interface SnowflakeAnswers {
  readonly account: string;
  readonly user: string;
  readonly role: string;
  readonly warehouse: string;
  readonly database: string;
  readonly schema: string;
  /** `@DATABASE.SCHEMA.STAGE`; null where files are fetched from Snowflake and staged by us. */
  readonly externalStage: string | null;
  readonly integration: string | null;
  /** Where the external stage is; null while that is not known. */
  readonly bucket: { readonly name: string; readonly prefix: string } | null;
}

/** The files of `aquarius init` for a site on Snowflake. */
export function snowflakeTemplates(answers: SnowflakeAnswers): { readonly settings: string; readonly env: string } {
  const settings = SETTINGS_TEMPLATE.replace(DUCKDB_EXAMPLE, () => warehouseSection(answers));
  const { bucket } = answers;
  return {
    settings: bucket === null ? settings : settings.replace(STAGE_EXAMPLE, () => stageSection(bucket)),
    env: `${ENV_TEMPLATE}
# The passphrase of the key that Aquarius signs in to Snowflake with:
#SNOWFLAKE_KEY_PASSPHRASE=
`,
  };
}

/** The section `warehouse:` of aquarius.yaml. */
export function warehouseSection(answers: SnowflakeAnswers): string {
  const { account, user, role, warehouse, database, schema, externalStage, integration } = answers;
  return `# The exposure data and the business tables, in Snowflake; docs/snowflake.md tells how to set it up.
warehouse:
  type: snowflake
  account: ${yamlText(account)}
  user: ${yamlText(user)}
  role: ${yamlText(role)}
  warehouse: ${yamlText(warehouse)}
  database: ${yamlText(database)}
  schema: ${yamlText(schema)}
  auth:
    type: key-pair
    privateKey: file:/run/secrets/snowflake_key.p8
    passphrase: env:SNOWFLAKE_KEY_PASSPHRASE
${
  externalStage === null
    ? ''
    : `  externalStage:
    name: ${yamlText(externalStage)}
${integration === null ? '' : `    integration: ${yamlText(integration)}\n`}`
}`;
}

function stageSection({ name, prefix }: { readonly name: string; readonly prefix: string }): string {
  return `stage:
  type: s3
  bucket: ${yamlText(name)}
${prefix === '' ? '' : `  prefix: ${yamlText(prefix)}\n`}  region: us-east-1
#  sse: AES256
#  accessKeyId: env:AWS_ACCESS_KEY_ID
#  secretAccessKey: env:AWS_SECRET_ACCESS_KEY
`;
}

/** Plain where YAML reads the same text back, else in quotes. */
function yamlText(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_./-]*$/.test(text) ? text : JSON.stringify(text);
}
