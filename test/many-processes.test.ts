import { describe, expect, inject, test } from 'vitest';
import { systemClock } from '../src/lib/clock.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { findTable } from '../src/warehouse/tables.ts';
import type { Row } from '../src/warehouse/warehouse.ts';
import type { CliResult } from './support/cli.ts';
import { type ControlStore, postgresDatabase } from './support/control-stores.ts';
import { detailOf, expectAllEnded, expectAtPartner, expectStaged } from './support/kill-checks.ts';
import { chance, numberOf } from './support/kill-random.ts';
import { type KillWorld, openKillWorld } from './support/kill-world.ts';
import { csv, detailsAt, type Member, startMember, untilAlive } from './support/many-processes.ts';
import { openProject } from './support/seed.ts';

/** Servers and workers on one ledger, killed and started again while they work: what they make together is made once. */

const DELIVERIES = numberOf('AQUARIUS_TEST_DELIVERIES', 40);
const SEED = numberOf('AQUARIUS_TEST_SEED', systemClock.now().getTime() % 1_000_000);
/** A delivery takes a second; a busy machine may take more than ten. */
const TIMEOUT_MS = 600_000 + DELIVERIES * 20_000;
/** Deliveries between two kills, on average. */
const APART = 6;

const FILLED = ['AD_IMPRESSION_LOG_V2', 'PIXEL_CAMPAIGN_MAPPING_V2', 'REF_ADVERTISER_CONFIG'];
/** Workers want these in files too. */
const EMPTY = [
  'REF_AGENCY_ADVERTISER',
  'ADVERTISER_DOMAIN_MAPPING',
  'LIVERAMP_IMPRESSION_LOG',
  'WEBPIXEL_EVENTS',
  'STORE_VISITS',
  'IP_HOUSEHOLD_LOOKUP',
  'MAID_HOUSEHOLD_LOOKUP',
  'SUPPRESSION',
];
const SETTINGS = `
tables:
${[...FILLED, ...EMPTY].map((table) => `  ${table}: { files: [tables/${table}.csv] }`).join('\n')}
warehouse: { threads: 1 }
worker: { parallel: 2 }
`;

/** What one test has for itself: a control store, the world around it, and whoever works there. */
interface Ground extends AsyncDisposable {
  readonly store: ControlStore;
  readonly world: KillWorld;
  /** Those to be ended with the test. */
  readonly members: Member[];
}

