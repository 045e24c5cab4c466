import { configError } from '../errors.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

/** What a password must be: long, and nothing that is guessed first. No composition is asked for (OWASP ASVS 5.0, 6.2). */

const SHORTEST = 12;
const LONGEST = 128;
/** Shorter pieces of names are in many good passwords by chance. */
const SHORTEST_NAME = 4;

/** Refuses a password with `password_weak`, a `config` error that says why; `path` is where it stands in the request. */
export function refuseWeakPassword(
  password: string,
  { email, name }: { readonly email: string; readonly name: string },
  path = 'body.password',
): void {
  const why = weakness(password, email, name);
  if (why === null) return;
  throw configError('password_weak', `The password ${why}.`, {
    hint: 'Use a few words that nobody else would put together, or what a password manager makes.',
    problems: [{ path, message: why }],
  });
}

function weakness(password: string, email: string, name: string): string | null {
  const length = [...password].length;
  if (length < SHORTEST) return `must have at least ${SHORTEST} characters`;
  if (password.length > LONGEST) return `must have at most ${LONGEST} characters`;
  const small = password.toLowerCase();
  if (COMMON_PASSWORDS.has(small) || isRepetition(small) || isSequence(small)) return 'is one of those that are guessed first';
  const names = [...email.toLowerCase().split(/[@._+-]/), ...name.toLowerCase().split(/[\s.,'-]+/), 'aquarius'];
  const own = email.toLowerCase().split('@')[0] ?? '';
  if ([own, ...names].some((part) => part.length >= SHORTEST_NAME && !COMMON_PARTS.has(part) && small.includes(part))) {
    return 'must not contain the e-mail, the name, or the name of this program';
  }
  return null;
}

/** Ends of e-mails that say nothing of a person. */
const COMMON_PARTS: ReadonlySet<string> = new Set(['mail', 'gmail', 'info', 'example']);

/** A few characters over and over. */
function isRepetition(text: string): boolean {
  for (let unit = 1; unit <= 4; unit += 1) {
    if ([...text].every((character, place) => character === text[place % unit])) return true;
  }
  return false;
}

/** Each character next to the one before, up or down. */
function isSequence(text: string): boolean {
  const steps = new Set(Array.from(text.slice(1), (character, place) => character.charCodeAt(0) - text.charCodeAt(place)));
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
}
