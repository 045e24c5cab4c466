-- A question mark is a bound value.

-- audience/changes.ts

CREATE TEMPORARY TABLE "aq_changes_1" AS SELECT COALESCE(now_type, held_type) AS id_type, COALESCE(now_value, held_value) AS id_value,
COALESCE(last_seen, ?) AS last_seen,
CAST(CASE WHEN held_value IS NULL THEN 'add' WHEN now_value IS NULL THEN 'gone' WHEN (sent_at IS NULL OR sent_at <= CASE MOD(ABS(HASH(held_value)), 16) WHEN 0 THEN ? WHEN 1 THEN ? WHEN 2 THEN ? WHEN 3 THEN ? WHEN 4 THEN ? WHEN 5 THEN ? WHEN 6 THEN ? WHEN 7 THEN ? WHEN 8 THEN ? WHEN 9 THEN ? WHEN 10 THEN ? WHEN 11 THEN ? WHEN 12 THEN ? WHEN 13 THEN ? WHEN 14 THEN ? WHEN 15 THEN ? END) THEN 'resend' ELSE 'same' END AS VARCHAR) AS change
FROM (SELECT id_type AS now_type, id_value AS now_value, last_seen, CASE WHEN id_type IN (?, ?) THEN id_value ELSE id_type || ' ' || id_value END AS now_key
FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed))
FULL OUTER JOIN (SELECT *, CASE WHEN held_type IN (?, ?) THEN held_value ELSE held_type || ' ' || held_value END AS held_key FROM (SELECT "IDENTIFIER_TYPE" AS held_type, "IDENTIFIER_VALUE" AS held_value, "LAST_SENT_AT" AS sent_at
FROM "SEGMENT_DATA"."DELIVERED_MEMBERS" WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ? AND "REMOVED_AT" IS NULL AND ("LAST_SENT_AT" IS NULL OR "LAST_SENT_AT" > ?)))
ON held_key = now_key;

SELECT change, id_type, COUNT(*) AS id_count FROM "aq_changes_1" GROUP BY change, id_type;

UPDATE "aq_changes_1" SET change = 'remove' WHERE change = 'gone';

UPDATE "aq_changes_1" SET change = ? WHERE change = 'gone' AND (id_type, id_value) IN (SELECT id_type, id_value FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL OR s4.listed_key IS NOT NULL) AS is_listed FROM (SELECT id_type, id_value FROM "aq_changes_1" WHERE change = 'gone' AND id_type IN (?, ?)) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_value LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s4 ON s4.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) WHERE is_listed UNION ALL SELECT id_type, id_value FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT id_type, id_value FROM "aq_changes_1" WHERE change = 'gone' AND id_type IN (?)) f) WHERE is_listed UNION ALL SELECT id_type, id_value FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT id_type, id_value FROM "aq_changes_1" WHERE change = 'gone' AND id_type IN (?)) f) WHERE is_listed);

UPDATE "aq_changes_1" SET change = ? WHERE change = 'gone' AND (id_type, id_value) IN (SELECT id_type, id_value FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT id_type, id_value FROM "aq_changes_1" WHERE change = 'gone' AND id_type IN (?, ?)) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) WHERE is_listed UNION ALL SELECT id_type, id_value FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT id_type, id_value FROM "aq_changes_1" WHERE change = 'gone' AND id_type IN (?)) f) WHERE is_listed UNION ALL SELECT id_type, id_value FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT id_type, id_value FROM "aq_changes_1" WHERE change = 'gone' AND id_type IN (?)) f) WHERE is_listed);

-- audience/count-many.ts

CREATE TEMPORARY TABLE "aq_audience_profiles_1" AS SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'MAID' AS id_kind, CASE WHEN is_idfa AND NOT is_gaid THEN 'IDFA' WHEN is_gaid AND NOT is_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key, id_text, last_seen, shape_reason,
FALSE AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL OR s4.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit, audience)) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(f.id_key, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(upper(f.id_key), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(replace(f.id_key, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s4 ON s4.listed_key = SHA2(upper(replace(f.id_key, '-', '')), 256))) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'IP' AS id_kind, 'IP' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'UID2' AS id_kind, 'UID2' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'UUID2' AS id_kind, 'UUID2' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed;

CREATE TEMPORARY TABLE "aq_audience_profiles_1" AS SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'MAID' AS id_kind, CASE WHEN is_idfa AND NOT is_gaid THEN 'IDFA' WHEN is_gaid AND NOT is_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key, id_text, last_seen, shape_reason,
FALSE AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL OR s4.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit, audience)) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(f.id_key, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(upper(f.id_key), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(replace(f.id_key, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s4 ON s4.listed_key = SHA2(upper(replace(f.id_key, '-', '')), 256))) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'IP' AS id_kind, 'IP' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'UID2' AS id_kind, 'UID2' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'UUID2' AS id_kind, 'UUID2' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed;

CREATE TEMPORARY TABLE "aq_audience_profiles_1" AS SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'MAID' AS id_kind, CASE WHEN is_idfa AND NOT is_gaid THEN 'IDFA' WHEN is_gaid AND NOT is_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key, id_text, last_seen, shape_reason,
FALSE AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit, audience)) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_key, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_key), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_key, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_key, '-', '')), 256))) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'IP' AS id_kind, 'IP' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'UID2' AS id_kind, 'UID2' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'UUID2' AS id_kind, 'UUID2' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed;

CREATE TEMPORARY TABLE "aq_audience_profiles_1" AS SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'MAID' AS id_kind, CASE WHEN is_idfa AND NOT is_gaid THEN 'IDFA' WHEN is_gaid AND NOT is_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key, id_text, last_seen, shape_reason,
FALSE AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit, audience)) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_key, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_key), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_key, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_key, '-', '')), 256))) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'IP' AS id_kind, 'IP' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'UID2' AS id_kind, 'UID2' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed UNION ALL SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT segment AS audience, 'UUID2' AS id_kind, 'UUID2' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value, audience)) f)) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed;

