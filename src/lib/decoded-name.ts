/** Passes after which a name counts as decoded: names have been met that were encoded three times. */
const MOST_PASSES = 5;
const ESCAPES = /(?:%[0-9a-f]{2})+/gi;

/**
 * A name without the URL encoding that some platforms put around it, several times even. Malformed escapes stay as they are. A plus is a
 * space in a name that was encoded, since a plus of its own would be an escape there.
 */
export function decodedName(name: string): string {
  let text = name;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const escaped = text.replaceAll(ESCAPES, decoded);
    if (escaped === text) break;
    text = text.includes(' ') ? escaped : spaced(text).replaceAll(ESCAPES, decoded);
  }
  return text.trim();
}

const spaced = (text: string): string => text.replaceAll('+', ' ');

function decoded(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}
