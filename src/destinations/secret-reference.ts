import { z } from 'zod';

/** A setting that names where a secret is kept and never holds it. */
export const secretReference = z
  .string()
  .regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, "must be a reference: 'env:NAME' or 'file:/path'");
