import { type Sql, sql } from '../../lib/sql.ts';
import { draw, keyFor, oneOf } from './draws.ts';

/** The people of the demo: devices are numbered, three to a household; everything about one follows from its number and the seed. */

const DEVICES_PER_HOUSEHOLD = 3;

export function householdOf(device: Sql): Sql {
  return sql`(${device} // ${DEVICES_PER_HOUSEHOLD})`;
}

/** The device's advertising id in canonical form. */
export function deviceId(seed: number, device: Sql): Sql {
  return sql`CAST(CAST(md5(concat(CAST(${seed} AS BIGINT), ' device ', ${device})) AS UUID) AS VARCHAR)`;
}

/** The platform on which the device really is: one in twelve never says. */
export function deviceSystem(seed: number, device: Sql): Sql {
  return oneOf(keyFor(seed, 'system', device), 'system', [...Array(6).fill('IDFA'), ...Array(5).fill('GAID'), '']);
}

/** The household's IPv4 address, always public. Many begin with 2, and some look private without being so. */
export function homeAddress(seed: number, household: Sql): Sql {
  const home = keyFor(seed, 'home', household);
  return sql`concat(24 + ${draw(home, 'a', 76)}, '.', ${draw(home, 'b', 256)}, '.', ${draw(home, 'c', 256)}, '.', 1 + ${draw(home, 'd', 254)})`;
}

/** A carrier's address, which hundreds of phones share: 172.56 is public although 172.16 is not. */
export function carrierAddress(seed: number, device: Sql): Sql {
  const phone = keyFor(seed, 'carrier', device);
  return sql`concat('172.56.', ${draw(phone, 'c', 8)}, '.', 1 + ${draw(phone, 'd', 60)})`;
}

/** The last four groups of the household's IPv6 network, as text of four hexadecimal digits each. */
function networkGroup(seed: number, household: Sql, salt: string): Sql {
  return sql`to_hex(4096 + ${draw(keyFor(seed, 'home', household), salt, 61440)})`;
}

/** The household's IPv6 address in its shortest spelling, or written out in full and in upper case. */
export function homeAddressV6(seed: number, household: Sql, full: Sql): Sql {
  const high = networkGroup(seed, household, 'v6 high');
  const low = networkGroup(seed, household, 'v6 low');
  return sql`CASE WHEN ${full} THEN concat('2600:1700:', ${high}, ':', ${low}, ':0000:0000:0000:0001')
    ELSE lower(concat('2600:1700:', ${high}, ':', ${low}, '::1')) END`;
}

/** The same device as the platforms of the field write it: upper case, without hyphens, in braces, with spaces. */
export function spelled(key: Sql, id: Sql): Sql {
  return sql`CASE ${draw(key, 'spelling', 20)}
    WHEN 0 THEN replace(${id}, '-', '')
    WHEN 1 THEN upper(replace(${id}, '-', ''))
    WHEN 2 THEN concat('{', upper(${id}), '}')
    WHEN 3 THEN concat(' ', ${id}, ' ')
    WHEN 4 THEN concat(upper(substr(${id}, 1, 13)), substr(${id}, 14))
    WHEN 5 THEN upper(${id}) WHEN 6 THEN upper(${id}) WHEN 7 THEN upper(${id}) WHEN 8 THEN upper(${id}) WHEN 9 THEN upper(${id})
    ELSE ${id} END`;
}
