import type { Algorithms, ServerHostKeyAlgorithm } from 'ssh2';
import type { HostKeyPin } from './host-key.ts';

/**
 * What is offered to a server, best first. Without SHA-1, CBC and key exchanges below 2,048 bits. AES-GCM leads: it is the fastest
 * that `node:crypto` does in one pass, and OpenSSH and Go servers choose by the client's order.
 */
const TRANSPORT = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    // For servers without elliptic curves; RFC 9142 still recommends both.
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group14-sha256',
  ],
  cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes192-ctr', 'aes256-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
} as const;

/** Key types of servers, and the signature algorithms that go with each. */
const HOST_KEY_TYPES: readonly { readonly type: string; readonly algorithms: readonly ServerHostKeyAlgorithm[] }[] = [
  { type: 'ssh-ed25519', algorithms: ['ssh-ed25519'] },
  { type: 'ecdsa-sha2-nistp256', algorithms: ['ecdsa-sha2-nistp256'] },
  { type: 'ecdsa-sha2-nistp384', algorithms: ['ecdsa-sha2-nistp384'] },
  { type: 'ecdsa-sha2-nistp521', algorithms: ['ecdsa-sha2-nistp521'] },
  { type: 'ssh-rsa', algorithms: ['rsa-sha2-512', 'rsa-sha2-256'] },
];

/** Every type of host key, in the order of preference. */
export const ALL_HOST_KEY_TYPES: readonly string[] = HOST_KEY_TYPES.map(({ type }) => type);

/** The key types worth asking a server for: those of the pinned keys, or all where a pin is a fingerprint, which tells no type. */
export function typesToAsk(pins: readonly HostKeyPin[]): readonly string[] {
  const named = new Set(pins.map((pin) => (pin.kind === 'key' ? pin.type : null)));
  const first = ALL_HOST_KEY_TYPES.filter((type) => named.has(type));
  return named.has(null) ? [...first, ...ALL_HOST_KEY_TYPES.filter((type) => !named.has(type))] : first;
}

/** The whole offer, with host keys of these types only. */
export function algorithmsFor(hostKeyTypes: readonly string[]): Algorithms {
  const serverHostKey = hostKeyTypes.flatMap((wanted) => HOST_KEY_TYPES.find(({ type }) => type === wanted)?.algorithms ?? []);
  return {
    kex: [...TRANSPORT.kex],
    cipher: [...TRANSPORT.cipher],
    hmac: [...TRANSPORT.hmac],
    compress: [...TRANSPORT.compress],
    serverHostKey,
  };
}
