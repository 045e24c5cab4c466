import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Ctx, Destination, Identifier, ReadableSet } from '../../src/destinations/destination.ts';
import { AquariusError, type ErrorKind } from '../../src/errors.ts';
import type { Fault, HttpStandIn } from '../standins/http-standin.ts';
import { membersSet } from '../support/members-set.ts';
import { failureOf } from '../support/stage-files.ts';
import { testCtx } from '../support/staged-set.ts';

/** A partner with an API to deliver to, new for each test. */
export interface ApiDestinationHarness extends AsyncDisposable {
  /** As written in aquarius.yaml. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** What else must never be in an error. */
  readonly canaries: readonly string[];
  /** Settings that are valid and cannot work, with what `check` and `deliver` then say. */
  readonly broken: readonly {
    readonly name: string;
    readonly settings: Readonly<Record<string, unknown>>;
    readonly kind: ErrorKind;
    readonly code: string;
  }[];
  readonly partner: HttpStandIn;
  /** So many members that a delivery takes several calls where the partner's limits allow; `from` gives others. */
  members(from?: number): readonly Identifier[];
  /** The values that the partner holds of the staged segment `1480_4711`, canonical. */
  held(): Promise<ReadonlySet<string>>;
  /** What the partner answers when it is asked to come back later, for a call that carries data; told often enough, it is a failure. */
  readonly busy: readonly Fault[];
  /** Awaited in place of every wait, for partners whose clock must go on. */
  readonly onSleep?: (ms: number) => void;
}