-- audience/count.ts

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT ? AS segment, '' AS segment_name, * FROM "aq_cut_1") GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL OR s4.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN (has_visited OR seen_id.value IS NOT NULL) THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END + CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit)))) found LEFT JOIN "aq_visited_maids_1" seen_id ON seen_id.value = found.id_value) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s4 ON s4.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT FALSE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN (has_visited OR seen_id.value IS NOT NULL) THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value))) found LEFT JOIN "aq_visited_ips_1" seen_id ON seen_id.value = found.id_value) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_visited THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_visited THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value))) found) f)) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL OR s4.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN (has_visited OR seen_id.value IS NOT NULL) THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END + CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit)))) found LEFT JOIN "aq_visited_maids_1" seen_id ON seen_id.value = found.id_value) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s4 ON s4.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT FALSE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN (has_visited OR seen_id.value IS NOT NULL) THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value))) found LEFT JOIN "aq_visited_ips_1" seen_id ON seen_id.value = found.id_value) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_visited THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_visited THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value))) found) f)) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL OR s4.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, FALSE AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited
FROM (SELECT CAST(v."MAID" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type, CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) AS seen_at,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS io, CAST(NULL AS VARCHAR) AS io_name, FALSE AS visited, FALSE AS opted_out
FROM "BASE_TABLES"."STORE_VISITS" v
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
AND REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
AND (CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) IS NULL OR CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s4 ON s4.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256))) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_key), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, COALESCE(BOOLOR_AGG(is_idfa) OVER (PARTITION BY id_key), FALSE) AS told_idfa, COALESCE(BOOLOR_AGG(is_gaid) OVER (PARTITION BY id_key), FALSE) AS told_gaid FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit, COALESCE(io, '_none'))))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT FALSE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f)) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_key), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, COALESCE(BOOLOR_AGG(is_idfa) OVER (PARTITION BY id_key), FALSE) AS told_idfa, COALESCE(BOOLOR_AGG(is_gaid) OVER (PARTITION BY id_key), FALSE) AS told_gaid FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit, COALESCE(io, '_none'))))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT FALSE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f)) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) IN ('IDFA', 'GAID') THEN CAST(l."DEVICE_TYPE" AS VARCHAR) WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 'IDFA' WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'GAID' END AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) UNION ALL SELECT CAST(l."MAID" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) IN ('IDFA', 'GAID') THEN CAST(l."DEVICE_TYPE" AS VARCHAR) WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 'IDFA' WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'GAID' END AS device_type,
l."IMPRESSION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(NULL AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" l JOIN "aq_owned_2" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li AND l."ADVERTISER_ID" IS NOT DISTINCT FROM o.own LEFT JOIN "aq_consented_2" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."IMPRESSION_TIMESTAMP" IS NULL OR l."IMPRESSION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) UNION ALL SELECT CAST(l."IP_ADDRESS" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."IMPRESSION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(NULL AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" l JOIN "aq_owned_2" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li AND l."ADVERTISER_ID" IS NOT DISTINCT FROM o.own LEFT JOIN "aq_consented_2" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."IMPRESSION_TIMESTAMP" IS NULL OR l."IMPRESSION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(found, '
') END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^([!#&()*+./0-9:=?@A-Z^_a-z~-]+)$') AND NOT REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$') THEN trim(raw, '
') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."GROUPING_INDICATOR" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."IMPRESSION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(NULL AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" l JOIN "aq_owned_2" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li AND l."ADVERTISER_ID" IS NOT DISTINCT FROM o.own LEFT JOIN "aq_consented_2" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."IMPRESSION_TIMESTAMP" IS NULL OR l."IMPRESSION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(found, '
') END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw, '
') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw, '
'), '0')) < 20 OR ltrim(trim(raw, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw, '
'), '0') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UUID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UUID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f)) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, FALSE AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited
FROM (SELECT CAST(v."MAID" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type, CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) AS seen_at,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS io, CAST(NULL AS VARCHAR) AS io_name, FALSE AS visited, FALSE AS opted_out
FROM "BASE_TABLES"."STORE_VISITS" v
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
AND REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
AND (CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) IS NULL OR CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key)) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN (has_visited OR seen_id.value IS NOT NULL) THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) IN ('IDFA', 'GAID') THEN CAST(l."DEVICE_TYPE" AS VARCHAR) WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 'IDFA' WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'GAID' END AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
(seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_visited_raw_1" seen_ip ON seen_ip.raw = CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) LEFT JOIN "aq_visited_raw_2" seen_device ON seen_device.raw = CAST(l."DEVICE_ID_RAW" AS VARCHAR) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit))) found LEFT JOIN "aq_visited_maids_1" seen_id ON seen_id.value = found.id_value) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN (has_visited OR seen_id.value IS NOT NULL) THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
(seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_visited_raw_1" seen_ip ON seen_ip.raw = CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) LEFT JOIN "aq_visited_raw_2" seen_device ON seen_device.raw = CAST(l."DEVICE_ID_RAW" AS VARCHAR) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found LEFT JOIN "aq_visited_ips_1" seen_id ON seen_id.value = found.id_value) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_visited THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(found, '
') END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw, '
') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
(seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_visited_raw_1" seen_ip ON seen_ip.raw = CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) LEFT JOIN "aq_visited_raw_2" seen_device ON seen_device.raw = CAST(l."DEVICE_ID_RAW" AS VARCHAR) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_visited THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw, '
'), '0')) < 20 OR ltrim(trim(raw, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw, '
'), '0') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UUID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
(seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_visited_raw_1" seen_ip ON seen_ip.raw = CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) LEFT JOIN "aq_visited_raw_2" seen_device ON seen_device.raw = CAST(l."DEVICE_ID_RAW" AS VARCHAR) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UUID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f)) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_key), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, COALESCE(BOOLOR_AGG(is_idfa) OVER (PARTITION BY id_key), FALSE) AS told_idfa, COALESCE(BOOLOR_AGG(is_gaid) OVER (PARTITION BY id_key), FALSE) AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, COALESCE(io, '_none') AS segment,
MAX(io_name) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) IN ('IDFA', 'GAID') THEN CAST(l."DEVICE_TYPE" AS VARCHAR) WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 'IDFA' WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'GAID' END AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt, COALESCE(io, '_none')))))
GROUP BY segment, id_value, misfit))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value FROM (SELECT raw, raw_alt, COALESCE(io, '_none') AS segment,
MAX(io_name) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt, COALESCE(io, '_none')))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(found, '
') END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw, '
') END AS first_value FROM (SELECT raw, raw_alt, COALESCE(io, '_none') AS segment,
MAX(io_name) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UID2" IS NOT NULL)
GROUP BY raw, raw_alt, COALESCE(io, '_none')))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw, '
'), '0')) < 20 OR ltrim(trim(raw, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw, '
'), '0') END AS first_value FROM (SELECT raw, raw_alt, COALESCE(io, '_none') AS segment,
MAX(io_name) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UUID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UUID2" IS NOT NULL)
GROUP BY raw, raw_alt, COALESCE(io, '_none')))))
GROUP BY segment, id_value, misfit)) found) f)) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) IN ('IDFA', 'GAID') THEN CAST(l."DEVICE_TYPE" AS VARCHAR) WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 'IDFA' WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'GAID' END AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(found, '
') END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw, '
') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw, '
'), '0')) < 20 OR ltrim(trim(raw, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw, '
'), '0') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UUID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UUID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f)) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, COALESCE(first_value, second_value) AS id_value,
CASE WHEN first_value IS NULL AND second_value IS NULL THEN
CASE WHEN first_reason = 'BLANK' THEN second_reason ELSE first_reason END END AS shape_reason,
CASE WHEN first_value IS NULL AND first_reason = 'BLANK' THEN raw_alt ELSE raw END AS found
FROM (SELECT *, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS first_reason, CASE WHEN second_value IS NOT NULL THEN NULL WHEN (raw_alt IS NULL OR REGEXP_LIKE(raw_alt, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS second_reason
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value, CASE
WHEN REGEXP_LIKE(raw_alt, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw_alt
WHEN REGEXP_LIKE(raw_alt, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw_alt, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw_alt END
WHEN REGEXP_LIKE(raw_alt, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw_alt, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw_alt, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw_alt, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw_alt, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw_alt, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw_alt
WHEN REGEXP_LIKE(raw_alt, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw_alt) || CASE WHEN right(raw_alt, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw_alt) - length(replace(raw_alt, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw_alt, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw_alt, '
') END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw_alt, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw_alt, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw_alt, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw_alt, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw_alt, '
')
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw_alt, '
')) || CASE WHEN right(trim(raw_alt, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw_alt, '
')) - length(replace(trim(raw_alt, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw_alt, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_alt, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw_alt, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_alt, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS second_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(e."CLIENT_IP" AS VARCHAR) AS raw, CAST(e."IP" AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type, e."EVENT_TIMESTAMP" AS seen_at,
CAST(NULL AS VARCHAR) AS io, CAST(NULL AS VARCHAR) AS io_name, FALSE AS visited, (greatest(CASE WHEN CAST(e."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_hosts_1" h ON h.authority = COALESCE(REGEXP_SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ 	]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\\\ 	]*)', 1, 1, 'e', 2), SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), 1, 0)) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(e."GPP" AS VARCHAR)
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(e."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ? AND h.advertiser = ?
AND (e."EVENT_TIMESTAMP" IS NULL OR e."EVENT_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt)))))
GROUP BY segment, id_value, misfit)) found) f)) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
suppressed, COUNT(*) AS id_count
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, COALESCE(first_value, second_value) AS id_value,
CASE WHEN first_value IS NULL AND second_value IS NULL THEN
CASE WHEN first_reason = 'BLANK' THEN second_reason ELSE first_reason END END AS shape_reason,
CASE WHEN first_value IS NULL AND first_reason = 'BLANK' THEN raw_alt ELSE raw END AS found
FROM (SELECT *, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS first_reason, CASE WHEN second_value IS NOT NULL THEN NULL WHEN (raw_alt IS NULL OR REGEXP_LIKE(raw_alt, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS second_reason
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value, CASE
WHEN REGEXP_LIKE(raw_alt, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw_alt
WHEN REGEXP_LIKE(raw_alt, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw_alt, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw_alt END
WHEN REGEXP_LIKE(raw_alt, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw_alt, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw_alt, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw_alt, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw_alt, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw_alt, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw_alt
WHEN REGEXP_LIKE(raw_alt, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw_alt) || CASE WHEN right(raw_alt, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw_alt) - length(replace(raw_alt, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw_alt, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw_alt, '
') END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw_alt, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw_alt, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw_alt, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw_alt, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw_alt, '
')
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw_alt, '
')) || CASE WHEN right(trim(raw_alt, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw_alt, '
')) - length(replace(trim(raw_alt, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw_alt, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_alt, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw_alt, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_alt, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS second_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(e."CLIENT_IP" AS VARCHAR) AS raw, CAST(e."IP" AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type, e."EVENT_TIMESTAMP" AS seen_at,
CAST(NULL AS VARCHAR) AS io, CAST(NULL AS VARCHAR) AS io_name, FALSE AS visited, (greatest(CASE WHEN CAST(e."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_hosts_1" h ON h.authority = COALESCE(REGEXP_SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ 	]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\\\ 	]*)', 1, 1, 'e', 2), SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), 1, 0)) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(e."GPP" AS VARCHAR)
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(e."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ? AND h.advertiser = ? AND lower(TRIM(CAST(e."EVENT_TYPE" AS VARCHAR))) IN (?, ?)
AND (e."EVENT_TIMESTAMP" IS NULL OR e."EVENT_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt)))))
GROUP BY segment, id_value, misfit)) found) f)) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment;

-- audience/cut-many.ts

CREATE TEMPORARY TABLE "aq_audience_profiles_1" AS SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
FROM (SELECT * FROM "aq_cuts_1") GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed;

CREATE TRANSIENT TABLE "aq_cuts_1" AS SELECT segment AS audience, 'MAID' AS id_kind, CASE WHEN is_idfa AND NOT is_gaid THEN 'IDFA' WHEN is_gaid AND NOT is_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key, id_text, last_seen, shape_reason,
FALSE AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit, audience)) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_key, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_key), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_key, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_key, '-', '')), 256)) UNION ALL SELECT segment AS audience, 'IP' AS id_kind, 'IP' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value, audience)) f) UNION ALL SELECT segment AS audience, 'UID2' AS id_kind, 'UID2' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value, audience)) f) UNION ALL SELECT segment AS audience, 'UUID2' AS id_kind, 'UUID2' AS id_type, id_key, id_text, last_seen, shape_reason,
COALESCE(id_text LIKE '%:%', FALSE) AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT audience AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL) UNION ALL SELECT o.audience AS audience, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT * FROM "aq_audience_keys_1" WHERE source = ? AND window_no = ?) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value, audience)) f);

