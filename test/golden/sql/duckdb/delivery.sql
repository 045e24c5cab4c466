-- A question mark is a bound value.

-- delivery/advertiser-names.ts

SELECT agency, advertiser, MIN(full_name) AS full_name FROM (
SELECT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser,
CAST("ADVERTISER_NAME" AS VARCHAR) AS full_name FROM "BASE_TABLES"."REF_AGENCY_ADVERTISER"
) WHERE full_name <> '' GROUP BY agency, advertiser;

-- delivery/cut-ahead.ts

DROP TABLE IF EXISTS "aquarius_shared"."main"."aq_cuts_1";

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

SELECT ? || CAST(id_key AS VARCHAR) || ? || CAST(epoch_us(date_trunc('second', last_seen)) // 1000000 AS VARCHAR) AS line FROM (SELECT * FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, CAST(CASE WHEN id_type IN (?, ?) THEN id_value END AS UUID) AS id_key,
CASE WHEN id_type NOT IN (?, ?) THEN id_value END AS id_text, id_value, last_seen, change
FROM "aq_changes_1" WHERE change IN (?, ?)) WHERE id_type IN (?)) ORDER BY id_key) AS sorted;

SELECT CASE id_type WHEN 'GAID' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'IP' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') END AS line FROM (SELECT * FROM (SELECT id_type, id_key, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(CAST(id_key AS VARCHAR), id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?, ?)) ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 END, id_key, id_text) AS sorted;

SELECT CASE id_type WHEN 'IDFA' THEN ? || CAST(id_key AS VARCHAR) || ? || CAST(epoch_us(date_trunc('second', last_seen)) // 1000000 AS VARCHAR) WHEN 'GAID' THEN ? || CAST(id_key AS VARCHAR) || ? || CAST(epoch_us(date_trunc('second', last_seen)) // 1000000 AS VARCHAR) END AS line FROM (SELECT * FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, CAST(CASE WHEN id_type IN (?, ?) THEN id_value END AS UUID) AS id_key,
CASE WHEN id_type NOT IN (?, ?) THEN id_value END AS id_text, id_value, last_seen, change
FROM "aq_changes_1" WHERE change IN (?)) WHERE id_type IN (?, ?)) ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 END, id_key) AS sorted;

SELECT CASE id_type WHEN 'IDFA' THEN ? || CAST(id_key AS VARCHAR) || ? || CAST(epoch_us(date_trunc('second', last_seen)) // 1000000 AS VARCHAR) WHEN 'GAID' THEN ? || CAST(id_key AS VARCHAR) || ? || CAST(epoch_us(date_trunc('second', last_seen)) // 1000000 AS VARCHAR) END AS line FROM (SELECT * FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, CAST(CASE WHEN id_type IN (?, ?) THEN id_value END AS UUID) AS id_key,
CASE WHEN id_type NOT IN (?, ?) THEN id_value END AS id_text, id_value, last_seen, change
FROM "aq_changes_1" WHERE change IN (?, ?)) WHERE id_type IN (?, ?)) ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 END, id_key) AS sorted;

SELECT CASE id_type WHEN 'IDFA' THEN upper(CAST(id_key AS VARCHAR)) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'GAID' THEN CAST(id_key AS VARCHAR) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') END AS line FROM (SELECT * FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(CAST(id_key AS VARCHAR), id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?, ?)) ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 END, id_key) AS sorted;

SELECT CASE id_type WHEN 'IDFA' THEN upper(CAST(id_key AS VARCHAR)) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'GAID' THEN CAST(id_key AS VARCHAR) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') END AS line FROM (SELECT * FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(CAST(id_key AS VARCHAR), id_text) AS id_value, last_seen
FROM "aquarius_shared"."main"."aq_cuts_1" WHERE audience = ? AND NOT suppressed AND id_kind IN (?) AND CASE id_kind WHEN 'MAID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END END IS NULL) WHERE id_type IN (?, ?)) ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 END, id_key) AS sorted;

SELECT CASE id_type WHEN 'IDFA' THEN upper(COALESCE(CAST(id_key AS VARCHAR), id_text)) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'GAID' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'IP' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') END AS line FROM (SELECT * FROM (SELECT id_type, id_key, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(CAST(id_key AS VARCHAR), id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?, ?)) ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 WHEN ? THEN 2 END, id_key, id_text) AS sorted;

SELECT CASE id_type WHEN 'IDFA' THEN upper(COALESCE(CAST(id_key AS VARCHAR), id_text)) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'GAID' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'IP' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'UID2' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') END AS line FROM (SELECT * FROM (SELECT id_type, id_key, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(CAST(id_key AS VARCHAR), id_text) AS id_value, last_seen
FROM "aquarius_shared"."main"."aq_cuts_1" WHERE audience = ? AND NOT suppressed AND id_kind IN (?, ?) AND CASE id_kind WHEN 'MAID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'RAMPID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'UID2' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'UUID2' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'IP' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND is_ipv6) THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END END IS NULL) WHERE id_type IN (?, ?)) ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 WHEN ? THEN 2 WHEN ? THEN 3 END, id_key, id_text) AS sorted;