async function openGround(advertisers: number): Promise<Ground> {
  const store = await postgresDatabase(inject('postgresUrl'));
  const world = await openKillWorld({ advertisers, devices: 5, settings: SETTINGS });
  world.project.env.DATABASE_URL = store.url;
  for (const table of FILLED) world.project.write(`tables/${table}.csv`, csv(world.tables[table] ?? []));
  for (const table of EMPTY) world.project.write(`tables/${table}.csv`, `${columnsOf(table).join(',')}\n`);
  const members: Member[] = [];
  return {
    store,
    world,
    members,
    async [Symbol.asyncDispose]() {
      for (const member of members) member.process().kill();
      await Promise.all(members.map((member) => member.process().gone));
      await world[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

const columnsOf = (table: string): readonly string[] => (findTable(table)?.columns ?? []).map(({ name }) => name);

interface Counts {
  readonly runs: number;
  readonly finished: number;
  readonly outbox: number;
}

/** How far the ledger is; its tables are there when the first member has made them. */
async function look({ store }: Ground): Promise<Counts> {
  const [there] = await store.raw(`select to_regclass('outbox') is not null as made`);
  if (there?.made !== true) return { runs: 0, finished: 0, outbox: 0 };
  const [counts] = await store.raw(`select
    (select count(*)::int from runs) as runs,
    (select count(*)::int from runs where finished_at is not null) as finished,
    (select count(*)::int from outbox where done_at is null) as outbox`);
  return counts as unknown as Counts;
}

// At once: the second waits for a lease to run out, most of the time.
describe.concurrent(`two servers and four workers (AQUARIUS_TEST_SEED=${SEED})`, () => {
  test(
    `make ${DELIVERIES} deliveries that are due at once, each once, while they are killed at random`,
    async () => {
      const startedAt = performance.now();
      const luck = chance(SEED);
      await using ground = await openGround(DELIVERIES);
      const { world, members } = ground;
      members.push(
        ...[1, 2].map((no) => startMember(world, 'serve', no)),
        ...[1, 2, 3, 4].map((no) => startMember(world, 'worker', no)),
      );
      const killed = new Map<string, number>();
      const person = makePerson(world, luck.pick(members.filter(({ name }) => name.startsWith('serve'))));
      let next = 1;
      await untilAlive(members, async () => {
        const { runs, finished, outbox } = await look(ground);
        if (runs >= DELIVERIES && finished === runs && outbox === 0) return true;
        // Bound to how far it is, so that it comes about however fast or slow everything goes.
        if (runs >= DELIVERIES && finished >= next && finished < runs) {
          const victim = luck.pick(members);
          await victim.again();
          killed.set(victim.name, (killed.get(victim.name) ?? 0) + 1);
          next = finished + 1 + luck.below(2 * APART);
          if (finished * 4 >= DELIVERIES) person.asks();
        }
        return null;
      });
      const answers = await person.answers();
      // What a person was told last is in the warehouse when the outbox is empty once more.
      await untilAlive(members, async () => ((await look(ground)).outbox === 0 ? true : null));
      await Promise.all(members.map((member) => member.stop()));
      await world.watched.end();

      await withResource(openProject(world.project, { at: systemClock.now(), mode: 'ledger' }), async (app) => {
        const { delivered, spared, attempts } = await expectAllEnded(app.ledger);
        expect(spared).toEqual([]);
        // One run each, and another each if a day's slot has come meanwhile.
        expect(delivered.filter(({ generation }) => generation > 0)).toEqual([]);
        expect(new Set(delivered.map(({ deliveryId }) => deliveryId)).size).toBe(DELIVERIES);
        expectAtPartner(delivered, world.watched, world.inbox, world.devicesOf);
        const orphans = await expectStaged(delivered, world.stage);
        const copies = await detailsOfAll([...members.map(({ home }) => home), person.home]);
        const told = expectCopies(delivered.map(detailOf), copies);
        for (const { code, stderr } of answers)
          expect({ stderr, isFine: code === 0 || code === 75 }).toMatchObject({ isFine: true });

        const kills = [...killed.values()].reduce((sum, count) => sum + count, 0);
        expect(kills).toBeGreaterThan(0);
        const seconds = Math.round((performance.now() - startedAt) / 1000);
        process.stdout.write(
          `seed ${SEED}: ${kills} kills (${[...killed].map(([name, count]) => `${name} ${count}`).join(', ')}), ` +
            `${delivered.length} runs and files, ${attempts} attempts, ${answers.length} commands of a person ended with ` +
            `${answers.map(({ code }) => code).join(' ')}, ${orphans.length} objects of dead attempts in the stage, copies: ${told}, ${seconds} s\n`,
        );
      });
    },
    TIMEOUT_MS,
  );

  test('take over from one that was killed in the middle of a delivery', async () => {
    await using ground = await openGround(1);
    const { store, world, members } = ground;
    const knocked = world.door.shut();
    members.push(startMember(world, 'serve', 1), startMember(world, 'worker', 1), startMember(world, 'worker', 2));
    await knocked;
    const [run] = await store.raw(`select id, lease_owner from runs where lease_owner is not null`);
    const pid = Number(String(run?.lease_owner).split(':').at(-2));
    const victim = members.find((member) => member.process().pid === pid);
    expect(victim).toBeDefined();
    victim?.process().kill();
    await victim?.process().gone;
    const killedAt = performance.now();
    const survivors = members.filter((member) => member !== victim);
    const since = (): string => `${((performance.now() - killedAt) / 1000).toFixed(1)} s`;
    await untilAlive(survivors, async () => ((await store.raw('select 1 from attempts where no = 2')).length > 0 ? true : null));
    const taken = since();
    world.door.open();
    await untilAlive(survivors, async () => ((await look(ground)).finished === 1 ? true : null));
    process.stdout.write(
      `${victim?.name} was killed; another had its run after ${taken} and had delivered it after ${since()}\n`,
    );
    await Promise.all(survivors.map((member) => member.stop()));
    await world.watched.end();
    await withResource(openProject(world.project, { at: systemClock.now(), mode: 'ledger' }), async (app) => {
      const { delivered, attempts } = await expectAllEnded(app.ledger);
      expect(delivered).toHaveLength(1);
      expect(attempts).toBe(2);
      expectAtPartner(delivered, world.watched, world.inbox, world.devicesOf);
      await expectStaged(delivered, world.stage);
    });
  });
});

interface Person {
  readonly home: string;
  /** Asks for deliveries, the first time that it is told to. */
  asks(): void;
  /** What came of it. */
  answers(): Promise<readonly CliResult[]>;
}

/** Somebody who asks for deliveries in between: with a data directory of their own, and through a server. */
function makePerson(world: KillWorld, server: Member): Person {
  const home = world.project.path('homes/person');
  const ids = (world.tables.REF_ADVERTISER_CONFIG ?? []).map(({ ADVERTISER_ID: id }) => String(id));
  const ask = (where: string, id: string | undefined): Promise<CliResult> =>
    world.project.run('--home', where, 'deliver', '--advertiser', id ?? '', '--json');
  const all = async (): Promise<readonly CliResult[]> => [
    await ask(home, ids.at(-1)),
    await ask(server.home, ids.at(-2)),
    await ask(home, ids.at(ids.length >> 1)),
  ];
  let asked: Promise<readonly CliResult[]> | null = null;
  const asks = (): Promise<readonly CliResult[]> => {
    asked ??= all();
    return asked;
  };
  // What goes wrong is told by who awaits the answers; a test that ends before that says its own reason.
  return { home, asks: () => void asks().catch(() => undefined), answers: asks };
}

async function detailsOfAll(homes: readonly string[]): Promise<readonly (readonly Row[])[]> {
  const copies = await Promise.all(homes.map(detailsAt));
  return copies.filter((copy) => copy !== null);
}

/**
 * Each warehouse has a run once at the most, and its end is in one of them. Whoever keeps a warehouse copies what it comes by, so one
 * may know the beginning of a run and another its end: what a run's newest row says is what holds.
 */
function expectCopies(ends: readonly Row[], copies: readonly (readonly Row[])[]): string {
  let twice = 0;
  let behind = 0;
  for (const copy of copies) expect(new Set(copy.map(({ RUN_ID }) => RUN_ID)).size).toBe(copy.length);
  for (const end of ends) {
    const rows = copies.flatMap((copy) => copy.filter(({ RUN_ID }) => RUN_ID === end.RUN_ID));
    const over = rows.filter(({ STATUS }) => STATUS === end.STATUS);
    expect(over.length).toBeGreaterThan(0);
    for (const row of over) expect(row).toEqual(end);
    for (const { STATUS } of rows) expect(['PLANNED', 'RUNNING', 'STAGED', 'SENDING', 'DELIVERED']).toContain(STATUS);
    if (over.length > 1) twice += 1;
    behind += rows.length - over.length;
  }
  return `${copies.length} warehouses, ${twice} runs whose end is in two, ${behind} rows that another's have overtaken`;
}
