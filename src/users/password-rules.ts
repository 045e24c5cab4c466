import { configError } from '../errors.ts';
import { guessesOf } from './password-guesses.ts';

/** What a password must be: long, and nothing that is guessed first. No composition is asked for (OWASP ASVS 5.0, 6.2). */

const SHORTEST = 12;
const LONGEST = 128;
/** Out of reach of whoever has the hashes, where each guess costs scrypt: the highest grade that zxcvbn gives begins here. */
const FEWEST_GUESSES = 1e10;
/** Shorter pieces of names are in many good passwords by chance. */
const SHORTEST_NAME = 4;

/** Refuses a password with `password_weak`, a `config` error that says why; `path` is where it stands in the request. */
export async function refuseWeakPassword(
  password: string,
  { email, name }: { readonly email: string; readonly name: string },
  path = 'body.password',
): Promise<void> {
  const why = await weakness(password, email, name);
  if (why === null) return;
  throw configError('password_weak', `The password ${why}.`, {
    hint: 'Use a few words that nobody else would put together, or what a password manager makes.',
    problems: [{ path, message: why }],
  });
}

async function weakness(password: string, email: string, name: string): Promise<string | null> {
  const length = [...password].length;
  if (length < SHORTEST) return `must have at least ${SHORTEST} characters`;
  if (password.length > LONGEST) return `must have at most ${LONGEST} characters`;
  const small = password.toLowerCase();
  const names = [...email.toLowerCase().split(/[@._+-]/), ...name.toLowerCase().split(/[\s.,'-]+/), 'aquarius'];
  const own = email.toLowerCase().split('@')[0] ?? '';
  if ([own, ...names].some((part) => part.length >= SHORTEST_NAME && !COMMON_PARTS.has(part) && small.includes(part))) {
    return 'must not contain the e-mail, the name, or the name of this program';
  }
  if ((await guessesOf(password, names)) < FEWEST_GUESSES) return 'is one of those that are guessed first';
  return null;
}

/** Ends of e-mails that say nothing of a person. */
const COMMON_PARTS: ReadonlySet<string> = new Set(['mail', 'gmail', 'info', 'example']);
