import type { Settings } from '../../config/settings.ts';
import { namedDestination } from '../../delivery/named-destination.ts';
import type { CheckCtx } from '../../destinations/destination.ts';
import { AquariusError, configError } from '../../errors.ts';
import { didYouMean } from '../../lib/did-you-mean.ts';
import type { DestinationTest } from '../../shapes/config/delivery.ts';

/**
 * Connects to a destination and proves that a delivery could be made, leaving nothing behind. What is wrong with it is the answer, not a
 * failure; only a name that aquarius.yaml does not have is one: `config` `unknown_destination`.
 */
export async function testDestination(settings: Settings, name: string, ctx: CheckCtx): Promise<DestinationTest> {
  const destination = namedDestination(settings, name);
  if (destination === null) {
    throw configError('unknown_destination', `There is no destination ${name} in aquarius.yaml.`, {
      hint: didYouMean(name, Object.keys(settings.destinations)),
    });
  }
  const shared = { destination: name, type: destination.type, testedAt: ctx.clock.now().toISOString() };
  try {
    await destination.check(ctx);
    const message = `${name} can be reached and is ready to take a delivery.`;
    return { ...shared, ok: true, code: null, message, hint: null, problems: [] };
  } catch (error) {
    if (!(error instanceof AquariusError)) throw error;
    const { code, message, hint, problems } = error;
    return {
      ...shared,
      ok: false,
      code,
      message,
      hint: hint ?? null,
      problems: problems.map(({ path, message: what }) => ({ path, message: what })),
    };
  }
}