-- audience/cut.ts

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL OR s4.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN (has_visited OR seen_id.value IS NOT NULL) THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END + CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit)))) found LEFT JOIN "aq_visited_maids_1" seen_id ON seen_id.value = found.id_value) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s4 ON s4.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT FALSE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN (has_visited OR seen_id.value IS NOT NULL) THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value))) found LEFT JOIN "aq_visited_ips_1" seen_id ON seen_id.value = found.id_value) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_visited THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_visited THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE WHEN visited THEN 4 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, (seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" LEFT JOIN (SELECT value AS raw FROM "aq_visited_ips_1") seen_ip ON seen_ip.raw = e."IP"
LEFT JOIN (SELECT value AS raw FROM "aq_visited_maids_1") seen_device ON seen_device.raw = e."DEVICE" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value))) found) f)) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL OR s4.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit)))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s4 ON s4.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT FALSE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value))) found) f)) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL OR s4.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit)))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s4 ON s4.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value))) found) f)) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL OR s4.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, FALSE AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited
FROM (SELECT CAST(v."MAID" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type, CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) AS seen_at,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS io, CAST(NULL AS VARCHAR) AS io_name, FALSE AS visited, FALSE AS opted_out
FROM "BASE_TABLES"."STORE_VISITS" v
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
AND REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
AND (CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) IS NULL OR CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s4 ON s4.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256))) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_key), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, COALESCE(BOOLOR_AGG(is_idfa) OVER (PARTITION BY id_key), FALSE) AS told_idfa, COALESCE(BOOLOR_AGG(is_gaid) OVER (PARTITION BY id_key), FALSE) AS told_gaid FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit, COALESCE(io, '_none'))))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT FALSE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f)) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit)))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT FALSE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT '' AS segment, CAST(NULL AS VARCHAR) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE e."SEEN_AT" >= ? AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value))) found) f)) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) IN ('IDFA', 'GAID') THEN CAST(l."DEVICE_TYPE" AS VARCHAR) WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 'IDFA' WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'GAID' END AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) UNION ALL SELECT CAST(l."MAID" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) IN ('IDFA', 'GAID') THEN CAST(l."DEVICE_TYPE" AS VARCHAR) WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 'IDFA' WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'GAID' END AS device_type,
l."IMPRESSION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(NULL AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" l JOIN "aq_owned_2" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li AND l."ADVERTISER_ID" IS NOT DISTINCT FROM o.own LEFT JOIN "aq_consented_2" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."IMPRESSION_TIMESTAMP" IS NULL OR l."IMPRESSION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) UNION ALL SELECT CAST(l."IP_ADDRESS" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."IMPRESSION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(NULL AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" l JOIN "aq_owned_2" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li AND l."ADVERTISER_ID" IS NOT DISTINCT FROM o.own LEFT JOIN "aq_consented_2" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."IMPRESSION_TIMESTAMP" IS NULL OR l."IMPRESSION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(found, '
') END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^([!#&()*+./0-9:=?@A-Z^_a-z~-]+)$') AND NOT REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$') THEN trim(raw, '
') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."GROUPING_INDICATOR" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."IMPRESSION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(NULL AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" l JOIN "aq_owned_2" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li AND l."ADVERTISER_ID" IS NOT DISTINCT FROM o.own LEFT JOIN "aq_consented_2" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."IMPRESSION_TIMESTAMP" IS NULL OR l."IMPRESSION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(found, '
') END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw, '
') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw, '
'), '0')) < 20 OR ltrim(trim(raw, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw, '
'), '0') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UUID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UUID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f)) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, FALSE AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited
FROM (SELECT CAST(v."MAID" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type, CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) AS seen_at,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS io, CAST(NULL AS VARCHAR) AS io_name, FALSE AS visited, FALSE AS opted_out
FROM "BASE_TABLES"."STORE_VISITS" v
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
AND REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
AND (CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) IS NULL OR CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key)) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN (has_visited OR seen_id.value IS NOT NULL) THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) IN ('IDFA', 'GAID') THEN CAST(l."DEVICE_TYPE" AS VARCHAR) WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 'IDFA' WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'GAID' END AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
(seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_visited_raw_1" seen_ip ON seen_ip.raw = CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) LEFT JOIN "aq_visited_raw_2" seen_device ON seen_device.raw = CAST(l."DEVICE_ID_RAW" AS VARCHAR) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit))) found LEFT JOIN "aq_visited_maids_1" seen_id ON seen_id.value = found.id_value) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN (has_visited OR seen_id.value IS NOT NULL) THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
(seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_visited_raw_1" seen_ip ON seen_ip.raw = CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) LEFT JOIN "aq_visited_raw_2" seen_device ON seen_device.raw = CAST(l."DEVICE_ID_RAW" AS VARCHAR) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found LEFT JOIN "aq_visited_ips_1" seen_id ON seen_id.value = found.id_value) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_visited THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(found, '
') END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw, '
') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
(seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_visited_raw_1" seen_ip ON seen_ip.raw = CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) LEFT JOIN "aq_visited_raw_2" seen_device ON seen_device.raw = CAST(l."DEVICE_ID_RAW" AS VARCHAR) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_visited THEN 'VISITED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw, '
'), '0')) < 20 OR ltrim(trim(raw, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw, '
'), '0') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UUID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
(seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL) AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_visited_raw_1" seen_ip ON seen_ip.raw = CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) LEFT JOIN "aq_visited_raw_2" seen_device ON seen_device.raw = CAST(l."DEVICE_ID_RAW" AS VARCHAR) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UUID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f)) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_key), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, COALESCE(BOOLOR_AGG(is_idfa) OVER (PARTITION BY id_key), FALSE) AS told_idfa, COALESCE(BOOLOR_AGG(is_gaid) OVER (PARTITION BY id_key), FALSE) AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, COALESCE(io, '_none') AS segment,
MAX(io_name) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) IN ('IDFA', 'GAID') THEN CAST(l."DEVICE_TYPE" AS VARCHAR) WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 'IDFA' WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'GAID' END AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt, COALESCE(io, '_none')))))
GROUP BY segment, id_value, misfit))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value FROM (SELECT raw, raw_alt, COALESCE(io, '_none') AS segment,
MAX(io_name) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt, COALESCE(io, '_none')))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(found, '
') END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw, '
') END AS first_value FROM (SELECT raw, raw_alt, COALESCE(io, '_none') AS segment,
MAX(io_name) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UID2" IS NOT NULL)
GROUP BY raw, raw_alt, COALESCE(io, '_none')))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw, '
'), '0')) < 20 OR ltrim(trim(raw, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw, '
'), '0') END AS first_value FROM (SELECT raw, raw_alt, COALESCE(io, '_none') AS segment,
MAX(io_name) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UUID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UUID2" IS NOT NULL)
GROUP BY raw, raw_alt, COALESCE(io, '_none')))))
GROUP BY segment, id_value, misfit)) found) f)) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, is_idfa AS told_idfa, is_gaid AS told_gaid FROM (SELECT segment, MAX(segment_name) AS segment_name, id_value AS id_key,
CAST(NULL AS VARCHAR) AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN lower(substr(trim(raw, '
'), 1, 4)) = 'sys-' THEN 'SYNTHETIC' WHEN REGEXP_LIKE(raw, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 'ZERO_ID' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) IN ('IDFA', 'GAID') THEN CAST(l."DEVICE_TYPE" AS VARCHAR) WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 'IDFA' WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'GAID' END AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = f.id_key) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS shape_reason, raw AS found
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(found, '
') END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw, '
') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, first_value AS id_value, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE 'MALFORMED' END AS shape_reason, raw AS found
FROM (SELECT *, CASE WHEN REGEXP_LIKE(raw, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw, '
'), '0')) < 20 OR ltrim(trim(raw, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw, '
'), '0') END AS first_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(l."UUID2" AS VARCHAR) AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type,
l."AUCTION_TIMESTAMP" AS seen_at,
o.k_io AS io, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS io_name,
FALSE AS visited,
(greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR)
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND l."UUID2" IS NOT NULL)
GROUP BY raw, raw_alt))))
GROUP BY segment, id_value, misfit)) found) f)) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, COALESCE(first_value, second_value) AS id_value,
CASE WHEN first_value IS NULL AND second_value IS NULL THEN
CASE WHEN first_reason = 'BLANK' THEN second_reason ELSE first_reason END END AS shape_reason,
CASE WHEN first_value IS NULL AND first_reason = 'BLANK' THEN raw_alt ELSE raw END AS found
FROM (SELECT *, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS first_reason, CASE WHEN second_value IS NOT NULL THEN NULL WHEN (raw_alt IS NULL OR REGEXP_LIKE(raw_alt, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS second_reason
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value, CASE
WHEN REGEXP_LIKE(raw_alt, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw_alt
WHEN REGEXP_LIKE(raw_alt, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw_alt, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw_alt END
WHEN REGEXP_LIKE(raw_alt, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw_alt, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw_alt, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw_alt, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw_alt, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw_alt, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw_alt
WHEN REGEXP_LIKE(raw_alt, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw_alt) || CASE WHEN right(raw_alt, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw_alt) - length(replace(raw_alt, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw_alt, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw_alt, '
') END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw_alt, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw_alt, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw_alt, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw_alt, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw_alt, '
')
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw_alt, '
')) || CASE WHEN right(trim(raw_alt, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw_alt, '
')) - length(replace(trim(raw_alt, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw_alt, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_alt, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw_alt, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_alt, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS second_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(e."CLIENT_IP" AS VARCHAR) AS raw, CAST(e."IP" AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type, e."EVENT_TIMESTAMP" AS seen_at,
CAST(NULL AS VARCHAR) AS io, CAST(NULL AS VARCHAR) AS io_name, FALSE AS visited, (greatest(CASE WHEN CAST(e."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_hosts_1" h ON h.authority = COALESCE(REGEXP_SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ 	]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\\\ 	]*)', 1, 1, 'e', 2), SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), 1, 0)) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(e."GPP" AS VARCHAR)
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(e."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ? AND h.advertiser = ?
AND (e."EVENT_TIMESTAMP" IS NULL OR e."EVENT_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt)))))
GROUP BY segment, id_value, misfit)) found) f)) WHERE segment = ?;

CREATE TEMPORARY TABLE "aq_cut_1" AS SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?) THEN 'TYPE_NOT_WANTED' WHEN has_opted_out THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
id_value AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
COALESCE(BOOLOR_AGG(is_idfa), FALSE) AS is_idfa, COALESCE(BOOLOR_AGG(is_gaid), FALSE) AS is_gaid, COALESCE(BOOLOR_AGG(has_visited), FALSE) AS has_visited, MAX(opted_out) = 1 AS has_opted_out
FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN CASE WHEN (found IS NULL OR REGEXP_LIKE(found, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(found, '
')) END END AS misfit FROM (SELECT *, COALESCE(first_value, second_value) AS id_value,
CASE WHEN first_value IS NULL AND second_value IS NULL THEN
CASE WHEN first_reason = 'BLANK' THEN second_reason ELSE first_reason END END AS shape_reason,
CASE WHEN first_value IS NULL AND first_reason = 'BLANK' THEN raw_alt ELSE raw END AS found
FROM (SELECT *, CASE WHEN first_value IS NOT NULL THEN NULL WHEN (raw IS NULL OR REGEXP_LIKE(raw, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS first_reason, CASE WHEN second_value IS NOT NULL THEN NULL WHEN (raw_alt IS NULL OR REGEXP_LIKE(raw_alt, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 'BLANK' ELSE CASE WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 'NON_PUBLIC_IP' ELSE 'MALFORMED' END END AS second_reason
FROM (SELECT *, CASE
WHEN REGEXP_LIKE(raw, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw
WHEN REGEXP_LIKE(raw, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw END
WHEN REGEXP_LIKE(raw, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw
WHEN REGEXP_LIKE(raw, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw) || CASE WHEN right(raw, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw) - length(replace(raw, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw, '
') END
WHEN REGEXP_LIKE(trim(raw, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw, '
')
WHEN REGEXP_LIKE(trim(raw, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw, '
')) || CASE WHEN right(trim(raw, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw, '
')) - length(replace(trim(raw, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS first_value, CASE
WHEN REGEXP_LIKE(raw_alt, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw_alt
WHEN REGEXP_LIKE(raw_alt, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw_alt, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw_alt END
WHEN REGEXP_LIKE(raw_alt, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw_alt, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw_alt, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw_alt, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw_alt, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw_alt, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw_alt
WHEN REGEXP_LIKE(raw_alt, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw_alt) || CASE WHEN right(raw_alt, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw_alt) - length(replace(raw_alt, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw_alt, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw_alt, '
') END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw_alt, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw_alt, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw_alt, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw_alt, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw_alt, '
')
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw_alt, '
')) || CASE WHEN right(trim(raw_alt, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw_alt, '
')) - length(replace(trim(raw_alt, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw_alt, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_alt, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw_alt, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_alt, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw_alt, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_alt, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_alt, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS second_value FROM (SELECT raw, raw_alt, '' AS segment,
CAST(NULL AS VARCHAR) AS segment_name,
MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'IDFA'), FALSE) AS is_idfa,
COALESCE(BOOLOR_AGG(seen_at <= ? AND device_type = 'GAID'), FALSE) AS is_gaid,
COALESCE(BOOLOR_AGG(seen_at <= ? AND visited), FALSE) AS has_visited, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out
FROM (SELECT CAST(e."CLIENT_IP" AS VARCHAR) AS raw, CAST(e."IP" AS VARCHAR) AS raw_alt,
CAST(NULL AS VARCHAR) AS device_type, e."EVENT_TIMESTAMP" AS seen_at,
CAST(NULL AS VARCHAR) AS io, CAST(NULL AS VARCHAR) AS io_name, FALSE AS visited, (greatest(CASE WHEN CAST(e."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(e."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(e."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(e."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) >= 1) AS opted_out
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_hosts_1" h ON h.authority = COALESCE(REGEXP_SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ 	]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\\\ 	]*)', 1, 1, 'e', 2), SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), 1, 0)) LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(e."GPP" AS VARCHAR)
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(e."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ? AND h.advertiser = ? AND lower(TRIM(CAST(e."EVENT_TYPE" AS VARCHAR))) IN (?, ?)
AND (e."EVENT_TIMESTAMP" IS NULL OR e."EVENT_TIMESTAMP" >= ?))
GROUP BY raw, raw_alt)))))
GROUP BY segment, id_value, misfit)) found) f)) WHERE segment = ?;

-- audience/judge-many.ts

SELECT segment, CAST(NULL AS VARCHAR) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type,
reason, reason IS NULL AND suppressed AS suppressed, SUM(id_count) AS id_count
FROM (SELECT c.segment, p.*, CASE id_kind WHEN 'MAID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN is_future THEN 'FUTURE' WHEN (NOT accept_unknown AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT (CASE id_type WHEN 'IDFA' THEN wants_idfa WHEN 'GAID' THEN wants_gaid WHEN 'MAID' THEN wants_maid WHEN 'IP' THEN wants_ip WHEN 'RAMPID' THEN wants_rampid WHEN 'UID2' THEN wants_uid2 WHEN 'UUID2' THEN wants_uuid2 END) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'IP' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT allow_ipv6 AND is_ipv6) THEN 'IPV6' WHEN NOT allow_ip THEN 'IP_NOT_ALLOWED' WHEN is_future THEN 'FUTURE' WHEN NOT (CASE id_type WHEN 'IDFA' THEN wants_idfa WHEN 'GAID' THEN wants_gaid WHEN 'MAID' THEN wants_maid WHEN 'IP' THEN wants_ip WHEN 'RAMPID' THEN wants_rampid WHEN 'UID2' THEN wants_uid2 WHEN 'UUID2' THEN wants_uuid2 END) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'RAMPID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN is_future THEN 'FUTURE' WHEN NOT (CASE id_type WHEN 'IDFA' THEN wants_idfa WHEN 'GAID' THEN wants_gaid WHEN 'MAID' THEN wants_maid WHEN 'IP' THEN wants_ip WHEN 'RAMPID' THEN wants_rampid WHEN 'UID2' THEN wants_uid2 WHEN 'UUID2' THEN wants_uuid2 END) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'UID2' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN is_future THEN 'FUTURE' WHEN NOT (CASE id_type WHEN 'IDFA' THEN wants_idfa WHEN 'GAID' THEN wants_gaid WHEN 'MAID' THEN wants_maid WHEN 'IP' THEN wants_ip WHEN 'RAMPID' THEN wants_rampid WHEN 'UID2' THEN wants_uid2 WHEN 'UUID2' THEN wants_uuid2 END) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'UUID2' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN is_future THEN 'FUTURE' WHEN NOT (CASE id_type WHEN 'IDFA' THEN wants_idfa WHEN 'GAID' THEN wants_gaid WHEN 'MAID' THEN wants_maid WHEN 'IP' THEN wants_ip WHEN 'RAMPID' THEN wants_rampid WHEN 'UID2' THEN wants_uid2 WHEN 'UUID2' THEN wants_uuid2 END) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END END AS reason
FROM (VALUES (?, ?)) AS c (segment, read_no, allow_ip, allow_ipv6, accept_unknown, wants_idfa, wants_gaid, wants_maid, wants_ip, wants_rampid, wants_uid2, wants_uuid2)
JOIN "aq_audience_profiles_1" p ON p.audience = c.read_no)
GROUP BY 1, 3, 4, 5 ORDER BY segment;

-- audience/member-changes.ts

DELETE FROM "AQUARIUS"."MEMBER_CHANGES" WHERE "CUT_ID" = ? AND "CHANGE" = 'rejected';

INSERT INTO "AQUARIUS"."MEMBER_CHANGES" ("CUT_ID", "RUN_ID", "AGENCY_ID", "ADVERTISER_ID", "DESTINATION_NAME", "SEGMENT_ID", "CHANGE", "IDENTIFIER_TYPE", "IDENTIFIER_VALUE")
SELECT ?, ?, ?, ?, ?,
?, change, id_type, id_value FROM (SELECT "IDENTIFIER_TYPE" AS id_type, "IDENTIFIER_VALUE" AS id_value, 'add' AS change
FROM "SEGMENT_DATA"."DELIVERED_MEMBERS" WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ? AND "REMOVED_AT" IS NULL);

INSERT INTO "AQUARIUS"."MEMBER_CHANGES" ("CUT_ID", "RUN_ID", "AGENCY_ID", "ADVERTISER_ID", "DESTINATION_NAME", "SEGMENT_ID", "CHANGE", "IDENTIFIER_TYPE", "IDENTIFIER_VALUE")
SELECT ?, ?, ?, ?, ?,
?, change, id_type, id_value FROM (SELECT * FROM (SELECT id_type, CASE WHEN id_type IN (?, ?) THEN id_value END AS id_key,
CASE WHEN id_type NOT IN (?, ?) THEN id_value END AS id_text, id_value, last_seen, change
FROM "aq_changes_1" WHERE change IN (?)) WHERE id_type IN (?, ?));

INSERT INTO "AQUARIUS"."MEMBER_CHANGES" ("CUT_ID", "RUN_ID", "AGENCY_ID", "ADVERTISER_ID", "DESTINATION_NAME", "SEGMENT_ID", "CHANGE", "IDENTIFIER_TYPE", "IDENTIFIER_VALUE")
SELECT ?, ?, ?, ?, ?,
?, change, id_type, id_value FROM (SELECT * FROM (SELECT id_type, CASE WHEN id_type IN (?, ?) THEN id_value END AS id_key,
CASE WHEN id_type NOT IN (?, ?) THEN id_value END AS id_text, id_value, last_seen, change
FROM "aq_changes_1" WHERE change IN (?, ?)) WHERE id_type IN (?));

INSERT INTO "AQUARIUS"."MEMBER_CHANGES" ("CUT_ID", "RUN_ID", "AGENCY_ID", "ADVERTISER_ID", "DESTINATION_NAME", "SEGMENT_ID", "CHANGE", "IDENTIFIER_TYPE", "IDENTIFIER_VALUE")
SELECT ?, ?, ?, ?, ?,
?, change, id_type, id_value FROM (SELECT * FROM (SELECT id_type, CASE WHEN id_type IN (?, ?) THEN id_value END AS id_key,
CASE WHEN id_type NOT IN (?, ?) THEN id_value END AS id_text, id_value, last_seen, change
FROM "aq_changes_1" WHERE change IN (?, ?)) WHERE id_type IN (?, ?));

INSERT INTO "AQUARIUS"."MEMBER_CHANGES" ("CUT_ID", "RUN_ID", "AGENCY_ID", "ADVERTISER_ID", "DESTINATION_NAME", "SEGMENT_ID", "CHANGE", "IDENTIFIER_TYPE", "IDENTIFIER_VALUE")
SELECT ?, ?, ?, ?, ?, ?, ?, id_type, id_value
FROM (VALUES (?, ?)) AS named (id_type, id_value);

SELECT DISTINCT "CUT_ID" AS cut_id, "RUN_ID" AS run_id FROM "AQUARIUS"."MEMBER_CHANGES"
WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ? ORDER BY cut_id;

-- audience/settle-cut.ts

CREATE TEMPORARY TABLE "aq_noted_1" AS SELECT DISTINCT "IDENTIFIER_TYPE" AS id_type, "IDENTIFIER_VALUE" AS id_value,
CASE WHEN "IDENTIFIER_TYPE" IN (?, ?) THEN "IDENTIFIER_VALUE" ELSE "IDENTIFIER_TYPE" || ' ' || "IDENTIFIER_VALUE" END AS id_key, "CHANGE" IN ('add', 'resend') AS is_held
FROM "AQUARIUS"."MEMBER_CHANGES" WHERE "CUT_ID" = ? AND "CHANGE" <> 'rejected'
AND "IDENTIFIER_VALUE" NOT IN
(SELECT "IDENTIFIER_VALUE" FROM "AQUARIUS"."MEMBER_CHANGES" WHERE "CUT_ID" = ? AND "CHANGE" = 'rejected');

DELETE FROM "AQUARIUS"."MEMBER_CHANGES" WHERE "CUT_ID" = ?;

DELETE FROM "SEGMENT_DATA"."DELIVERED_MEMBERS" WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ?;

DELETE FROM "SEGMENT_DATA"."DELIVERED_MEMBERS" WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ? AND "REMOVED_AT" < ?;

INSERT INTO "SEGMENT_DATA"."DELIVERED_MEMBERS" ("AGENCY_ID", "ADVERTISER_ID", "DESTINATION_NAME", "SEGMENT_ID", "IDENTIFIER_TYPE", "IDENTIFIER_VALUE", "FIRST_SENT_AT", "LAST_SENT_AT", "REMOVED_AT")
SELECT ?, ?, ?, ?, id_type, id_value, ?, ?, NULL
FROM "aq_noted_1" WHERE id_key NOT IN (SELECT CASE WHEN "IDENTIFIER_TYPE" IN (?, ?) THEN "IDENTIFIER_VALUE" ELSE "IDENTIFIER_TYPE" || ' ' || "IDENTIFIER_VALUE" END FROM "SEGMENT_DATA"."DELIVERED_MEMBERS" WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ?);

INSERT INTO "SEGMENT_DATA"."DELIVERED_MEMBERS" ("AGENCY_ID", "ADVERTISER_ID", "DESTINATION_NAME", "SEGMENT_ID", "IDENTIFIER_TYPE", "IDENTIFIER_VALUE", "FIRST_SENT_AT", "LAST_SENT_AT", "REMOVED_AT")
SELECT ?, ?, ?, ?, id_type, id_value, ?, ?, NULL
FROM (SELECT * FROM "aq_noted_1" WHERE is_held) WHERE id_key NOT IN (SELECT CASE WHEN "IDENTIFIER_TYPE" IN (?, ?) THEN "IDENTIFIER_VALUE" ELSE "IDENTIFIER_TYPE" || ' ' || "IDENTIFIER_VALUE" END FROM "SEGMENT_DATA"."DELIVERED_MEMBERS" WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ?);

SELECT COUNT(*) AS held FROM "SEGMENT_DATA"."DELIVERED_MEMBERS" WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ? AND "REMOVED_AT" IS NULL;

UPDATE "SEGMENT_DATA"."DELIVERED_MEMBERS" SET "LAST_SENT_AT" = ?, "REMOVED_AT" = NULL
WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ? AND CASE WHEN "IDENTIFIER_TYPE" IN (?, ?) THEN "IDENTIFIER_VALUE" ELSE "IDENTIFIER_TYPE" || ' ' || "IDENTIFIER_VALUE" END IN (SELECT id_key FROM "aq_noted_1" WHERE is_held);

UPDATE "SEGMENT_DATA"."DELIVERED_MEMBERS" SET "LAST_SENT_AT" = NULL WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ? AND "REMOVED_AT" IS NULL;

UPDATE "SEGMENT_DATA"."DELIVERED_MEMBERS" SET "LAST_SENT_AT" = NULL, "REMOVED_AT" = NULL
WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ? AND CASE WHEN "IDENTIFIER_TYPE" IN (?, ?) THEN "IDENTIFIER_VALUE" ELSE "IDENTIFIER_TYPE" || ' ' || "IDENTIFIER_VALUE" END IN (SELECT id_key FROM "aq_noted_1");

UPDATE "SEGMENT_DATA"."DELIVERED_MEMBERS" SET "REMOVED_AT" = ? WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ? AND "REMOVED_AT" IS NULL AND "LAST_SENT_AT" <= ?;

UPDATE "SEGMENT_DATA"."DELIVERED_MEMBERS" SET "REMOVED_AT" = ? WHERE "SEGMENT_ID" = ? AND "DESTINATION_NAME" = ? AND "ADVERTISER_ID" = ? AND "AGENCY_ID" = ? AND "REMOVED_AT" IS NULL AND CASE WHEN "IDENTIFIER_TYPE" IN (?, ?) THEN "IDENTIFIER_VALUE" ELSE "IDENTIFIER_TYPE" || ' ' || "IDENTIFIER_VALUE" END IN (SELECT id_key FROM "aq_noted_1" WHERE NOT is_held);

-- audience/shared-reads.ts

CREATE TEMPORARY TABLE "aq_audience_keys_1" AS SELECT * FROM (SELECT ? AS source, w.window_no, w.audience, o.key_no
FROM (VALUES (?, ?)) AS w (audience, window_no, advertiser) JOIN "aq_owned_1" o ON o.advertiser = w.advertiser AND o.owners = 1 UNION ALL SELECT ? AS source, w.window_no, w.audience, o.key_no
FROM (VALUES (?, ?)) AS w (audience, window_no, advertiser) JOIN "aq_owned_2" o ON o.advertiser = w.advertiser AND o.owners = 1) ORDER BY key_no;

CREATE TEMPORARY TABLE "aq_audience_keys_1" AS SELECT * FROM (SELECT ? AS source, w.window_no, w.audience, o.key_no
FROM (VALUES (?, ?)) AS w (audience, window_no, advertiser) JOIN "aq_owned_1" o ON o.advertiser = w.advertiser AND o.owners = 1) ORDER BY key_no;

-- audience/suppression.ts

CREATE TEMPORARY TABLE "aq_suppressed_1" AS SELECT DISTINCT entry_class, entry_form, entry_key FROM (SELECT * FROM (SELECT sup_e.*, 'DEVICE' AS entry_class, 'plain' AS entry_form, CASE WHEN REGEXP_LIKE(entry_value, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(entry_value, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(entry_value, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN entry_value
WHEN REGEXP_LIKE(entry_value, '^([0-9a-fA-F]{32})$') THEN concat(substr(entry_value, 1, 8), '-', substr(entry_value, 9, 4), '-', substr(entry_value, 13, 4), '-', substr(entry_value, 17, 4), '-', substr(entry_value, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(entry_value, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS entry_key
FROM (SELECT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type, CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value
FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1'), '') IN ('', '*', ?)) sup_e WHERE REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') OR (entry_type IS NULL OR NOT REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*|[	- ]*([iI][pP])[	- ]*|[	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*|[	- ]*([uU][iI][dD]2)[	- ]*|[	- ]*([uU][uU][iI][dD]2)[	- ]*)$')) UNION ALL SELECT sup_e.*, 'IP' AS entry_class, 'plain' AS entry_form, CASE
WHEN REGEXP_LIKE(entry_value, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN entry_value
WHEN REGEXP_LIKE(entry_value, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(entry_value, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN entry_value END
WHEN REGEXP_LIKE(entry_value, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(entry_value, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(entry_value, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(entry_value, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(entry_value, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(entry_value, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN entry_value
WHEN REGEXP_LIKE(entry_value, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(entry_value) || CASE WHEN right(entry_value, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(entry_value) - length(replace(entry_value, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(entry_value, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(entry_value, '
') END
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(entry_value, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(entry_value, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(entry_value, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(entry_value, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(entry_value, '
')
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(entry_value, '
')) || CASE WHEN right(trim(entry_value, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(entry_value, '
')) - length(replace(trim(entry_value, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(entry_value, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(entry_value, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(entry_value, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(entry_value, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS entry_key
FROM (SELECT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type, CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value
FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1'), '') IN ('', '*', ?)) sup_e WHERE REGEXP_LIKE(entry_type, '^([	- ]*([iI][pP])[	- ]*)$') OR (entry_type IS NULL OR NOT REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*|[	- ]*([iI][pP])[	- ]*|[	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*|[	- ]*([uU][iI][dD]2)[	- ]*|[	- ]*([uU][uU][iI][dD]2)[	- ]*)$')) UNION ALL SELECT sup_e.*, 'RAMPID' AS entry_class, 'plain' AS entry_form, CASE WHEN REGEXP_LIKE(trim(entry_value, '
'), '^([!#&()*+./0-9:=?@A-Z^_a-z~-]+)$') AND NOT REGEXP_LIKE(entry_value, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$') THEN trim(entry_value, '
') END AS entry_key
FROM (SELECT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type, CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value
FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1'), '') IN ('', '*', ?)) sup_e WHERE REGEXP_LIKE(entry_type, '^([	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*)$') OR (entry_type IS NULL OR NOT REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*|[	- ]*([iI][pP])[	- ]*|[	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*|[	- ]*([uU][iI][dD]2)[	- ]*|[	- ]*([uU][uU][iI][dD]2)[	- ]*)$')) UNION ALL SELECT sup_e.*, 'UID2' AS entry_class, 'plain' AS entry_form, CASE WHEN REGEXP_LIKE(trim(entry_value, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(entry_value, '
') END AS entry_key
FROM (SELECT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type, CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value
FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1'), '') IN ('', '*', ?)) sup_e WHERE REGEXP_LIKE(entry_type, '^([	- ]*([uU][iI][dD]2)[	- ]*)$') OR (entry_type IS NULL OR NOT REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*|[	- ]*([iI][pP])[	- ]*|[	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*|[	- ]*([uU][iI][dD]2)[	- ]*|[	- ]*([uU][uU][iI][dD]2)[	- ]*)$')) UNION ALL SELECT sup_e.*, 'UUID2' AS entry_class, 'plain' AS entry_form, CASE WHEN REGEXP_LIKE(entry_value, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(entry_value, '
'), '0')) < 20 OR ltrim(trim(entry_value, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(entry_value, '
'), '0') END AS entry_key
FROM (SELECT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type, CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value
FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1'), '') IN ('', '*', ?)) sup_e WHERE REGEXP_LIKE(entry_type, '^([	- ]*([uU][uU][iI][dD]2)[	- ]*)$') OR (entry_type IS NULL OR NOT REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*|[	- ]*([iI][pP])[	- ]*|[	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*|[	- ]*([uU][iI][dD]2)[	- ]*|[	- ]*([uU][uU][iI][dD]2)[	- ]*)$')) UNION ALL SELECT sup_e.*, CASE WHEN REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'DEVICE' WHEN REGEXP_LIKE(entry_type, '^([	- ]*([iI][pP])[	- ]*)$') THEN 'IP' WHEN REGEXP_LIKE(entry_type, '^([	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*)$') THEN 'RAMPID' WHEN REGEXP_LIKE(entry_type, '^([	- ]*([uU][iI][dD]2)[	- ]*)$') THEN 'UID2' WHEN REGEXP_LIKE(entry_type, '^([	- ]*([uU][uU][iI][dD]2)[	- ]*)$') THEN 'UUID2' ELSE 'ANY' END AS entry_class, 'sha256' AS entry_form, CASE WHEN REGEXP_LIKE(entry_value, '^([	- ]*[0-9a-fA-F]{64}[	- ]*)$') THEN lower(trim(entry_value, '
'))
WHEN REGEXP_LIKE(entry_value, '^([	- ]*[A-Za-z0-9+/_-]{42}[AEIMQUYcgkosw048]=?[	- ]*)$') THEN LOWER(HEX_ENCODE(TRY_BASE64_DECODE_BINARY((translate(substr(trim(entry_value, '
'), 1, 43), '-_', '+/') || '=')))) END AS entry_key
FROM (SELECT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type, CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value
FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1'), '') IN ('', '*', ?)) sup_e) sup_k WHERE entry_key IS NOT NULL) WHERE entry_key IS NOT NULL;

SELECT COUNT(*) AS entry_count, CAST(SUM(HASH(COALESCE(entry_type, '') || ' ' || COALESCE(entry_value, ''))) AS VARCHAR) AS entry_sum FROM (SELECT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type, CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value
FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1'), '') IN ('', '*', ?));

SELECT COUNT(*) AS unusable FROM (SELECT DISTINCT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type,
CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value FROM "BASE_TABLES"."SUPPRESSION" EXCEPT SELECT entry_type, entry_value FROM (SELECT * FROM (SELECT sup_e.*, 'DEVICE' AS entry_class, 'plain' AS entry_form, CASE WHEN REGEXP_LIKE(entry_value, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(entry_value, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(entry_value, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN entry_value
WHEN REGEXP_LIKE(entry_value, '^([0-9a-fA-F]{32})$') THEN concat(substr(entry_value, 1, 8), '-', substr(entry_value, 9, 4), '-', substr(entry_value, 13, 4), '-', substr(entry_value, 17, 4), '-', substr(entry_value, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(entry_value, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS entry_key
FROM (SELECT DISTINCT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type,
CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value FROM "BASE_TABLES"."SUPPRESSION") sup_e WHERE REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') OR (entry_type IS NULL OR NOT REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*|[	- ]*([iI][pP])[	- ]*|[	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*|[	- ]*([uU][iI][dD]2)[	- ]*|[	- ]*([uU][uU][iI][dD]2)[	- ]*)$')) UNION ALL SELECT sup_e.*, 'IP' AS entry_class, 'plain' AS entry_form, CASE
WHEN REGEXP_LIKE(entry_value, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN entry_value
WHEN REGEXP_LIKE(entry_value, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(entry_value, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN entry_value END
WHEN REGEXP_LIKE(entry_value, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(entry_value, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(entry_value, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(entry_value, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(entry_value, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(entry_value, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN entry_value
WHEN REGEXP_LIKE(entry_value, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(entry_value) || CASE WHEN right(entry_value, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(entry_value) - length(replace(entry_value, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(entry_value, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(entry_value, '
') END
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(entry_value, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(entry_value, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(entry_value, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(entry_value, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(entry_value, '
')
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(entry_value, '
')) || CASE WHEN right(trim(entry_value, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(entry_value, '
')) - length(replace(trim(entry_value, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(entry_value, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(entry_value, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(entry_value, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(entry_value, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(entry_value, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(entry_value, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(entry_value, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS entry_key
FROM (SELECT DISTINCT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type,
CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value FROM "BASE_TABLES"."SUPPRESSION") sup_e WHERE REGEXP_LIKE(entry_type, '^([	- ]*([iI][pP])[	- ]*)$') OR (entry_type IS NULL OR NOT REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*|[	- ]*([iI][pP])[	- ]*|[	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*|[	- ]*([uU][iI][dD]2)[	- ]*|[	- ]*([uU][uU][iI][dD]2)[	- ]*)$')) UNION ALL SELECT sup_e.*, 'RAMPID' AS entry_class, 'plain' AS entry_form, CASE WHEN REGEXP_LIKE(trim(entry_value, '
'), '^([!#&()*+./0-9:=?@A-Z^_a-z~-]+)$') AND NOT REGEXP_LIKE(entry_value, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$') THEN trim(entry_value, '
') END AS entry_key
FROM (SELECT DISTINCT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type,
CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value FROM "BASE_TABLES"."SUPPRESSION") sup_e WHERE REGEXP_LIKE(entry_type, '^([	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*)$') OR (entry_type IS NULL OR NOT REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*|[	- ]*([iI][pP])[	- ]*|[	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*|[	- ]*([uU][iI][dD]2)[	- ]*|[	- ]*([uU][uU][iI][dD]2)[	- ]*)$')) UNION ALL SELECT sup_e.*, 'UID2' AS entry_class, 'plain' AS entry_form, CASE WHEN REGEXP_LIKE(trim(entry_value, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(entry_value, '
') END AS entry_key
FROM (SELECT DISTINCT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type,
CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value FROM "BASE_TABLES"."SUPPRESSION") sup_e WHERE REGEXP_LIKE(entry_type, '^([	- ]*([uU][iI][dD]2)[	- ]*)$') OR (entry_type IS NULL OR NOT REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*|[	- ]*([iI][pP])[	- ]*|[	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*|[	- ]*([uU][iI][dD]2)[	- ]*|[	- ]*([uU][uU][iI][dD]2)[	- ]*)$')) UNION ALL SELECT sup_e.*, 'UUID2' AS entry_class, 'plain' AS entry_form, CASE WHEN REGEXP_LIKE(entry_value, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(entry_value, '
'), '0')) < 20 OR ltrim(trim(entry_value, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(entry_value, '
'), '0') END AS entry_key
FROM (SELECT DISTINCT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type,
CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value FROM "BASE_TABLES"."SUPPRESSION") sup_e WHERE REGEXP_LIKE(entry_type, '^([	- ]*([uU][uU][iI][dD]2)[	- ]*)$') OR (entry_type IS NULL OR NOT REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*|[	- ]*([iI][pP])[	- ]*|[	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*|[	- ]*([uU][iI][dD]2)[	- ]*|[	- ]*([uU][uU][iI][dD]2)[	- ]*)$')) UNION ALL SELECT sup_e.*, CASE WHEN REGEXP_LIKE(entry_type, '^([	- ]*([mM][aA][iI][dD]|[iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE]|[gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 'DEVICE' WHEN REGEXP_LIKE(entry_type, '^([	- ]*([iI][pP])[	- ]*)$') THEN 'IP' WHEN REGEXP_LIKE(entry_type, '^([	- ]*([rR][aA][mM][pP][iI][dD])[	- ]*)$') THEN 'RAMPID' WHEN REGEXP_LIKE(entry_type, '^([	- ]*([uU][iI][dD]2)[	- ]*)$') THEN 'UID2' WHEN REGEXP_LIKE(entry_type, '^([	- ]*([uU][uU][iI][dD]2)[	- ]*)$') THEN 'UUID2' ELSE 'ANY' END AS entry_class, 'sha256' AS entry_form, CASE WHEN REGEXP_LIKE(entry_value, '^([	- ]*[0-9a-fA-F]{64}[	- ]*)$') THEN lower(trim(entry_value, '
'))
WHEN REGEXP_LIKE(entry_value, '^([	- ]*[A-Za-z0-9+/_-]{42}[AEIMQUYcgkosw048]=?[	- ]*)$') THEN LOWER(HEX_ENCODE(TRY_BASE64_DECODE_BINARY((translate(substr(trim(entry_value, '
'), 1, 43), '-_', '+/') || '=')))) END AS entry_key
FROM (SELECT DISTINCT CAST("IDENTIFIER_TYPE" AS VARCHAR) AS entry_type,
CAST("IDENTIFIER_VALUE" AS VARCHAR) AS entry_value FROM "BASE_TABLES"."SUPPRESSION") sup_e) sup_k WHERE entry_key IS NOT NULL));

SELECT DISTINCT entry_class, entry_form FROM "aq_suppressed_1";
