import { createCipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { releaseBuffer } from '../release-buffer.ts';

/**
 * AES-GCM for what is sent, in place of ssh2's: the same bytes for half the processor time. ssh2 makes a key, two buffers and its padding
 * anew for each packet of 32 KiB; here keys and packets are used again, and ciphertext is given back at once. For sockets that have
 * copied what is written when `write` returns (see `connectBatched`).
 */

/** What ssh2's protocol asks of a cipher. */
interface Ssh2Cipher {
  outSeqno: number;
  allocPacket(payloadBytes: number): Buffer;
  encrypt(packet: Buffer): void;
  free(): void;
}

/** The state of ssh2's own AES-GCM that carries on. */
interface Ssh2Gcm extends Ssh2Cipher {
  readonly _encSSLName: string;
  readonly _encKey: Buffer;
  readonly _encIV: Buffer;
  readonly _onWrite: (data: Buffer) => void;
}

interface Ssh2Connection {
  readonly _protocol?: {
    _cipher?: Partial<Ssh2Gcm>;
    readonly _decipher?: { _decipherKey?: Buffer | KeyObject };
  };
}

const GCM = /^aes-(128|256)-gcm$/;
const BLOCK_BYTES = 16;
const IV_BYTES = 12;
const LENGTH_BYTES = 4;
const HEAD_BYTES = LENGTH_BYTES + 1;
const LEAST_PADDING = 4;

/** Room for a full packet of channel data. */
const PACKET_BYTES = 33 * 1024;

/** Smaller packets come from Node's own pool. */
const SMALL_BYTES = 4 * 1024;

/** To be done after every key exchange. Where ssh2 has another cipher, or is another version, nothing changes. */
export function useFastCipher(connection: object): void {
  const protocol = (connection as Ssh2Connection)._protocol;
  if (protocol?._cipher !== undefined && isGcm(protocol._cipher)) protocol._cipher = fastGcm(protocol._cipher);
  const decipher = protocol?._decipher;
  // Acknowledgements are small and many; making a cipher from a key object is six times as fast as from a buffer.
  if (Buffer.isBuffer(decipher?._decipherKey)) decipher._decipherKey = createSecretKey(decipher._decipherKey);
}

function isGcm(cipher: Partial<Ssh2Gcm>): cipher is Ssh2Gcm {
  const { _encSSLName: name, _encKey: key, _encIV: iv, _onWrite: write, outSeqno } = cipher;
  if (typeof name !== 'string' || typeof write !== 'function' || typeof outSeqno !== 'number') return false;
  return GCM.test(name) && Buffer.isBuffer(key) && Buffer.isBuffer(iv) && iv.length === IV_BYTES;
}

function fastGcm({ _encSSLName, _encKey, _encIV, _onWrite: write, outSeqno }: Ssh2Gcm): Ssh2Cipher {
  const algorithm = _encSSLName as 'aes-128-gcm';
  const key = createSecretKey(_encKey);
  const iv = Buffer.from(_encIV);
  const free: Buffer[] = [];
  let isDead = false;

  return {
    outSeqno,

    allocPacket(payloadBytes) {
      const open = 1 + payloadBytes;
      const missing = BLOCK_BYTES - (open % BLOCK_BYTES);
      const padding = missing < LEAST_PADDING ? missing + BLOCK_BYTES : missing;
      const bytes = HEAD_BYTES + payloadBytes + padding;
      const isPooled = bytes > SMALL_BYTES && bytes <= PACKET_BYTES;
      // Whatever a used buffer holds is good for padding: it went to the same server under the same key.
      const packet = isPooled
        ? (free.pop() ?? Buffer.from(new ArrayBuffer(PACKET_BYTES))).subarray(0, bytes)
        : Buffer.alloc(bytes);
      packet.writeUInt32BE(bytes - LENGTH_BYTES, 0);
      packet[LENGTH_BYTES] = padding;
      return packet;
    },

    encrypt(packet) {
      if (isDead) return;
      const cipher = createCipheriv(algorithm, key, iv);
      const length = packet.subarray(0, LENGTH_BYTES);
      cipher.setAAD(length);
      write(length);
      const sealed = cipher.update(packet.subarray(LENGTH_BYTES));
      write(sealed);
      releaseBuffer(sealed);
      cipher.final();
      write(cipher.getAuthTag());
      increment(iv);
      this.outSeqno = (this.outSeqno + 1) >>> 0;
      const { buffer } = packet;
      if (buffer.byteLength === PACKET_BYTES) free.push(Buffer.from(buffer));
    },

    free() {
      isDead = true;
    },
  };
}

/** The last eight bytes of the nonce count packets (RFC 5647). */
function increment(iv: Buffer): void {
  iv.writeBigUInt64BE(BigInt.asUintN(64, iv.readBigUInt64BE(LENGTH_BYTES) + 1n), LENGTH_BYTES);
}
