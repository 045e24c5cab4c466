import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../src/lib/clock.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { detailOf, detailsIn, expectAllEnded, expectAtPartner, expectStaged } from './support/kill-checks.ts';
import { chance, numberOf } from './support/kill-random.ts';
import { callsOf, deaths, die, finish } from './support/kill-rounds.ts';
import { type KillWorld, openKillWorld } from './support/kill-world.ts';
import { openProject, seed } from './support/seed.ts';

/** A server is killed again and again, anywhere; in the end every run was delivered once, and everybody says so. */

const KILLS = numberOf('AQUARIUS_TEST_KILLS', 15);
const SEED = numberOf('AQUARIUS_TEST_SEED', systemClock.now().getTime() % 1_000_000);
const ADVERTISERS = 12;
/** A kill and what comes after it take seconds; a busy machine may take a minute. */
const TIMEOUT_MS = (10 + KILLS) * 60_000;

let world: KillWorld;
beforeAll(async () => {
  world = await openKillWorld({ advertisers: ADVERTISERS, devices: 200 });
  await seed(world.project, systemClock.now(), world.tables);
});
afterAll(() => world[Symbol.asyncDispose]());

describe(`a server that is killed ${KILLS} times (AQUARIUS_TEST_SEED=${SEED})`, () => {
  test(
    'loses nothing, sends nothing twice, and leaves no half file at the partner',
    async () => {
      const startedAt = performance.now();
      const promises = { runIds: new Set<string>() };
      const calls = await callsOf(world, promises);
      for (const step of ['extracting', 'staged', 'delivering', 'delivered'])
        expect(calls.get(`ledger.advance:${step}`)).toBeGreaterThan(0);
      const tally = new Map<string, number>();
      const death = deaths(chance(SEED), calls);
      for (let kill = 0; kill < KILLS; kill += 1) {
        const next = death.next().value;
        const came = await die(world, next, promises);
        const kind = `${next.at}${came ? '' : ', late'}`;
        tally.set(kind, (tally.get(kind) ?? 0) + 1);
        if ((kill + 1) % 10 === 0) process.stdout.write(`${kill + 1} kills\n`);
      }
      await finish(world);
      await world.watched.end();

      await withResource(openProject(world.project, { at: systemClock.now() }), async (app) => {
        const { delivered, spared, attempts } = await expectAllEnded(app.ledger);
        const runs = [...delivered, ...spared];
        const known = new Set(runs.map(({ id }) => id));
        expect([...promises.runIds].filter((id) => !known.has(id))).toEqual([]);
        expect(new Set(delivered.map(({ deliveryId }) => deliveryId)).size).toBe(ADVERTISERS);
        expectAtPartner(delivered, world.watched, world.inbox, world.devicesOf);
        const orphans = await expectStaged(delivered, world.stage);
        expect(await detailsIn(app.warehouse)).toEqual([...runs].sort((a, b) => (a.id < b.id ? -1 : 1)).map(detailOf));
        expect(await app.ledger.pendingOutbox(1)).toEqual([]);
        expect(existsSync(world.project.path('.aquarius/serve.json'))).toBe(false);
        expect(readdirSync(world.project.path('.aquarius/work'))).toEqual([]);
        expect(existsSync(world.project.path('.aquarius/stage'))).toBe(false);

        const seconds = Math.round((performance.now() - startedAt) / 1000);
        const kinds = [...tally].map(([kind, count]) => `${kind} ${count}`).join(', ');
        process.stdout.write(
          `seed ${SEED}: ${KILLS} kills (${kinds}; ${calls.size} calls), ${delivered.length} runs delivered as files, ${spared.length} spared, ${attempts} attempts, ` +
            `${world.watched.looks()} looks at the partner's folder, ${orphans.length} objects of dead attempts in the stage, ${seconds} s\n`,
        );
      });
    },
    TIMEOUT_MS,
  );
});
