/** Cadences of one's own, as people choose them: days, a time, a zone. */

export type CronKind = 'daily' | 'weekly' | 'monthly' | 'own';

export interface Cron {
  readonly kind: CronKind;
  /** `06:00`. */
  readonly time: string;
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  readonly monthDay: number;
  /** The five fields, for those that the other kinds cannot say. */
  readonly fields: string;
  readonly zone: string;
}

const SIMPLE = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|[0-7](?:,[0-7])*)$/;

/** Reads `CRON <5 fields> TZ=<zone>`; what is none begins as each Monday at six. */
export function readCron(cadence: string, zone: string): Cron {
  const [, fields = '0 6 * * 1', ownZone = zone] = /^CRON (.+) TZ=(\S+)$/i.exec(cadence) ?? [];
  const base = { time: '06:00', weekdays: [1], monthDay: 1, fields, zone: ownZone };
  const [, minute, hour, day, weekdays] = SIMPLE.exec(fields) ?? [];
  if (minute === undefined || hour === undefined || Number(minute) > 59 || Number(hour) > 23) return { ...base, kind: 'own' };
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*' && weekdays === '*') return { ...base, time, kind: 'daily' };
  if (day === '*')
    return { ...base, time, kind: 'weekly', weekdays: [...new Set((weekdays ?? '').split(',').map((text) => Number(text) % 7))] };
  if (weekdays === '*' && Number(day) >= 1 && Number(day) <= 31) return { ...base, time, kind: 'monthly', monthDay: Number(day) };
  return { ...base, kind: 'own' };
}

export function cronText({ kind, time, weekdays, monthDay, fields, zone }: Cron): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const days = [...weekdays].sort((left, right) => left - right).join(',');
  const own = {
    daily: `${minute} ${hour} * * *`,
    weekly: `${minute} ${hour} * * ${days === '' ? '1' : days}`,
    monthly: `${minute} ${hour} ${monthDay} * *`,
    own: fields.trim(),
  }[kind];
  return `CRON ${own} TZ=${zone}`;
}
