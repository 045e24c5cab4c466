-- A question mark is a bound value.

-- delivery/advertiser-names.ts

SELECT agency, advertiser, MIN(full_name) AS full_name FROM (
SELECT REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, REGEXP_REPLACE(REGEXP_REPLACE(CAST("ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS advertiser,
CAST("ADVERTISER_NAME" AS VARCHAR) AS full_name FROM "BASE_TABLES"."REF_AGENCY_ADVERTISER"
) WHERE full_name <> '' GROUP BY agency, advertiser;

-- delivery/cut-ahead.ts

SELECT DISTINCT table_name AS "table_name" FROM information_schema.columns
WHERE table_schema = CURRENT_SCHEMA() AND SUBSTR(table_name, 1, 10) = ?
AND table_name < ?;

-- delivery/delivered-before.ts

SELECT "AGENCY_ID" AS agency, "ADVERTISER_ID" AS advertiser, "DESTINATION_NAME" AS destination,
"SEGMENT_ID" AS segment, "SLOT" AS of_slot, MIN("DELIVERY_ID") AS first_run, MAX("DELIVERY_ID") AS last_run
FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" WHERE "SLOT" IN (?) AND "STATUS" IN (?, ?) GROUP BY 1, 2, 3, 4, 5;

SELECT "AGENCY_ID" AS agency, "ADVERTISER_ID" AS advertiser, "DESTINATION_NAME" AS destination,
"SEGMENT_ID" AS segment, "SLOT" AS of_slot, MIN("DELIVERY_ID") AS first_run, MAX("DELIVERY_ID") AS last_run
FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" WHERE "SLOT" IN (?, ?) AND "STATUS" IN (?, ?) GROUP BY 1, 2, 3, 4, 5;

-- delivery/pack-lines.ts

SELECT ? || id_key || ? || CAST(DATEDIFF('second', TIMESTAMP '1970-01-01 00:00:00', last_seen) AS VARCHAR) AS line FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, CASE WHEN id_type IN (?, ?) THEN id_value END AS id_key,
CASE WHEN id_type NOT IN (?, ?) THEN id_value END AS id_text, id_value, last_seen, change
FROM "aq_changes_1" WHERE change IN (?, ?)) WHERE id_type IN (?)) AS sorted ORDER BY id_key;

SELECT CASE id_type WHEN 'GAID' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'IP' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' END AS line FROM (SELECT id_type, id_key, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?, ?)) AS sorted ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 END, id_key, id_text;

SELECT CASE id_type WHEN 'IDFA' THEN ? || id_key || ? || CAST(DATEDIFF('second', TIMESTAMP '1970-01-01 00:00:00', last_seen) AS VARCHAR) WHEN 'GAID' THEN ? || id_key || ? || CAST(DATEDIFF('second', TIMESTAMP '1970-01-01 00:00:00', last_seen) AS VARCHAR) END AS line FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, CASE WHEN id_type IN (?, ?) THEN id_value END AS id_key,
CASE WHEN id_type NOT IN (?, ?) THEN id_value END AS id_text, id_value, last_seen, change
FROM "aq_changes_1" WHERE change IN (?)) WHERE id_type IN (?, ?)) AS sorted ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 END, id_key;

SELECT CASE id_type WHEN 'IDFA' THEN ? || id_key || ? || CAST(DATEDIFF('second', TIMESTAMP '1970-01-01 00:00:00', last_seen) AS VARCHAR) WHEN 'GAID' THEN ? || id_key || ? || CAST(DATEDIFF('second', TIMESTAMP '1970-01-01 00:00:00', last_seen) AS VARCHAR) END AS line FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, CASE WHEN id_type IN (?, ?) THEN id_value END AS id_key,
CASE WHEN id_type NOT IN (?, ?) THEN id_value END AS id_text, id_value, last_seen, change
FROM "aq_changes_1" WHERE change IN (?, ?)) WHERE id_type IN (?, ?)) AS sorted ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 END, id_key;

SELECT CASE id_type WHEN 'IDFA' THEN upper(COALESCE(id_key, id_text)) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'GAID' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'IP' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' END AS line FROM (SELECT id_type, id_key, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?, ?)) AS sorted ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 WHEN ? THEN 2 END, id_key, id_text;

SELECT CASE id_type WHEN 'IDFA' THEN upper(COALESCE(id_key, id_text)) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'GAID' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'IP' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'UID2' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' END AS line FROM (SELECT id_type, id_key, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cuts_1" WHERE audience = ? AND NOT suppressed AND id_kind IN (?, ?) AND CASE id_kind WHEN 'MAID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'RAMPID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'UID2' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'UUID2' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'IP' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND is_ipv6) THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END END IS NULL) WHERE id_type IN (?, ?)) AS sorted ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 WHEN ? THEN 2 WHEN ? THEN 3 END, id_key, id_text;

