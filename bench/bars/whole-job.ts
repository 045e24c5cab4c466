import { mkdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { raw, sql } from '../../src/lib/sql.ts';
import { withResource } from '../../src/lib/with-resource.ts';
import { deliverOutput } from '../../src/shapes/shapes.ts';
import { openDuckDB } from '../../src/warehouse/duckdb/duckdb.ts';
import { type SshServer, startSshd } from '../../test/support/sshd.ts';
import type { Bar } from '../support/bar.ts';
import { aquarius, run } from '../support/child.ts';
import { copyPlain, pigz, plainPath, withFinishedRows } from '../support/finished-rows.ts';
import { THREADS, withHome, writeSettings } from '../support/home.ts';
import { prepareReach } from '../support/reach.ts';
import { forkS3Server, type S3Place } from '../support/s3-server.ts';
import { inTurns, linesOf, perRound } from '../support/timings.ts';
import { opensshUpload, rcloneToS3 } from '../support/uploads.ts';
import { ADVERTISER, AGENCY, AT, benchWarehouse, SEGMENT } from '../warehouse.ts';

const IDS = 8_000_000;
const PANDAS = resolve(import.meta.dirname, '../peers/deliver_with_pandas.py');

function stageYaml({ endpoint, bucket }: S3Place): string {
  return `stage:\n  type: s3\n  bucket: ${bucket}\n  region: us-east-1\n  endpoint: ${endpoint}\n  forcePathStyle: true\n  accessKeyId: env:AWS_ACCESS_KEY_ID\n  secretAccessKey: env:AWS_SECRET_ACCESS_KEY\n`;
}

function sftpYaml(sshd: SshServer, folder: string): string {
  return `  bench:\n    type: liveramp-sftp\n    host: ${sshd.host}\n    port: ${sshd.port}\n    username: ${sshd.username}\n    privateKey: file:${sshd.privateKey}\n    hostKeys: ['${sshd.hostKeys.ed25519}']\n    folder: ${folder}\n    compression: gzip\n`;
}

/** The whole of a delivery: query, file, S3, SFTP, ledger. */
export const wholeJob: Bar = {
  number: 4,
  title: 'Whole job for 8 million ids: query, file, stage in S3, SFTP, ledger',
  async measure({ runs, scale, programs, say }) {
    const ids = Math.round(IDS * scale);
    const warehouse = await benchWarehouse(ids, ['bench']);
    const hasReach = await prepareReach(warehouse, AT);
    const sshd = await startSshd();
    let inboxes = 0;
    async function newInbox(): Promise<string> {
      const inbox = join(sshd.root, `in-${inboxes++}`);
      await mkdir(inbox);
      sshd.grant(inbox);
      return inbox;
    }

    const ours = (s3: S3Place) => (): Promise<Record<string, number>> =>
      withHome(async (home) => {
        const inbox = await newInbox();
        await writeSettings(home, { warehouse, more: stageYaml(s3), destinations: sftpYaml(sshd, inbox) });
        await benchWarehouse(ids, ['bench']);
        const { stdout, seconds } = await aquarius(home, ['deliver', '--at', AT, '--json'], { env: s3.env });
        const [delivered] = deliverOutput.parse(JSON.parse(stdout)).runs;
        if (delivered?.state !== 'delivered' || delivered.rows !== ids)
          throw new Error(`${delivered?.rows} rows instead of ${ids}: ${delivered?.state} ${delivered?.error?.message ?? ''}`);
        await rm(inbox, { recursive: true });
        return { 'aquarius deliver': seconds };
      });

    /** What nobody can do without: the same rows written, packed, and sent twice. */
    const rawSteps = (s3: S3Place, home: string, copy: (path: string) => Promise<void>) =>
      programs.pigz === null || programs.rclone === null
        ? null
        : async (round: number): Promise<Record<string, number>> => {
            const inbox = await newInbox();
            const marks = [performance.now()];
            const mark = (): unknown => marks.push(performance.now());
            const plain = plainPath(home);
            await copy(plain);
            mark();
            const packed = await pigz(programs.pigz?.path ?? '', plain);
            mark();
            await rcloneToS3(programs.rclone?.path ?? '', packed, `raw-${round}`, s3);
            mark();
            await opensshUpload(packed, inbox, sshd);
            mark();
            await rm(inbox, { recursive: true });
            const [copied = 0, zipped = 0, staged = 0, sent = 0] = marks
              .slice(1)
              .map((at, index) => (at - (marks[index] ?? 0)) / 1000);
            return {
              COPY: copied,
              'pigz -1': zipped,
              'rclone to S3': staged,
              'sftp -B 261120': sent,
              'raw steps together': copied + zipped + staged + sent,
            };
          };

    /** As such a team would: the warehouse's rows to a file by COPY, and a Python program does the rest. */
    const pandas = (s3: S3Place, home: string) =>
      programs.python === null
        ? null
        : async (round: number): Promise<void> => {
            const inbox = await newInbox();
            const exported = join(home, 'export.csv');
            await withResource(openDuckDB({ path: warehouse, readOnly: true, threads: THREADS }), (duckdb) =>
              withResource(duckdb.session(), (session) =>
                session.execute(
                  sql`COPY (SELECT DEVICE_ID_RAW, DEVICE_TYPE, AUCTION_TIMESTAMP FROM BASE_TABLES.AD_IMPRESSION_LOG_V2 WHERE AGENCY_ID = ${AGENCY} AND DSP_ADVERTISER_ID = 'D1') TO ${exported} ${raw('(FORMAT csv, HEADER true)')}`,
                ),
              ),
            );
            const sftp = [sshd.host, String(sshd.port), sshd.username, sshd.privateKey, inbox];
            await run(
              programs.python?.path ?? '',
              [PANDAS, exported, join(home, `${ADVERTISER}.psv.gz`), SEGMENT, s3.endpoint, s3.bucket, `pandas-${round}`, ...sftp],
              { env: s3.env },
            );
            await rm(inbox, { recursive: true });
          };

    try {
      const timings = await withResource(forkS3Server(), (s3) =>
        withHome((home) =>
          withFinishedRows(ids, async (session) => {
            const result = await inTurns(
              runs,
              {
                'aquarius deliver': ours(s3),
                'raw steps together': rawSteps(s3, home, (path) => copyPlain(session, path)),
                'pandas + boto3 + paramiko': pandas(s3, home),
              },
              say,
            );
            if (programs.pigz !== null) say(`  ${Math.round((await stat(`${plainPath(home)}.gz`)).size / 1e6)} MB packed`);
            return result;
          }),
        ),
      );
      const ratio = (a: number, b: number): number => a / b;
      return {
        verdicts: [
          {
            what: 'time, against COPY + pigz -1 + both uploads one after the other',
            kind: 'at most',
            target: 1.25,
            unit: '×',
            values: perRound(timings, ['aquarius deliver', 'raw steps together'], ratio),
          },
          {
            what: 'speed, against pandas + boto3 + paramiko',
            kind: 'at least',
            target: 5,
            unit: '×',
            values: perRound(timings, ['pandas + boto3 + paramiko', 'aquarius deliver'], ratio),
          },
        ],
        lines: linesOf(timings),
        notes: [
          `${ids} ids; the whole process of ours, from start to end. S3 is the fauxqs emulator in a process of its own, SFTP a real sshd.`,
          ...(hasReach ? [] : ['There is no `aquarius reach` in this version: ours reads the log itself.']),
        ],
      };
    } finally {
      await sshd.stop();
    }
  },
};
