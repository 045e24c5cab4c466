/** Answers that are told piece by piece. */

/**
 * A body that takes its texts from a generator, at the pace at which the client reads. When the client goes the generator ends at its
 * next `yield`; whatever it waits for must end by the request's signal. A failure is told as `lastWord` has it: the status is long sent.
 */
export function streamOf(texts: AsyncGenerator<string>, lastWord: (error: unknown) => string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await texts.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        controller.enqueue(encoder.encode(lastWord(error)));
        controller.close();
      }
    },
    cancel: async () => {
      await texts.return(undefined);
    },
  });
}

/** A server-sent event. The data is one line of JSON. */
export function eventText(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A comment, which clients skip: it shows the proxies between that the connection lives. */
export const KEEP_ALIVE = ': keep-alive\n\n';