/** What every destination with an API must do. */
export function apiDestinationConformance<S>(
  name: string,
  destination: Destination<S>,
  makeHarness: () => Promise<ApiDestinationHarness>,
): void {
  describe(`${name} as a destination`, () => {
    let place: ApiDestinationHarness;
    let settings: S;

    beforeEach(async () => {
      place = await makeHarness();
      settings = destination.settings.parse(place.settings);
    });
    afterEach(async () => {
      await place[Symbol.asyncDispose]();
    });

    const ctx = (options: { signal?: AbortSignal; onProgress?: (bytes: number) => void } = {}): Ctx => ({
      ...testCtx({ secrets: place.secrets, ...options }),
      sleep: async (ms) => {
        options.signal?.throwIfAborted();
        place.onSleep?.(ms);
      },
    });
    const deliver = (set: ReadableSet) => destination.deliver(set, settings, ctx());
    const whole = () => membersSet({ add: place.members() });
    const valuesOf = (members: readonly Identifier[]) => new Set(members.map(({ value }) => value));

    function expectSecretsAbsent(told: string): void {
      for (const { value } of place.members().slice(0, 200)) expect(told.toLowerCase()).not.toContain(value.toLowerCase());
      for (const secret of [...place.canaries, ...Object.values(place.secrets)]) expect(told).not.toContain(secret);
    }

    /** The typed error of some work, once it is proved to tell no id and no secret. */
    async function refusal(work: Promise<unknown>): Promise<AquariusError> {
      const error = await failureOf(work);
      expect(error).toBeInstanceOf(AquariusError);
      expectSecretsAbsent(inspect(error, { depth: 20, showHidden: true }));
      expect((error as AquariusError).hint).toMatch(/\S/);
      return error as AquariusError;
    }

    test('every member arrives, and the receipt adds up', async () => {
      const set = whole();
      const receipt = await deliver(set);
      expect(await place.held()).toEqual(valuesOf(place.members()));
      expect(receipt).toMatchObject({ accepted: set.manifest.rows, rejected: 0, reasons: {} });
      expect(receipt.reference).not.toBe('');
      expect(receipt.files.map(({ name: file }) => file)).toEqual(set.files.map(({ name: file }) => file));
      expectSecretsAbsent(JSON.stringify(receipt));
    });

    test('delivering the same set again leaves the partner as it was', async () => {
      await deliver(whole());
      const receipt = await deliver(whole());
      expect(receipt.accepted).toBe(place.members().length);
      expect(await place.held()).toEqual(valuesOf(place.members()));
    });

    test('members to remove are gone afterwards, those to add are there', async () => {
      if (!destination.capabilities(settings).removes) return;
      const [first, second] = [place.members(), place.members(1_000_000)];
      await deliver(membersSet({ add: first }));
      const gone = first.slice(0, Math.ceil(first.length / 3));
      const receipt = await deliver(membersSet({ add: second, remove: gone }, INCREMENTAL));
      expect(receipt).toMatchObject({ accepted: second.length + gone.length, rejected: 0 });
      const left = valuesOf([...first.slice(gone.length), ...second]);
      expect(await place.held()).toEqual(left);
      await deliver(membersSet({ add: second, remove: gone }, INCREMENTAL));
      expect(await place.held()).toEqual(left);
    });

    test('a call that breaks off before or after its effect, or whose answer is lost or cut, is made up for', async () => {
      for (const fault of ['reset-before', 'reset-after', 'truncated-answer'] as const) {
        place.partner.fail([fault], ({ method }) => method !== 'GET');
        await retried(() => deliver(whole()));
        expect(await place.held()).toEqual(valuesOf(place.members()));
      }
    });

    test('every single call may break off, before or after its effect', async () => {
      await deliver(whole());
      const calls = place.partner.calls.length;
      for (let at = 0; at < calls; at += 1) {
        for (const fault of ['reset-before', 'reset-after'] as const) {
          let seen = 0;
          place.partner.fail([fault], () => seen++ === at);
          await retried(() => deliver(whole()));
        }
      }
      expect(await place.held()).toEqual(valuesOf(place.members()));
    });

    test('a partner that is busy for a while gets the same audience later', async () => {
      for (const fault of place.busy) {
        place.partner.fail([fault], ({ method }) => method !== 'GET');
        await retried(() => deliver(whole()));
      }
      expect(await place.held()).toEqual(valuesOf(place.members()));
    });

    test('errors of servers and proxies in every form are transient, typed, and tell no id', async () => {
      const strange: readonly Fault[] = [
        { status: 500, headers: { 'content-type': 'text/html' }, body: 'Internal Server Error' },
        { status: 502, headers: { 'content-type': 'text/html' }, body: '<html><body>Bad Gateway</body></html>' },
        { status: 503, body: { message: place.members()[0]?.value } },
        { status: 500, body: 'x'.repeat(1_000_000) },
      ];
      for (const fault of strange) {
        place.partner.fail(Array.from({ length: 100 }, () => fault));
        const error = await refusal(deliver(whole()));
        expect(error.kind).toBe('transient');
        place.partner.recover();
      }
      await deliver(whole());
      expect(await place.held()).toEqual(valuesOf(place.members()));
    });

    test('a delivery that was stopped before it began does nothing, and ends with the reason of the stop', async () => {
      const reason = new Error('too late');
      const before = place.partner.calls.length;
      expect(await failureOf(destination.deliver(whole(), settings, ctx({ signal: AbortSignal.abort(reason) })))).toBe(reason);
      expect(place.partner.calls.length).toBe(before);
    });

    test('a delivery that is stopped while the partner is silent ends with the reason of the stop', async () => {
      const stop = new AbortController();
      const reason = new Error('the deadline has come');
      place.partner.fail(['stall-before'], () => {
        setImmediate(() => stop.abort(reason));
        return true;
      });
      expect(await failureOf(destination.deliver(whole(), settings, ctx({ signal: stop.signal })))).toBe(reason);
    });

    test('a staged file that is short or foreign is an error, and the receipt never claims it', async () => {
      const set = whole();
      const [file] = set.files;
      if (file === undefined) throw new Error('The set has no file.');
      const short = { ...set, files: [{ ...file, rows: file.rows + 1 }] };
      expect(await refusal(deliver(short))).toMatchObject({ kind: 'transient', code: 'staged_short' });
    });

    test('progress grows to the size of the set', async () => {
      const told: number[] = [];
      const set = whole();
      await destination.deliver(set, settings, ctx({ onProgress: (bytes) => told.push(bytes) }));
      expect(told).toEqual([...told].sort((a, b) => a - b));
      expect(told.at(-1)).toBe(set.files.reduce((sum, { bytes }) => sum + bytes, 0));
    });

    test('a check proves that deliveries can be made, and changes nothing', async () => {
      await destination.check(settings, ctx());
      expect(await place.held()).toEqual(new Set());
    });

    test('a check and a delivery both say what is wrong with settings that cannot work', async () => {
      expect(place.broken.length).toBeGreaterThan(0);
      for (const { settings: written, kind, code } of place.broken) {
        const broken = destination.settings.parse(written);
        expect(await refusal(destination.check(broken, ctx()))).toMatchObject({ kind, code });
        expect(await refusal(destination.deliver(whole(), broken, ctx()))).toMatchObject({ kind, code });
      }
      expect(await place.held()).toEqual(new Set());
    });

    test('settings are strict, and each is described', () => {
      expect(destination.settings.safeParse({ ...place.settings, unknwon: 1 }).success).toBe(false);
      expect(destination.settings.safeParse({ ...place.settings, type: 'other' }).success).toBe(false);
      const schema = z.toJSONSchema(destination.settings, { io: 'input' });
      expect(schema.additionalProperties).toBe(false);
      for (const [field, described] of Object.entries(schema.properties ?? {}))
        expect({ field, described }).toMatchObject({ described: { description: expect.stringMatching(/\S/) } });
      expect(schema.properties?.type).toMatchObject({ const: destination.type });
    });

    test('its layout and its capabilities agree', async () => {
      const layout = await destination.layout(settings, ctx().secrets);
      const can = destination.capabilities(settings);
      expect(layout.name).toBe('members');
      expect(can.identifiers.length).toBeGreaterThan(0);
      expect(can.allowIp || !can.identifiers.includes('IP')).toBe(true);
      expect(can.refresh.includes('incremental') || !can.removes).toBe(true);
    });
  });
}

const INCREMENTAL = { refresh: 'incremental' } as const;

/** As the engine does: what fails as transient is tried again, some times. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let left = 3; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AquariusError) || error.kind !== 'transient' || left === 0) throw error;
    }
  }
}
