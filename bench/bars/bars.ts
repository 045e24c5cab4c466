import type { Bar } from '../support/bar.ts';
import { allAudiences, costAgainstSize, nextWeek } from './agency.ts';
import { memory } from './memory.ts';
import { oneAudience } from './one-audience.ts';
import { plan } from './plan.ts';
import { s3Staging } from './s3-staging.ts';
import { sftpUpload } from './sftp-upload.ts';
import { start } from './start.ts';
import { wholeJob } from './whole-job.ts';

export const BARS: readonly Bar[] = [
  oneAudience,
  allAudiences,
  nextWeek,
  wholeJob,
  sftpUpload,
  s3Staging,
  memory,
  plan,
  costAgainstSize,
  start,
];
