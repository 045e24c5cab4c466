import { checkContext } from './check-layout.ts';
import type { FileContext, Layout, Membership } from './layout.ts';
import { beforeLf } from './line-end.ts';
import { renderLine } from './render-line.ts';

/**
 * The rows of a file without header, every line ended: the bytes that a warehouse unloads for the same rows, one buffer for
 * each batch.
 */
export async function* writeRows(
  layout: Layout,
  context: FileContext,
  batches: AsyncIterable<readonly Membership[]>,
): AsyncGenerator<Buffer> {
  checkContext(layout, context);
  const end = `${beforeLf(layout)}\n`;
  for await (const batch of batches) {
    if (batch.length > 0)
      yield Buffer.from(batch.map((membership) => `${renderLine(layout, context, membership)}${end}`).join(''));
  }
}