SELECT CASE id_type WHEN 'IDFA' THEN upper(COALESCE(id_key, id_text)) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'GAID' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'IP' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'UID2' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' END AS line FROM (SELECT id_type, id_key, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cuts_1" WHERE audience = ? AND NOT suppressed AND id_kind IN (?, ?) AND CASE id_kind WHEN 'MAID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'RAMPID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'UID2' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'UUID2' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'IP' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND is_ipv6) THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END END IS NULL) WHERE id_type IN (?, ?)) AS sorted ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 WHEN ? THEN 2 WHEN ? THEN 3 END, id_key, id_text;

SELECT CASE id_type WHEN 'IDFA' THEN upper(COALESCE(id_key, id_text)) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'GAID' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'MAID' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'IP' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'RAMPID' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'UID2' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'UUID2' THEN COALESCE(id_key, id_text) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' END AS line FROM (SELECT id_type, id_key, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?, ?)) AS sorted ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 WHEN ? THEN 2 WHEN ? THEN 3 WHEN ? THEN 4 WHEN ? THEN 5 WHEN ? THEN 6 END, id_key, id_text;

SELECT CASE id_type WHEN 'IDFA' THEN upper(id_key) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'GAID' THEN id_key || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' END AS line FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?, ?)) AS sorted ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 END, id_key;

SELECT CASE id_type WHEN 'IDFA' THEN upper(id_key) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' WHEN 'GAID' THEN id_key || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' END AS line FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cuts_1" WHERE audience = ? AND NOT suppressed AND id_kind IN (?) AND CASE id_kind WHEN 'MAID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END END IS NULL) WHERE id_type IN (?, ?)) AS sorted ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 END, id_key;

SELECT id_key || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' AS line FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?)) AS sorted ORDER BY id_key;

SELECT id_text || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' AS line FROM (SELECT id_type, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?)) AS sorted ORDER BY id_text;

SELECT upper(id_key) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' AS line FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?)) AS sorted ORDER BY id_key;

SELECT upper(id_key) || ? || TO_CHAR(last_seen, 'YYYY-MM-DD') || 'T' || TO_CHAR(last_seen, 'HH24:MI:SS') || 'Z' AS line FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(id_key, id_text) AS id_value, last_seen
FROM "aq_cuts_1" WHERE audience = ? AND NOT suppressed AND id_kind IN (?) AND CASE id_kind WHEN 'MAID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END END IS NULL) WHERE id_type IN (?)) AS sorted ORDER BY id_key;

-- delivery/source-facts.ts

SELECT MAX("AUCTION_TIMESTAMP") AS newest FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" WHERE "AUCTION_TIMESTAMP" <= ?;

SELECT MAX("BUILT_AT") AS newest FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" WHERE "BUILT_AT" <= ?;

SELECT MAX("CREATED_AT") AS newest FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE "CREATED_AT" <= ?;

SELECT MAX("EVENT_TIMESTAMP") AS newest FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" WHERE "EVENT_TIMESTAMP" <= ?;

SELECT MAX("FINISHED_AT") AS newest FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" WHERE "FINISHED_AT" <= ?;

SELECT MAX("IMPRESSION_TIMESTAMP") AS newest FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" WHERE "IMPRESSION_TIMESTAMP" <= ?;

SELECT MAX("INGESTION_TIMESTAMP") AS newest FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" WHERE "INGESTION_TIMESTAMP" <= ?;

SELECT MAX("INGESTION_TIMESTAMP") AS newest FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" WHERE "INGESTION_TIMESTAMP" <= ?;

SELECT MAX("MODIFIED_AT") AS newest FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE "MODIFIED_AT" <= ?;

SELECT MAX("STAGING_SYS_TIMESTAMP") AS newest FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" WHERE "STAGING_SYS_TIMESTAMP" <= ?;

SELECT MAX(CAST("DRIVE_BY_DATE" AS TIMESTAMP_NTZ)) AS newest FROM "BASE_TABLES"."SEGMENT_DEVICES_CAPTURED" WHERE CAST("DRIVE_BY_DATE" AS TIMESTAMP_NTZ) <= ?;

SELECT MAX(CAST("LOG_DATE" AS TIMESTAMP_NTZ)) AS newest FROM "SEGMENT_DATA"."CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS" WHERE CAST("LOG_DATE" AS TIMESTAMP_NTZ) <= ?;

SELECT MAX(CAST("STORE_VISIT_DATE" AS TIMESTAMP_NTZ)) AS newest FROM "BASE_TABLES"."STORE_VISITS" WHERE CAST("STORE_VISIT_DATE" AS TIMESTAMP_NTZ) <= ?;

SELECT MAX(CAST("STORE_VISIT_DATE" AS TIMESTAMP_NTZ)) AS newest FROM "DERIVED_TABLES"."WEB_TO_STORE_VISIT_ATTRIBUTION" WHERE CAST("STORE_VISIT_DATE" AS TIMESTAMP_NTZ) <= ?;
