/**
 * Gives a large buffer's memory back at once, if nothing else is in it; the buffer is empty afterwards. Left to the garbage collector,
 * a stream of buffers outside its heap makes it look at the whole program dozens of times a second, which costs an upload half its
 * processor time. Only for buffers that nobody else can hold.
 */
export function releaseBuffer({ buffer, byteLength }: Buffer): void {
  const isLarge = byteLength >= 4096;
  if (isLarge && buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
