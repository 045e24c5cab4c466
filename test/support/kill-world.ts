import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/lib/clock.ts';
import { type WatchedInbox, watchInbox } from './kill-inbox.ts';
import { type Door, type KillSwitch, killSwitch, openDoor, trapBucket } from './kill-switch.ts';
import { device, impression, makeProject, mapping, type Project } from './project.ts';
import { type S3Server, startS3Server } from './s3-server.ts';
import { SECRET, stageIn } from './s3-stage.ts';
import { configRow } from './seed.ts';
import { type SshServer, startSshd } from './sshd.ts';

/** Real parts around a project: an sshd as the partner, behind a door, a bucket as the stage, and so many advertisers. */
export interface KillWorld extends AsyncDisposable {
  readonly project: Project;
  readonly settings: string;
  readonly inbox: string;
  readonly watched: WatchedInbox;
  readonly door: Door;
  /** Springs at what goes to the partner. */
  readonly partnerTrap: KillSwitch;
  /** Springs at what goes to the stage. */
  readonly stageTrap: KillSwitch;
  readonly stage: ReturnType<typeof stageIn>;
  /** Rows of the tables that say who gets what. */
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  devicesOf(advertiserId: string): readonly string[];
}

const FIRST_ADVERTISER = 5_000;
const DAY_MS = 86_400_000;

export async function openKillWorld(options: {
  readonly advertisers: number;
  /** Devices of an advertiser at least; each has up to two more, so that their files differ. */
  readonly devices: number;
  /** Further settings; relative paths are from the project's folder. */
  readonly settings?: string;
}): Promise<KillWorld> {
  const [sshd, s3] = await Promise.all([startSshd(['MaxStartups 500', 'MaxSessions 500']), startS3Server()]);
  const partnerTrap = killSwitch();
  const stageTrap = killSwitch();
  const door = await openDoor(sshd, partnerTrap);
  const bucket = s3.newBucket();
  trapBucket(s3, bucket, stageTrap);
  const inbox = join(sshd.root, 'inbox');
  mkdirSync(inbox);
  sshd.grant(inbox);
  const project = makeProject(yaml(sshd, s3, { bucket, port: door.port, inbox, more: options.settings ?? '' }));
  Object.assign(project.env, { STAGE_KEY: s3.accessKeyId, STAGE_SECRET: SECRET });
  const watched = watchInbox(inbox);
  const advertisers = Array.from({ length: options.advertisers }, (_, n) => String(FIRST_ADVERTISER + n));
  const devicesOf = (id: string): readonly string[] =>
    Array.from({ length: options.devices + (Number(id) % 3) }, (_, n) => device(Number(id) * 1_000 + n));
  const seenAt = new Date(systemClock.now().getTime() - DAY_MS).toISOString();
  return {
    project,
    settings: project.path('aquarius.yaml'),
    inbox,
    watched,
    door,
    partnerTrap,
    stageTrap,
    stage: stageIn(s3, bucket),
    tables: {
      AD_IMPRESSION_LOG_V2: advertisers.flatMap((id) =>
        devicesOf(id).map((one) => impression(one, { at: seenAt, dspAdvertiser: `D${id}` })),
      ),
      PIXEL_CAMPAIGN_MAPPING_V2: advertisers.map((id) => mapping(id, `D${id}`)),
      REF_ADVERTISER_CONFIG: advertisers.map((id) =>
        configRow(id, [{ destination: 'liveramp-us' }], { DELIVERY_CADENCE: 'DAILY' }),
      ),
    },
    devicesOf,
    async [Symbol.asyncDispose]() {
      await watched.end();
      await door[Symbol.asyncDispose]();
      await Promise.all([sshd.stop(), s3[Symbol.asyncDispose]()]);
      project[Symbol.dispose]();
    },
  };
}

interface Places {
  readonly bucket: string;
  readonly port: number;
  readonly inbox: string;
  readonly more: string;
}

function yaml(sshd: SshServer, s3: S3Server, { bucket, port, inbox, more }: Places): string {
  return `
stage:
  type: s3
  bucket: ${bucket}
  region: us-east-1
  endpoint: ${s3.endpoint}
  forcePathStyle: true
  accessKeyId: env:STAGE_KEY
  secretAccessKey: env:STAGE_SECRET
destinations:
  liveramp-us:
    type: liveramp-sftp
    host: 127.0.0.1
    port: ${port}
    username: ${sshd.username}
    privateKey: file:${sshd.privateKey}
    hostKeys: ['${sshd.hostKeys.ed25519}']
    folder: ${inbox}
    minRows: 1
    limits: { concurrency: 16 }
policy: { minAudience: 1, staleSource: warn }
${more}
`;
}