SELECT CASE id_type WHEN 'IDFA' THEN upper(COALESCE(CAST(id_key AS VARCHAR), id_text)) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'GAID' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'IP' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'UID2' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') END AS line FROM (SELECT * FROM (SELECT id_type, id_key, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(CAST(id_key AS VARCHAR), id_text) AS id_value, last_seen
FROM "aquarius_shared"."main"."aq_cuts_1" WHERE audience = ? AND NOT suppressed AND id_kind IN (?, ?) AND CASE id_kind WHEN 'MAID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'RAMPID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'UID2' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'UUID2' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END WHEN 'IP' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT FALSE AND is_ipv6) THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END END IS NULL) WHERE id_type IN (?, ?)) ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 WHEN ? THEN 2 WHEN ? THEN 3 END, id_key, id_text) AS sorted;

SELECT CASE id_type WHEN 'IDFA' THEN upper(COALESCE(CAST(id_key AS VARCHAR), id_text)) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'GAID' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'MAID' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'IP' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'RAMPID' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'UID2' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') WHEN 'UUID2' THEN COALESCE(CAST(id_key AS VARCHAR), id_text) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') END AS line FROM (SELECT * FROM (SELECT id_type, id_key, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(CAST(id_key AS VARCHAR), id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?, ?)) ORDER BY CASE id_type WHEN ? THEN 0 WHEN ? THEN 1 WHEN ? THEN 2 WHEN ? THEN 3 WHEN ? THEN 4 WHEN ? THEN 5 WHEN ? THEN 6 END, id_key, id_text) AS sorted;

SELECT CAST(id_key AS VARCHAR) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') AS line FROM (SELECT * FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(CAST(id_key AS VARCHAR), id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?)) ORDER BY id_key) AS sorted;

SELECT id_text || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') AS line FROM (SELECT * FROM (SELECT id_type, id_text, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(CAST(id_key AS VARCHAR), id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?)) ORDER BY id_text) AS sorted;

SELECT upper(CAST(id_key AS VARCHAR)) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') AS line FROM (SELECT * FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(CAST(id_key AS VARCHAR), id_text) AS id_value, last_seen
FROM "aq_cut_1" WHERE reason IS NULL AND NOT suppressed) WHERE id_type IN (?)) ORDER BY id_key) AS sorted;

SELECT upper(CAST(id_key AS VARCHAR)) || ? || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ') AS line FROM (SELECT * FROM (SELECT id_type, id_key, last_seen FROM (SELECT id_type, id_key, id_text, COALESCE(CAST(id_key AS VARCHAR), id_text) AS id_value, last_seen
FROM "aquarius_shared"."main"."aq_cuts_1" WHERE audience = ? AND NOT suppressed AND id_kind IN (?) AND CASE id_kind WHEN 'MAID' THEN CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT FALSE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN opted_out THEN 'CONSENT' END END IS NULL) WHERE id_type IN (?)) ORDER BY id_key) AS sorted;

-- delivery/source-facts.ts

SELECT MAX(CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" WHERE CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("BUILT_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("BUILT_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("BUILT_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" WHERE CASE typeof("BUILT_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("BUILT_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("BUILT_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("CREATED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("CREATED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("CREATED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE CASE typeof("CREATED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("CREATED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("CREATED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("DRIVE_BY_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("DRIVE_BY_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("DRIVE_BY_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "BASE_TABLES"."SEGMENT_DEVICES_CAPTURED" WHERE CASE typeof("DRIVE_BY_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("DRIVE_BY_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("DRIVE_BY_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" WHERE CASE typeof("EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("FINISHED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("FINISHED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("FINISHED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" WHERE CASE typeof("FINISHED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("FINISHED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("FINISHED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("IMPRESSION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("IMPRESSION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("IMPRESSION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" WHERE CASE typeof("IMPRESSION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("IMPRESSION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("IMPRESSION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("INGESTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" WHERE CASE typeof("INGESTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("INGESTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" WHERE CASE typeof("INGESTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("LOG_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("LOG_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("LOG_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "SEGMENT_DATA"."CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS" WHERE CASE typeof("LOG_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("LOG_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("LOG_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("MODIFIED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("MODIFIED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("MODIFIED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE CASE typeof("MODIFIED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("MODIFIED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("MODIFIED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("STAGING_SYS_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("STAGING_SYS_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("STAGING_SYS_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" WHERE CASE typeof("STAGING_SYS_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("STAGING_SYS_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("STAGING_SYS_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("STORE_VISIT_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "BASE_TABLES"."STORE_VISITS" WHERE CASE typeof("STORE_VISIT_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

SELECT MAX(CASE typeof("STORE_VISIT_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS newest FROM "DERIVED_TABLES"."WEB_TO_STORE_VISIT_ATTRIBUTION" WHERE CASE typeof("STORE_VISIT_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;
