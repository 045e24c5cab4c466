/** The warehouse in one file. */
export const DUCKDB_EXAMPLE = `# The exposure data and the business tables, in one file. Memory, threads and room on the disk are taken from the machine;
# \`aquarius doctor\` shows how much that is.
#warehouse:
#  type: duckdb
#  path: warehouse.duckdb
#  memoryLimit: 4GB
#  threads: 4
#  maxTempDirectorySize: 50GB
`;

/** A stage in a bucket. */
export const STAGE_EXAMPLE = `#stage:
#  type: s3
#  bucket: acme-aquarius
#  prefix: staged
#  region: us-east-1
#  sse: AES256
#  accessKeyId: env:AWS_ACCESS_KEY_ID
#  secretAccessKey: env:AWS_SECRET_ACCESS_KEY
`;

/**
 * What `aquarius init` writes. Prose begins with `#` and one space; examples begin with `#` and none, or as many as their indentation
 * has. Without those `#` all examples together are valid settings.
 */
export const SETTINGS_TEMPLATE = `# Settings of Aquarius. docs/configuration.md describes each of them; \`aquarius doctor\` checks them.
# Secrets are never written here: name where they are kept, as env:NAME or file:/path.
# Paths of the program's own files are relative to the data directory (AQUARIUS_HOME, ./.aquarius by default).

# Ways to partners, by names of your own. DELIVERY_DESTINATIONS in REF_ADVERTISER_CONFIG uses these names.
destinations:
  # A folder of this machine, for a first look or for another program to pick up from. It must exist.
#  outbox:
#    type: folder
#    path: /srv/outbox

  # LiveRamp takes files over SFTP. \`aquarius doctor --pin liveramp-us\` shows the key that the server offers;
  # compare it with what LiveRamp tells you before you write it down.
#  liveramp-us:
#    type: liveramp-sftp
#    host: files.liveramp.com
#    username: acme
#    privateKey: file:/run/secrets/liveramp_key
#    passphrase: env:LIVERAMP_PASSPHRASE
#    hostKeys:
#      - SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
#    folder: /uploads/acme
#    profile: event-log
#    compression: gzip

${DUCKDB_EXAMPLE}
# Tables that are called otherwise, or that stay in files. Names of columns on the left are those of docs/tables.md.
#tables:
#  REF_ADVERTISER_CONFIG:
#    schema: ADMIN
#    name: ADVERTISER_CONFIG
#    columns:
#      DELIVERY_CADENCE: CADENCE
#  AD_IMPRESSION_LOG_V2:
#    files:
#      - exports/impressions-*.parquet

# Runs, attempts and receipts. An SQLite file will do for one machine; several workers share a PostgreSQL server.
# Without this section the server that DATABASE_URL names is used, if it names one.
#controlStore:
#  url: env:DATABASE_URL

# Where finished files rest before they are sent: a folder of the data directory, or an S3 bucket.
${STAGE_EXAMPLE}
# When deliveries are due in their day, week or month, and for how long a failed one is tried again.
#defaults:
#  cadence:
#    hourUtc: 6
#    weekday: MONDAY
#    monthDay: 1
#  slotDeadlineHours: 24

# Privacy policy. Destinations and deliveries can raise the smallest audience; only this file can lower it.
#policy:
#  minAudience: 1000
#  deviceTypes:
#    - source: AD_IMPRESSION_LOG_V2
#      agency: '1001'
#      rule: FIXED_IDFA
#    - source: AD_IMPRESSION_LOG_V2
#      rule: UNKNOWN
#  maxConflictShare: 0.5
#  maxMaskedShare: 0.05
#  staleSource: hold
#  staleAfterDays: 3
#  unknownConsent: refuse

# California's Delete Request and Opt-out Platform, for data brokers: aquarius suppressions sync-drop.
#drop:
#  apiKey: env:DROP_API_KEY
#  reportMatchedAs: optedOut

# How runs are worked on, tried again and given up.
#worker:
#  parallel: 4
#  pauseAfterFailures: 3

# What makes a run wait for a person (\`aquarius runs approve\`): a size far from the last one's, or being the first.
#guards:
#  maxSizeChange: 0.5
#  approveFirstRun: false

# When staged files and the details of finished runs are removed.
#retention:
#  stagedDays: 30
#  runDetailsDays: 400

# Where \`aquarius serve\` listens. Any address but a loopback one needs a token.
#serve:
#  host: 127.0.0.1
#  port: 4780
#  token: env:AQUARIUS_TOKEN

# Who is told when something is wrong, and when it is well again.
#alerts:
#  lateMinutes: 180
#  rejectShare: 0.05
#  channels:
#    ops:
#      type: slack
#      url: env:SLACK_WEBHOOK_URL
#    pager:
#      type: webhook
#      url: https://pager.example.com/aquarius
#      secret: env:ALERT_SIGNING_SECRET
#    desk:
#      type: email
#      smtp: env:SMTP_URL
#      from: aquarius@example.com
#      to: [adops@example.com]
`;

export const ENV_TEMPLATE = `# Secrets that aquarius.yaml names as env:NAME. Copy this file to .env beside aquarius.yaml, fill it in, and keep it out of version
# control. Variables of the real environment win over it.

# The control store, when several machines share it:
#DATABASE_URL=postgres://aquarius@db.internal/aquarius

#LIVERAMP_PASSPHRASE=
#AWS_ACCESS_KEY_ID=
#AWS_SECRET_ACCESS_KEY=

# The server's token and what alerts need (\`openssl rand -hex 24\`, \`echo whsec_$(openssl rand -base64 32)\`):
#AQUARIUS_TOKEN=
#SLACK_WEBHOOK_URL=
#ALERT_SIGNING_SECRET=
#SMTP_URL=

# The key of California's DROP:
#DROP_API_KEY=
`;
