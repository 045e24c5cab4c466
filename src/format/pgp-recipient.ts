import { ReadableStream } from 'node:stream/web';
import { configError } from '../errors.ts';

/** Somebody to encrypt to. */
export interface PgpRecipient {
  /** Encrypts to a binary OpenPGP message. Never the same bytes twice: every message has its own random session key. */
  encrypt(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
}

function keyError(message: string, cause?: unknown): Error {
  return configError('pgp_key', message, {
    cause,
    hint: 'Ask the partner for its current public key and put it into the destination.',
  });
}

/**
 * Reads the partner's armored public key and picks its encryption subkey as of `at`; partners refuse files that are encrypted to the
 * primary key. A key that is unreadable, private, expired, revoked, or without such a subkey is a `config` error `pgp_key`.
 */
export async function readPgpRecipient(armoredKey: string, at: Date): Promise<PgpRecipient> {
  // Loaded here, since most commands never encrypt and loading takes as long as starting does.
  const openpgp = await import('openpgp');
  const keys = await openpgp.readKeys({ armoredKeys: armoredKey }).catch((cause: unknown) => {
    throw keyError('The PGP public key cannot be read.', cause);
  });
  const [key] = keys;
  if (key === undefined || keys.length > 1) throw keyError(`The PGP public key must be one key, and there are ${keys.length}.`);
  if (key.isPrivate()) throw keyError('A private PGP key was given where the public one belongs.');
  const chosen = await key.getEncryptionKey(undefined, at).catch((cause: unknown) => {
    throw keyError(
      `The PGP key ${key.getKeyID().toHex()} cannot be encrypted to: it is expired, revoked or not made for encryption.`,
      cause,
    );
  });
  if (!(chosen instanceof openpgp.Subkey))
    throw keyError(`The PGP key ${key.getKeyID().toHex()} has no encryption subkey in force.`);

  async function* encrypt(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const message = await openpgp.createMessage({ binary: ReadableStream.from(source), date: at });
    yield* await openpgp.encrypt({
      message,
      encryptionKeys: key,
      encryptionKeyIDs: chosen.getKeyID(),
      date: at,
      format: 'binary',
      // What every OpenPGP program can read; the data is compressed already.
      config: { aeadProtect: false, preferredCompressionAlgorithm: openpgp.enums.compression.uncompressed },
    });
  }
  return { encrypt };
}
