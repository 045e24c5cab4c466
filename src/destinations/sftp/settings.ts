import { z } from 'zod';
import { secretReference } from '../secret-reference.ts';
import { parseHostKeyPin } from './host-key.ts';

const hostKey = z
  .string()
  .refine((text) => parseHostKeyPin(text) !== null, "must be 'SHA256:...' or a public key line such as 'ssh-ed25519 AAAA...'");

const folder = z
  .string()
  .min(1)
  .max(1024)
  .refine((text) => !text.includes('\0') && !text.split('/').includes('..'), "must be a folder's path without '..'");

/** Connections of one delivery, however it is set. */
export const MOST_CONNECTIONS = 8;

/** The settings that every adapter over SFTP has. */
export const sftpFields = {
  host: z
    .string()
    .regex(/^[A-Za-z0-9._:-]+$/, 'must be a host name or an address')
    .describe('Host name of the SFTP server.'),
  port: z.int().min(1).max(65_535).default(22).describe('Port of the SFTP server.'),
  username: z.string().min(1).describe('User name at the SFTP server.'),
  privateKey: secretReference.optional().describe('Reference to the private key (OpenSSH or PEM). Either this or password.'),
  passphrase: secretReference.optional().describe("Reference to the private key's passphrase, if it has one."),
  password: secretReference
    .optional()
    .describe('Reference to the password. With privateKey as well, it is used only where the server asks for both.'),
  hostKeys: z
    .array(hostKey)
    .min(1)
    .describe(
      "Keys that the server may prove itself with: 'SHA256:...' fingerprints or public key lines. Several while a key changes. `aquarius doctor --pin NAME` shows what the server offers; compare it with what the partner published.",
    ),
  folder: folder.describe('Folder at the partner into which files go. It must exist.'),
  temp: z
    .enum(['dot-suffix', 'suffix', 'sibling-folder', 'none'])
    .default('dot-suffix')
    .describe(
      "Where a file grows before it gets its name: 'dot-suffix' as a hidden file beside it, 'suffix' beside it under a name that ends in tempSuffix, 'sibling-folder' in tempFolder, 'none' under its own name, for servers that cannot rename.",
    ),
  tempSuffix: z
    .string()
    .regex(/^\.[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, 'must be a dot and at most 32 letters and digits, such as .UPLOADING')
    .optional()
    .describe("End of the names of unfinished files with temp: 'suffix', such as .UPLOADING."),
  tempFolder: folder
    .optional()
    .describe("Folder for unfinished files with temp: 'sibling-folder'. It must exist, on the same disk as folder."),
  verify: z
    .enum(['size', 'tail', 'content'])
    .default('tail')
    .describe(
      "What is compared after an upload: the 'size', the size and the last 64 KiB ('tail'), or all of it, read back ('content').",
    ),
  acceptVanished: z
    .boolean()
    .default(false)
    .describe('Accept that a file is gone right after it got its name, as in drop boxes that are emptied at once.'),
  connections: z
    .int()
    .min(1)
    .max(MOST_CONNECTIONS)
    .optional()
    .describe(
      'Connections of one delivery at the same time. By default 1, and up to 6 where the round trip is long and there is enough to send.',
    ),
  connectionsPerHost: z
    .int()
    .min(1)
    .max(64)
    .default(8)
    .describe('Connections to this host and port at the same time, over all deliveries of one process.'),
  striping: z
    .boolean()
    .optional()
    .describe(
      'Let several connections write parts of one large file, which is one file at the partner all the same. By default only where the server is OpenSSH.',
    ),
  concurrency: z.int().min(1).max(256).default(64).describe('Write requests under way at the same time on one connection.'),
  chunkKiB: z
    .int()
    .min(1)
    .max(255)
    .optional()
    .describe('Size of one write request. By default 255 where the server is OpenSSH or says that it takes that much, else 32.'),
  connectSeconds: z.int().min(1).max(600).default(20).describe('Longest time for connecting and logging in.'),
  stallSeconds: z.int().min(1).max(3600).default(60).describe('Longest wait for any answer while something is under way.'),
} as const;

/** Settings of a connection and of uploads over it. */
export type SftpSettings = z.infer<z.ZodObject<typeof sftpFields>>;

/** Rules between those settings; used as `.check(sftpRules)` on the adapter's schema. */
export function sftpRules(context: z.core.ParsePayload<SftpSettings>): void {
  const { value, issues } = context;
  const wrong = (path: keyof SftpSettings, message: string) => {
    issues.push({ code: 'custom', input: value[path], path: [path], message });
  };
  if (value.privateKey === undefined && value.password === undefined) wrong('privateKey', 'privateKey or password is needed');
  if (value.passphrase !== undefined && value.privateKey === undefined) wrong('passphrase', 'passphrase needs privateKey');
  if (value.temp === 'sibling-folder' && value.tempFolder === undefined)
    wrong('tempFolder', "temp: 'sibling-folder' needs tempFolder");
  if (value.temp !== 'sibling-folder' && value.tempFolder !== undefined)
    wrong('tempFolder', "tempFolder needs temp: 'sibling-folder'");
  if (value.temp === 'suffix' && value.tempSuffix === undefined) wrong('tempSuffix', "temp: 'suffix' needs tempSuffix");
  if (value.temp !== 'suffix' && value.tempSuffix !== undefined) wrong('tempSuffix', "tempSuffix needs temp: 'suffix'");
}
