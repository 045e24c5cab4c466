-- A question mark is a bound value.

-- admin/advertisers/assigned.ts

SELECT agency, advertiser, count(*) AS found FROM (
SELECT DISTINCT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, CASE WHEN lower(regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS advertiser,
regexp_replace(regexp_replace(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS k_platform, CASE WHEN lower(regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_dsp,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_io, CASE WHEN lower(regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_li
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)) WHERE advertiser IS NOT NULL GROUP BY agency, advertiser;

SELECT agency, advertiser, count(*) AS found FROM (
SELECT DISTINCT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, CASE WHEN lower(regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS advertiser,
regexp_replace(regexp_replace(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS k_platform, CASE WHEN lower(regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_dsp,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_io, CASE WHEN lower(regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_li
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE TRUE) WHERE advertiser IS NOT NULL GROUP BY agency, advertiser;

SELECT agency, advertiser, count(*) AS found FROM (
SELECT DISTINCT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, CASE WHEN lower(regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS advertiser,
regexp_replace(regexp_replace(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS k_platform, CASE WHEN lower(regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_dsp,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_io, CASE WHEN lower(regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_li
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?)) WHERE advertiser IS NOT NULL GROUP BY agency, advertiser;

SELECT regexp_replace(regexp_replace(CAST("Agency_Id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("Advertiser_id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("Advertiser_id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS advertiser, CAST("URL" AS VARCHAR) AS url,
"IS_POI" AS is_poi
FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" WHERE (CAST("Agency_Id" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("Agency_Id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?);

SELECT regexp_replace(regexp_replace(CAST("Agency_Id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("Advertiser_id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("Advertiser_id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS advertiser, CAST("URL" AS VARCHAR) AS url,
"IS_POI" AS is_poi
FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" WHERE TRUE;

SELECT regexp_replace(regexp_replace(CAST("Agency_Id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("Advertiser_id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("Advertiser_id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS advertiser, CAST("URL" AS VARCHAR) AS url,
"IS_POI" AS is_poi
FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" WHERE regexp_replace(regexp_replace(CAST("Agency_Id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?);

-- admin/advertisers/known-ids.ts

SELECT NULLIF(regexp_extract(CAST("PLATFORM_TYPE_ID" AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS id FROM "BASE_TABLES"."REF_DSP_PLATFORM" UNION SELECT NULLIF(regexp_extract(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS id FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2";

-- admin/advertisers/new-advertiser-id.ts

SELECT DISTINCT used_id FROM (SELECT regexp_replace(regexp_replace(CAST(spelled AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS used_id FROM (SELECT DISTINCT CAST("ADVERTISER_ID" AS VARCHAR) AS spelled FROM "BASE_TABLES"."REF_AGENCY_ADVERTISER") AS spellings UNION SELECT regexp_replace(regexp_replace(CAST(spelled AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS used_id FROM (SELECT DISTINCT CAST("ADVERTISER_ID" AS VARCHAR) AS spelled FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG") AS spellings UNION SELECT regexp_replace(regexp_replace(CAST(spelled AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS used_id FROM (SELECT DISTINCT CAST("QUORUM_ADVERTISER_ID" AS VARCHAR) AS spelled FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2") AS spellings UNION SELECT regexp_replace(regexp_replace(CAST(spelled AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS used_id FROM (SELECT DISTINCT CAST("Advertiser_id" AS VARCHAR) AS spelled FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING") AS spellings UNION SELECT regexp_replace(regexp_replace(CAST(spelled AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS used_id FROM (SELECT DISTINCT CAST("ADVERTISER_ID" AS VARCHAR) AS spelled FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING") AS spellings) AS used_ids WHERE used_id IN (?);

SELECT nextval('"BASE_TABLES"."AQUARIUS_ADVERTISER_ID"') AS id FROM (VALUES (?)) AS places(place);

-- admin/advertisers/place-rows.ts

SELECT CAST("AGENCY_ID" AS VARCHAR) AS agency, CAST("ADVERTISER_ID" AS VARCHAR) AS advertiser, count(*) AS found
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) GROUP BY 1, 2;

SELECT CAST("AGENCY_ID" AS VARCHAR) AS agency, CAST("ADVERTISER_ID" AS VARCHAR) AS advertiser, count(*) AS found
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE TRUE GROUP BY 1, 2;

SELECT CAST("AGENCY_ID" AS VARCHAR) AS agency, CAST("ADVERTISER_ID" AS VARCHAR) AS advertiser, count(*) AS found
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?) GROUP BY 1, 2;

SELECT agency, advertiser, count(DISTINCT md5) AS found FROM (
SELECT CAST("AGENCY_ID" AS VARCHAR) AS agency, CAST("ADVERTISER_ID" AS VARCHAR) AS advertiser, lower(CAST("SEGMENT_MD5" AS VARCHAR)) AS md5
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING"
) WHERE agency IN (?)
AND advertiser IN (?) GROUP BY agency, advertiser;

-- admin/advertisers/read-names.ts

SELECT agency, advertiser, agency_name, advertiser_name, count(*) AS found FROM (
SELECT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser,
trim(CAST("AGENCY_NAME" AS VARCHAR)) AS agency_name, trim(CAST("ADVERTISER_NAME" AS VARCHAR)) AS advertiser_name FROM "BASE_TABLES"."REF_AGENCY_ADVERTISER"
) GROUP BY agency, advertiser, agency_name, advertiser_name ORDER BY advertiser_name;

-- admin/audit-entries.ts

SELECT "AUDIT_ID" AS id, "AT" AS at, "ACTOR" AS actor, "ROLE" AS role,
regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, "ADVERTISER_ID" AS advertisers, "ACTION" AS action,
"REASON" AS reason, "REQUEST_ID" AS request, "UNDOES" AS undoes,
CAST("BEFORE" AS VARCHAR) AS before_rows, CAST("AFTER" AS VARCHAR) AS after_rows,
(SELECT max(later."AUDIT_ID") FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS later WHERE later."UNDOES" = entry."AUDIT_ID") AS undone_by
FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS entry WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND "AUDIT_ID" = ?;

SELECT "AUDIT_ID" AS id, "AT" AS at, "ACTOR" AS actor, "ROLE" AS role,
regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, "ADVERTISER_ID" AS advertisers, "ACTION" AS action,
"REASON" AS reason, "REQUEST_ID" AS request, "UNDOES" AS undoes,
CAST("BEFORE" AS VARCHAR) AS before_rows, CAST("AFTER" AS VARCHAR) AS after_rows,
(SELECT max(later."AUDIT_ID") FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS later WHERE later."UNDOES" = entry."AUDIT_ID") AS undone_by
FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS entry WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND ? <> '' AND position(? IN (',' || "ADVERTISER_ID" || ',')) > 0 AND "ACTION" = ? ORDER BY "AUDIT_ID" DESC LIMIT 25 OFFSET 0;

SELECT "AUDIT_ID" AS id, "AT" AS at, "ACTOR" AS actor, "ROLE" AS role,
regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, "ADVERTISER_ID" AS advertisers, "ACTION" AS action,
"REASON" AS reason, "REQUEST_ID" AS request, "UNDOES" AS undoes,
CAST("BEFORE" AS VARCHAR) AS before_rows, CAST("AFTER" AS VARCHAR) AS after_rows,
(SELECT max(later."AUDIT_ID") FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS later WHERE later."UNDOES" = entry."AUDIT_ID") AS undone_by
FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS entry WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) ORDER BY "AUDIT_ID" DESC LIMIT 25 OFFSET 0;

SELECT "AUDIT_ID" AS id, "AT" AS at, "ACTOR" AS actor, "ROLE" AS role,
regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, "ADVERTISER_ID" AS advertisers, "ACTION" AS action,
"REASON" AS reason, "REQUEST_ID" AS request, "UNDOES" AS undoes,
CAST("BEFORE" AS VARCHAR) AS before_rows, CAST("AFTER" AS VARCHAR) AS after_rows,
(SELECT max(later."AUDIT_ID") FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS later WHERE later."UNDOES" = entry."AUDIT_ID") AS undone_by
FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS entry WHERE TRUE AND ? <> '' AND position(? IN (',' || "ADVERTISER_ID" || ',')) > 0 AND "ACTION" = ? ORDER BY "AUDIT_ID" DESC LIMIT 25 OFFSET 0;

SELECT "AUDIT_ID" AS id, "AT" AS at, "ACTOR" AS actor, "ROLE" AS role,
regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, "ADVERTISER_ID" AS advertisers, "ACTION" AS action,
"REASON" AS reason, "REQUEST_ID" AS request, "UNDOES" AS undoes,
CAST("BEFORE" AS VARCHAR) AS before_rows, CAST("AFTER" AS VARCHAR) AS after_rows,
(SELECT max(later."AUDIT_ID") FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS later WHERE later."UNDOES" = entry."AUDIT_ID") AS undone_by
FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS entry WHERE TRUE ORDER BY "AUDIT_ID" DESC LIMIT 1 OFFSET 0;

SELECT "AUDIT_ID" AS id, "AT" AS at, "ACTOR" AS actor, "ROLE" AS role,
regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, "ADVERTISER_ID" AS advertisers, "ACTION" AS action,
"REASON" AS reason, "REQUEST_ID" AS request, "UNDOES" AS undoes,
CAST("BEFORE" AS VARCHAR) AS before_rows, CAST("AFTER" AS VARCHAR) AS after_rows,
(SELECT max(later."AUDIT_ID") FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS later WHERE later."UNDOES" = entry."AUDIT_ID") AS undone_by
FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" AS entry WHERE TRUE ORDER BY "AUDIT_ID" DESC LIMIT 25 OFFSET 0;

SELECT count(*) AS found FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?);

SELECT count(*) AS found FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND ? <> '' AND position(? IN (',' || "ADVERTISER_ID" || ',')) > 0 AND "ACTION" = ?;

SELECT count(*) AS found FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" WHERE TRUE;

SELECT count(*) AS found FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" WHERE TRUE AND ? <> '' AND position(? IN (',' || "ADVERTISER_ID" || ',')) > 0 AND "ACTION" = ?;

-- admin/campaigns/campaign-mappings.ts

SELECT CAST("MAPPING_ID" AS VARCHAR) AS "MAPPING_ID", CAST("AGENCY_ID" AS VARCHAR) AS "AGENCY_ID", CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS "DSP_PLATFORM_TYPE", CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS "DSP_ADVERTISER_ID", CAST("INSERTION_ORDER_ID" AS VARCHAR) AS "INSERTION_ORDER_ID", CAST("LINE_ITEM_ID" AS VARCHAR) AS "LINE_ITEM_ID", CAST("QUORUM_ADVERTISER_ID" AS VARCHAR) AS "QUORUM_ADVERTISER_ID", CAST("DATA_SOURCE" AS VARCHAR) AS "DATA_SOURCE", CAST("ADVERTISER_NAME_FROM_DSP" AS VARCHAR) AS "ADVERTISER_NAME_FROM_DSP", CAST("INSERTION_ORDER_NAME_FROM_DSP" AS VARCHAR) AS "INSERTION_ORDER_NAME_FROM_DSP", CAST("LINE_ITEM_NAME_FROM_DSP" AS VARCHAR) AS "LINE_ITEM_NAME_FROM_DSP", CAST("CAMPAIGN_NAME_MANUAL" AS VARCHAR) AS "CAMPAIGN_NAME_MANUAL", CAST("IMPRESSION_COUNT" AS VARCHAR) AS "IMPRESSION_COUNT", CAST("IMPRESSIONS_14DAY_ROLLING" AS VARCHAR) AS "IMPRESSIONS_14DAY_ROLLING", CAST("REACH_14DAY_ROLLING" AS VARCHAR) AS "REACH_14DAY_ROLLING", CASE typeof("FIRST_IMPRESSION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("FIRST_IMPRESSION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("FIRST_IMPRESSION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "FIRST_IMPRESSION_TIMESTAMP", CASE typeof("LAST_IMPRESSION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("LAST_IMPRESSION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("LAST_IMPRESSION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "LAST_IMPRESSION_TIMESTAMP", CAST("CAMPAIGN_START_DATE" AS VARCHAR) AS "CAMPAIGN_START_DATE", CAST("CAMPAIGN_END_DATE" AS VARCHAR) AS "CAMPAIGN_END_DATE", CASE typeof("CREATED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("CREATED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("CREATED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "CREATED_AT", CASE typeof("MODIFIED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("MODIFIED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("MODIFIED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "MODIFIED_AT", regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS k_agency,
NULLIF(regexp_extract(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS k_platform, CASE WHEN lower(regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_dsp,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_io, CASE WHEN lower(regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_li, CASE WHEN lower(regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND TRUE;

SELECT CAST("MAPPING_ID" AS VARCHAR) AS "MAPPING_ID", CAST("AGENCY_ID" AS VARCHAR) AS "AGENCY_ID", CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS "DSP_PLATFORM_TYPE", CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS "DSP_ADVERTISER_ID", CAST("INSERTION_ORDER_ID" AS VARCHAR) AS "INSERTION_ORDER_ID", CAST("LINE_ITEM_ID" AS VARCHAR) AS "LINE_ITEM_ID", CAST("QUORUM_ADVERTISER_ID" AS VARCHAR) AS "QUORUM_ADVERTISER_ID", CAST("DATA_SOURCE" AS VARCHAR) AS "DATA_SOURCE", CAST("ADVERTISER_NAME_FROM_DSP" AS VARCHAR) AS "ADVERTISER_NAME_FROM_DSP", CAST("INSERTION_ORDER_NAME_FROM_DSP" AS VARCHAR) AS "INSERTION_ORDER_NAME_FROM_DSP", CAST("LINE_ITEM_NAME_FROM_DSP" AS VARCHAR) AS "LINE_ITEM_NAME_FROM_DSP", CAST("CAMPAIGN_NAME_MANUAL" AS VARCHAR) AS "CAMPAIGN_NAME_MANUAL", CAST("IMPRESSION_COUNT" AS VARCHAR) AS "IMPRESSION_COUNT", CAST("IMPRESSIONS_14DAY_ROLLING" AS VARCHAR) AS "IMPRESSIONS_14DAY_ROLLING", CAST("REACH_14DAY_ROLLING" AS VARCHAR) AS "REACH_14DAY_ROLLING", CASE typeof("FIRST_IMPRESSION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("FIRST_IMPRESSION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("FIRST_IMPRESSION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "FIRST_IMPRESSION_TIMESTAMP", CASE typeof("LAST_IMPRESSION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("LAST_IMPRESSION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("LAST_IMPRESSION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "LAST_IMPRESSION_TIMESTAMP", CAST("CAMPAIGN_START_DATE" AS VARCHAR) AS "CAMPAIGN_START_DATE", CAST("CAMPAIGN_END_DATE" AS VARCHAR) AS "CAMPAIGN_END_DATE", CASE typeof("CREATED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("CREATED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("CREATED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "CREATED_AT", CASE typeof("MODIFIED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("MODIFIED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("MODIFIED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "MODIFIED_AT", regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS k_agency,
NULLIF(regexp_extract(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS k_platform, CASE WHEN lower(regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_dsp,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_io, CASE WHEN lower(regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_li, CASE WHEN lower(regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?;

SELECT CAST("MAPPING_ID" AS VARCHAR) AS "MAPPING_ID", CAST("AGENCY_ID" AS VARCHAR) AS "AGENCY_ID", CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS "DSP_PLATFORM_TYPE", CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS "DSP_ADVERTISER_ID", CAST("INSERTION_ORDER_ID" AS VARCHAR) AS "INSERTION_ORDER_ID", CAST("LINE_ITEM_ID" AS VARCHAR) AS "LINE_ITEM_ID", CAST("QUORUM_ADVERTISER_ID" AS VARCHAR) AS "QUORUM_ADVERTISER_ID", CAST("DATA_SOURCE" AS VARCHAR) AS "DATA_SOURCE", CAST("ADVERTISER_NAME_FROM_DSP" AS VARCHAR) AS "ADVERTISER_NAME_FROM_DSP", CAST("INSERTION_ORDER_NAME_FROM_DSP" AS VARCHAR) AS "INSERTION_ORDER_NAME_FROM_DSP", CAST("LINE_ITEM_NAME_FROM_DSP" AS VARCHAR) AS "LINE_ITEM_NAME_FROM_DSP", CAST("CAMPAIGN_NAME_MANUAL" AS VARCHAR) AS "CAMPAIGN_NAME_MANUAL", CAST("IMPRESSION_COUNT" AS VARCHAR) AS "IMPRESSION_COUNT", CAST("IMPRESSIONS_14DAY_ROLLING" AS VARCHAR) AS "IMPRESSIONS_14DAY_ROLLING", CAST("REACH_14DAY_ROLLING" AS VARCHAR) AS "REACH_14DAY_ROLLING", CASE typeof("FIRST_IMPRESSION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("FIRST_IMPRESSION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("FIRST_IMPRESSION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "FIRST_IMPRESSION_TIMESTAMP", CASE typeof("LAST_IMPRESSION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("LAST_IMPRESSION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("LAST_IMPRESSION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "LAST_IMPRESSION_TIMESTAMP", CAST("CAMPAIGN_START_DATE" AS VARCHAR) AS "CAMPAIGN_START_DATE", CAST("CAMPAIGN_END_DATE" AS VARCHAR) AS "CAMPAIGN_END_DATE", CASE typeof("CREATED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("CREATED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("CREATED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "CREATED_AT", CASE typeof("MODIFIED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("MODIFIED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("MODIFIED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "MODIFIED_AT", regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS k_agency,
NULLIF(regexp_extract(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS k_platform, CASE WHEN lower(regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_dsp,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_io, CASE WHEN lower(regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_li, CASE WHEN lower(regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE TRUE AND TRUE;

SELECT CAST("MAPPING_ID" AS VARCHAR) AS "MAPPING_ID", CAST("AGENCY_ID" AS VARCHAR) AS "AGENCY_ID", CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS "DSP_PLATFORM_TYPE", CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS "DSP_ADVERTISER_ID", CAST("INSERTION_ORDER_ID" AS VARCHAR) AS "INSERTION_ORDER_ID", CAST("LINE_ITEM_ID" AS VARCHAR) AS "LINE_ITEM_ID", CAST("QUORUM_ADVERTISER_ID" AS VARCHAR) AS "QUORUM_ADVERTISER_ID", CAST("DATA_SOURCE" AS VARCHAR) AS "DATA_SOURCE", CAST("ADVERTISER_NAME_FROM_DSP" AS VARCHAR) AS "ADVERTISER_NAME_FROM_DSP", CAST("INSERTION_ORDER_NAME_FROM_DSP" AS VARCHAR) AS "INSERTION_ORDER_NAME_FROM_DSP", CAST("LINE_ITEM_NAME_FROM_DSP" AS VARCHAR) AS "LINE_ITEM_NAME_FROM_DSP", CAST("CAMPAIGN_NAME_MANUAL" AS VARCHAR) AS "CAMPAIGN_NAME_MANUAL", CAST("IMPRESSION_COUNT" AS VARCHAR) AS "IMPRESSION_COUNT", CAST("IMPRESSIONS_14DAY_ROLLING" AS VARCHAR) AS "IMPRESSIONS_14DAY_ROLLING", CAST("REACH_14DAY_ROLLING" AS VARCHAR) AS "REACH_14DAY_ROLLING", CASE typeof("FIRST_IMPRESSION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("FIRST_IMPRESSION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("FIRST_IMPRESSION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "FIRST_IMPRESSION_TIMESTAMP", CASE typeof("LAST_IMPRESSION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("LAST_IMPRESSION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("LAST_IMPRESSION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "LAST_IMPRESSION_TIMESTAMP", CAST("CAMPAIGN_START_DATE" AS VARCHAR) AS "CAMPAIGN_START_DATE", CAST("CAMPAIGN_END_DATE" AS VARCHAR) AS "CAMPAIGN_END_DATE", CASE typeof("CREATED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("CREATED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("CREATED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "CREATED_AT", CASE typeof("MODIFIED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("MODIFIED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("MODIFIED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "MODIFIED_AT", regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS k_agency,
NULLIF(regexp_extract(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS k_platform, CASE WHEN lower(regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_dsp,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_io, CASE WHEN lower(regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_li, CASE WHEN lower(regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?) AND TRUE;

-- admin/campaigns/dsp-advertisers.ts

SELECT f.*, COALESCE(n.name, f.dsp_name) AS name FROM (
SELECT agency, platform, dsp, MAX(dsp_name) AS dsp_name, CAST(SUM(CASE WHEN day >= CAST(? AS DATE) THEN impressions ELSE 0 END) AS BIGINT) AS impressions, CAST(SUM(CASE WHEN day >= CAST(? AS DATE) THEN impressions ELSE 0 END) AS BIGINT) AS impressions_30,
COUNT(DISTINCT CASE WHEN day >= CAST(? AS DATE) THEN day END) AS active_days,
CAST(MIN(CASE WHEN day >= CAST(? AS DATE) THEN day END) AS VARCHAR) AS first_day,
CAST(MAX(CASE WHEN day >= CAST(? AS DATE) THEN day END) AS VARCHAR) AS last_day
FROM "aq_impression_days_1" GROUP BY agency, platform, dsp
) f LEFT JOIN (SELECT "AGENCY_ID" AS agency, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS platform,
"ID" AS id, arg_max_null("NAME", "SEEN_AT") AS name
FROM "BASE_TABLES"."AD_IMPRESSION_NAME" WHERE "KIND" = 'DSP_ADVERTISER' AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) GROUP BY 1, 2, 3) n ON n.agency = f.agency AND n.platform IS NOT DISTINCT FROM f.platform AND n.id = f.dsp
WHERE f.impressions > 0;

SELECT f.*, COALESCE(n.name, f.dsp_name) AS name FROM (
SELECT agency, platform, dsp, MAX(dsp_name) AS dsp_name, CAST(SUM(CASE WHEN day >= CAST(? AS DATE) THEN impressions ELSE 0 END) AS BIGINT) AS impressions, CAST(SUM(CASE WHEN day >= CAST(? AS DATE) THEN impressions ELSE 0 END) AS BIGINT) AS impressions_30,
COUNT(DISTINCT CASE WHEN day >= CAST(? AS DATE) THEN day END) AS active_days,
CAST(MIN(CASE WHEN day >= CAST(? AS DATE) THEN day END) AS VARCHAR) AS first_day,
CAST(MAX(CASE WHEN day >= CAST(? AS DATE) THEN day END) AS VARCHAR) AS last_day
FROM "aq_impression_days_1" GROUP BY agency, platform, dsp
) f LEFT JOIN (SELECT "AGENCY_ID" AS agency, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS platform,
"ID" AS id, arg_max_null("NAME", "SEEN_AT") AS name
FROM "BASE_TABLES"."AD_IMPRESSION_NAME" WHERE "KIND" = 'DSP_ADVERTISER' AND TRUE GROUP BY 1, 2, 3) n ON n.agency = f.agency AND n.platform IS NOT DISTINCT FROM f.platform AND n.id = f.dsp
WHERE f.impressions > 0;

-- admin/campaigns/impression-days.ts

CREATE TEMPORARY TABLE "aq_impression_days_1" AS SELECT "AGENCY_ID" AS agency, "LOG_DATE" AS day, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS platform,
NULLIF("DSP_ADVERTISER_ID", '') AS dsp, NULLIF("INSERTION_ORDER_ID", '') AS io, NULLIF("LINE_ITEM_ID", '') AS li,
CAST(NULL AS VARCHAR) AS dsp_name, "IMPRESSIONS" AS impressions
FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY"
WHERE "DIM_TYPE" = 'TOTAL' AND "LOG_DATE" BETWEEN DATE '2026-01-01' AND DATE '2026-01-01'
AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND "AGENCY_ID" IN (?) AND TRUE;

CREATE TEMPORARY TABLE "aq_impression_days_1" AS SELECT "AGENCY_ID" AS agency, "LOG_DATE" AS day, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS platform,
NULLIF("DSP_ADVERTISER_ID", '') AS dsp, NULLIF("INSERTION_ORDER_ID", '') AS io, NULLIF("LINE_ITEM_ID", '') AS li,
CAST(NULL AS VARCHAR) AS dsp_name, "IMPRESSIONS" AS impressions
FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY"
WHERE "DIM_TYPE" = 'TOTAL' AND "LOG_DATE" BETWEEN DATE '2026-01-01' AND DATE '2026-01-01'
AND TRUE AND TRUE AND "DSP_ADVERTISER_ID" IN (?, ?);

CREATE TEMPORARY TABLE "aq_impression_days_1" AS SELECT "AGENCY_ID" AS agency, "LOG_DATE" AS day, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS platform,
NULLIF("DSP_ADVERTISER_ID", '') AS dsp, NULLIF("INSERTION_ORDER_ID", '') AS io, NULLIF("LINE_ITEM_ID", '') AS li,
CAST(NULL AS VARCHAR) AS dsp_name, "IMPRESSIONS" AS impressions
FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY"
WHERE "DIM_TYPE" = 'TOTAL' AND "LOG_DATE" BETWEEN DATE '2026-01-01' AND DATE '2026-01-01'
AND TRUE AND TRUE AND TRUE;

CREATE TEMPORARY TABLE "aq_impression_days_1" AS SELECT n.agency, s.day, n.platform, n.dsp, n.io, n.li, MAX(s.dsp_name) AS dsp_name, CAST(SUM(s.impressions) AS BIGINT) AS impressions
FROM "aq_impression_spellings_1" s JOIN (
SELECT raw_agency, raw_platform, raw_dsp, raw_io, raw_li, regexp_replace(regexp_replace(CAST(raw_agency AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, NULLIF(regexp_extract(CAST(raw_platform AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS platform,
CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_dsp AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_dsp AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS dsp, CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_io AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_io AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS io, CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_li AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_li AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS li
FROM (SELECT DISTINCT raw_agency, raw_platform, raw_dsp, raw_io, raw_li FROM "aq_impression_spellings_1") AS spellings
) n ON n.raw_agency IS NOT DISTINCT FROM s.raw_agency AND n.raw_platform IS NOT DISTINCT FROM s.raw_platform AND n.raw_dsp IS NOT DISTINCT FROM s.raw_dsp AND n.raw_io IS NOT DISTINCT FROM s.raw_io AND n.raw_li IS NOT DISTINCT FROM s.raw_li
WHERE TRUE AND TRUE GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMPORARY TABLE "aq_impression_days_1" AS SELECT n.agency, s.day, n.platform, n.dsp, n.io, n.li, MAX(s.dsp_name) AS dsp_name, CAST(SUM(s.impressions) AS BIGINT) AS impressions
FROM "aq_impression_spellings_1" s JOIN (
SELECT raw_agency, raw_platform, raw_dsp, raw_io, raw_li, regexp_replace(regexp_replace(CAST(raw_agency AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, NULLIF(regexp_extract(CAST(raw_platform AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS platform,
CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_dsp AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_dsp AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS dsp, CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_io AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_io AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS io, CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_li AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_li AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS li
FROM (SELECT DISTINCT raw_agency, raw_platform, raw_dsp, raw_io, raw_li FROM "aq_impression_spellings_1") AS spellings
) n ON n.raw_agency IS NOT DISTINCT FROM s.raw_agency AND n.raw_platform IS NOT DISTINCT FROM s.raw_platform AND n.raw_dsp IS NOT DISTINCT FROM s.raw_dsp AND n.raw_io IS NOT DISTINCT FROM s.raw_io AND n.raw_li IS NOT DISTINCT FROM s.raw_li
WHERE TRUE AND n.dsp IN (?) GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMPORARY TABLE "aq_impression_days_1" AS SELECT n.agency, s.day, n.platform, n.dsp, n.io, n.li, MAX(s.dsp_name) AS dsp_name, CAST(SUM(s.impressions) AS BIGINT) AS impressions
FROM "aq_impression_spellings_1" s JOIN (
SELECT raw_agency, raw_platform, raw_dsp, raw_io, raw_li, regexp_replace(regexp_replace(CAST(raw_agency AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, NULLIF(regexp_extract(CAST(raw_platform AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS platform,
CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_dsp AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_dsp AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS dsp, CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_io AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_io AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS io, CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_li AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_li AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS li
FROM (SELECT DISTINCT raw_agency, raw_platform, raw_dsp, raw_io, raw_li FROM "aq_impression_spellings_1") AS spellings
) n ON n.raw_agency IS NOT DISTINCT FROM s.raw_agency AND n.raw_platform IS NOT DISTINCT FROM s.raw_platform AND n.raw_dsp IS NOT DISTINCT FROM s.raw_dsp AND n.raw_io IS NOT DISTINCT FROM s.raw_io AND n.raw_li IS NOT DISTINCT FROM s.raw_li
WHERE n.agency IN (?) AND TRUE GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMPORARY TABLE "aq_impression_days_1" AS SELECT n.agency, s.day, n.platform, n.dsp, n.io, n.li, MAX(s.dsp_name) AS dsp_name, CAST(SUM(s.impressions) AS BIGINT) AS impressions
FROM "aq_impression_spellings_1" s JOIN (
SELECT raw_agency, raw_platform, raw_dsp, raw_io, raw_li, regexp_replace(regexp_replace(CAST(raw_agency AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, NULLIF(regexp_extract(CAST(raw_platform AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS platform,
CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_dsp AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_dsp AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS dsp, CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_io AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_io AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS io, CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_li AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_li AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS li
FROM (SELECT DISTINCT raw_agency, raw_platform, raw_dsp, raw_io, raw_li FROM "aq_impression_spellings_1") AS spellings
) n ON n.raw_agency IS NOT DISTINCT FROM s.raw_agency AND n.raw_platform IS NOT DISTINCT FROM s.raw_platform AND n.raw_dsp IS NOT DISTINCT FROM s.raw_dsp AND n.raw_io IS NOT DISTINCT FROM s.raw_io AND n.raw_li IS NOT DISTINCT FROM s.raw_li
WHERE n.agency IN (?) AND n.dsp IN (?) GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMPORARY TABLE "aq_impression_days_1" AS SELECT n.agency, s.day, n.platform, n.dsp, n.io, n.li, MAX(s.dsp_name) AS dsp_name, CAST(SUM(s.impressions) AS BIGINT) AS impressions
FROM "aq_impression_spellings_1" s JOIN (
SELECT raw_agency, raw_platform, raw_dsp, raw_io, raw_li, regexp_replace(regexp_replace(CAST(raw_agency AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, NULLIF(regexp_extract(CAST(raw_platform AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS platform,
CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_dsp AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_dsp AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS dsp, CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_io AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_io AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS io, CASE WHEN lower(regexp_replace(regexp_replace(CAST(raw_li AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST(raw_li AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS li
FROM (SELECT DISTINCT raw_agency, raw_platform, raw_dsp, raw_io, raw_li FROM "aq_impression_spellings_1") AS spellings
) n ON n.raw_agency IS NOT DISTINCT FROM s.raw_agency AND n.raw_platform IS NOT DISTINCT FROM s.raw_platform AND n.raw_dsp IS NOT DISTINCT FROM s.raw_dsp AND n.raw_io IS NOT DISTINCT FROM s.raw_io AND n.raw_li IS NOT DISTINCT FROM s.raw_li
WHERE n.agency IN (?) AND n.dsp IN (?, ?) GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMPORARY TABLE "aq_impression_spellings_1" AS SELECT CAST("AGENCY_ID" AS VARCHAR) AS raw_agency, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS raw_platform, CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS raw_dsp, CAST("INSERTION_ORDER_ID" AS VARCHAR) AS raw_io, CAST("LINE_ITEM_ID" AS VARCHAR) AS raw_li, CAST(CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS DATE) AS day, MAX(CAST("DSP_ADVERTISER_NAME" AS VARCHAR)) AS dsp_name, COUNT(*) AS impressions
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2"
WHERE CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= DATE '2026-01-01' AND CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?
AND (position(? IN CAST("AGENCY_ID" AS VARCHAR)) > 0) AND (position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0 OR position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0 OR position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0 OR position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0 OR position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0 OR position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0 OR position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0)
GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMPORARY TABLE "aq_impression_spellings_1" AS SELECT CAST("AGENCY_ID" AS VARCHAR) AS raw_agency, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS raw_platform, CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS raw_dsp, CAST("INSERTION_ORDER_ID" AS VARCHAR) AS raw_io, CAST("LINE_ITEM_ID" AS VARCHAR) AS raw_li, CAST(CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS DATE) AS day, MAX(CAST("DSP_ADVERTISER_NAME" AS VARCHAR)) AS dsp_name, COUNT(*) AS impressions
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2"
WHERE CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= DATE '2026-01-01' AND CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?
AND (position(? IN CAST("AGENCY_ID" AS VARCHAR)) > 0) AND (position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0 OR position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0 OR position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0)
GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMPORARY TABLE "aq_impression_spellings_1" AS SELECT CAST("AGENCY_ID" AS VARCHAR) AS raw_agency, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS raw_platform, CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS raw_dsp, CAST("INSERTION_ORDER_ID" AS VARCHAR) AS raw_io, CAST("LINE_ITEM_ID" AS VARCHAR) AS raw_li, CAST(CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS DATE) AS day, MAX(CAST("DSP_ADVERTISER_NAME" AS VARCHAR)) AS dsp_name, COUNT(*) AS impressions
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2"
WHERE CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= DATE '2026-01-01' AND CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?
AND (position(? IN CAST("AGENCY_ID" AS VARCHAR)) > 0) AND (position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0 OR position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0)
GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMPORARY TABLE "aq_impression_spellings_1" AS SELECT CAST("AGENCY_ID" AS VARCHAR) AS raw_agency, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS raw_platform, CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS raw_dsp, CAST("INSERTION_ORDER_ID" AS VARCHAR) AS raw_io, CAST("LINE_ITEM_ID" AS VARCHAR) AS raw_li, CAST(CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS DATE) AS day, MAX(CAST("DSP_ADVERTISER_NAME" AS VARCHAR)) AS dsp_name, COUNT(*) AS impressions
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2"
WHERE CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= DATE '2026-01-01' AND CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?
AND (position(? IN CAST("AGENCY_ID" AS VARCHAR)) > 0) AND (position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0)
GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMPORARY TABLE "aq_impression_spellings_1" AS SELECT CAST("AGENCY_ID" AS VARCHAR) AS raw_agency, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS raw_platform, CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS raw_dsp, CAST("INSERTION_ORDER_ID" AS VARCHAR) AS raw_io, CAST("LINE_ITEM_ID" AS VARCHAR) AS raw_li, CAST(CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS DATE) AS day, MAX(CAST("DSP_ADVERTISER_NAME" AS VARCHAR)) AS dsp_name, COUNT(*) AS impressions
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2"
WHERE CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= DATE '2026-01-01' AND CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?
AND (position(? IN CAST("AGENCY_ID" AS VARCHAR)) > 0) AND TRUE
GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMPORARY TABLE "aq_impression_spellings_1" AS SELECT CAST("AGENCY_ID" AS VARCHAR) AS raw_agency, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS raw_platform, CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS raw_dsp, CAST("INSERTION_ORDER_ID" AS VARCHAR) AS raw_io, CAST("LINE_ITEM_ID" AS VARCHAR) AS raw_li, CAST(CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS DATE) AS day, MAX(CAST("DSP_ADVERTISER_NAME" AS VARCHAR)) AS dsp_name, COUNT(*) AS impressions
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2"
WHERE CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= DATE '2026-01-01' AND CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?
AND TRUE AND (position(? IN CAST("DSP_ADVERTISER_ID" AS VARCHAR)) > 0)
GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMPORARY TABLE "aq_impression_spellings_1" AS SELECT CAST("AGENCY_ID" AS VARCHAR) AS raw_agency, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS raw_platform, CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS raw_dsp, CAST("INSERTION_ORDER_ID" AS VARCHAR) AS raw_io, CAST("LINE_ITEM_ID" AS VARCHAR) AS raw_li, CAST(CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS DATE) AS day, MAX(CAST("DSP_ADVERTISER_NAME" AS VARCHAR)) AS dsp_name, COUNT(*) AS impressions
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2"
WHERE CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= DATE '2026-01-01' AND CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?
AND TRUE AND TRUE
GROUP BY 1, 2, 3, 4, 5, 6;

-- admin/campaigns/impression-facts.ts

SELECT agency, platform, dsp, io, li, CAST(SUM(impressions) AS BIGINT) AS impressions, CAST(MAX(day) AS VARCHAR) AS last_day,
CAST(SUM(CASE WHEN day >= CAST(? AS DATE) THEN impressions ELSE 0 END) AS BIGINT) AS recent
FROM "aq_impression_days_1" GROUP BY agency, platform, dsp, io, li;

-- admin/campaigns/mapping-rows.ts

SELECT CAST("MAPPING_ID" AS VARCHAR) AS id, CAST("AGENCY_ID" AS VARCHAR) AS agency, CAST("DSP_PLATFORM_TYPE" AS VARCHAR) AS platform, CAST("DSP_ADVERTISER_ID" AS VARCHAR) AS dsp,
CAST("INSERTION_ORDER_ID" AS VARCHAR) AS io, CAST("LINE_ITEM_ID" AS VARCHAR) AS li, CAST("QUORUM_ADVERTISER_ID" AS VARCHAR) AS advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?;

SELECT DISTINCT used_id FROM (SELECT regexp_replace(regexp_replace(CAST("MAPPING_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS used_id FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2") AS used_ids WHERE used_id IN (?);

SELECT DISTINCT used_id FROM (SELECT regexp_replace(regexp_replace(CAST("MAPPING_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS used_id FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2") AS used_ids WHERE used_id IN (?, ?);

SELECT max(passed) AS passed FROM (SELECT nextval('"REF_DATA"."AQUARIUS_MAPPING_ID"') AS passed FROM (SELECT regexp_replace(regexp_replace(CAST("MAPPING_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS used_id FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2") AS used_ids) AS numbers;

SELECT nextval('"REF_DATA"."AQUARIUS_MAPPING_ID"') AS id FROM (VALUES (?)) AS places(place);

-- admin/campaigns/platforms.ts

SELECT CAST("PLATFORM_TYPE_ID" AS VARCHAR) AS id, CAST("PLATFORM_NAME" AS VARCHAR) AS name, CAST("DSP_SHORT_NAME" AS VARCHAR) AS short_name,
CAST("DSP_CATEGORY" AS VARCHAR) AS category, CAST("IS_ACTIVE" AS VARCHAR) AS active, CAST("NOTES" AS VARCHAR) AS notes FROM "BASE_TABLES"."REF_DSP_PLATFORM";

-- admin/campaigns/read-mappings.ts

SELECT CAST("MAPPING_ID" AS VARCHAR) AS mapping_id, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency,
NULLIF(regexp_extract(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS platform, CASE WHEN lower(regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS dsp,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS io, CASE WHEN lower(regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS li, CASE WHEN lower(regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND TRUE;

SELECT CAST("MAPPING_ID" AS VARCHAR) AS mapping_id, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency,
NULLIF(regexp_extract(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS platform, CASE WHEN lower(regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS dsp,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS io, CASE WHEN lower(regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS li, CASE WHEN lower(regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?;

SELECT CAST("MAPPING_ID" AS VARCHAR) AS mapping_id, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency,
NULLIF(regexp_extract(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') AS platform, CASE WHEN lower(regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS dsp,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS io, CASE WHEN lower(regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS li, CASE WHEN lower(regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE TRUE AND TRUE;

-- admin/campaigns/require-platform.ts

SELECT 1 AS met FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" WHERE position(? IN CAST("DSP_PLATFORM_TYPE" AS VARCHAR)) > 0
AND NULLIF(regexp_extract(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') = ? LIMIT 1;

SELECT 1 AS met FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" WHERE position(? IN CAST("DSP_PLATFORM_TYPE" AS VARCHAR)) > 0
AND NULLIF(regexp_extract(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]*0*(0|[1-9][0-9]*)(\.0*)?[ \t\n\v\f\r]*$', 1), '') = ? LIMIT 1;

-- admin/delivery/delivery-log.ts

SELECT CAST("DELIVERY_ID" AS VARCHAR) AS "shown_DELIVERY_ID", "PART_NO" AS "shown_PART_NO", "PART_COUNT" AS "shown_PART_COUNT", CAST("RUN_ID" AS VARCHAR) AS "shown_RUN_ID", CAST("SLOT" AS VARCHAR) AS "shown_SLOT", regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS "shown_AGENCY_ID", regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS "shown_ADVERTISER_ID", CAST("SEGMENT_ID" AS VARCHAR) AS "shown_SEGMENT_ID", CAST("SEGMENT_NAME" AS VARCHAR) AS "shown_SEGMENT_NAME", CAST("DESTINATION_NAME" AS VARCHAR) AS "shown_DESTINATION_NAME", CAST("DESTINATION_TYPE" AS VARCHAR) AS "shown_DESTINATION_TYPE", CAST("DELIVERY_MODE" AS VARCHAR) AS "shown_DELIVERY_MODE", CAST("PUSH_MODE" AS VARCHAR) AS "shown_PUSH_MODE", CAST("JOIN_STRATEGY" AS VARCHAR) AS "shown_JOIN_STRATEGY", CAST("EXPOSURE_SOURCE" AS VARCHAR) AS "shown_EXPOSURE_SOURCE", "LOOKBACK_DAYS" AS "shown_LOOKBACK_DAYS", "LOOKBACK_EFFECTIVE_DAYS" AS "shown_LOOKBACK_EFFECTIVE_DAYS", CAST("IDENTIFIER_TYPES" AS VARCHAR) AS "shown_IDENTIFIER_TYPES", CAST("IDENTIFIER_COUNTS" AS VARCHAR) AS "shown_IDENTIFIER_COUNTS", "ROWS_TOTAL" AS "shown_ROWS_TOTAL", "ROWS_ADDED" AS "shown_ROWS_ADDED", "ROWS_REMOVED" AS "shown_ROWS_REMOVED", "ROWS_REJECTED" AS "shown_ROWS_REJECTED", CAST("REJECT_REASONS" AS VARCHAR) AS "shown_REJECT_REASONS", CAST("FILE_NAME" AS VARCHAR) AS "shown_FILE_NAME", CAST("STORAGE_KEY" AS VARCHAR) AS "shown_STORAGE_KEY", "FILE_BYTES" AS "shown_FILE_BYTES", CAST("FILE_SHA256" AS VARCHAR) AS "shown_FILE_SHA256", CAST("STATUS" AS VARCHAR) AS "shown_STATUS", CAST("ERROR_KIND" AS VARCHAR) AS "shown_ERROR_KIND", CAST("ERROR_MESSAGE" AS VARCHAR) AS "shown_ERROR_MESSAGE", CAST("PARTNER_REFERENCE" AS VARCHAR) AS "shown_PARTNER_REFERENCE", "ATTEMPTS" AS "shown_ATTEMPTS", CASE typeof("PLANNED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("PLANNED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("PLANNED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "shown_PLANNED_AT", CASE typeof("STARTED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("STARTED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("STARTED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "shown_STARTED_AT", CASE typeof("STAGED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("STAGED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("STAGED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "shown_STAGED_AT", CASE typeof("SENT_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("SENT_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("SENT_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "shown_SENT_AT", CASE typeof("FINISHED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("FINISHED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("FINISHED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "shown_FINISHED_AT", "CONFIG_VERSION" AS "shown_CONFIG_VERSION", CAST("PROGRAM_VERSION" AS VARCHAR) AS "shown_PROGRAM_VERSION" FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" WHERE TRUE AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? AND CAST("DESTINATION_NAME" AS VARCHAR) = ? AND CAST("SEGMENT_ID" AS VARCHAR) = ? AND upper(trim(CAST("STATUS" AS VARCHAR))) = ? AND coalesce(CASE typeof("PLANNED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("PLANNED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("PLANNED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("STARTED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("STARTED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("STARTED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("FINISHED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("FINISHED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("FINISHED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END) >= ? AND coalesce(CASE typeof("PLANNED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("PLANNED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("PLANNED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("STARTED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("STARTED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("STARTED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("FINISHED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("FINISHED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("FINISHED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END) < ?
ORDER BY coalesce(CASE typeof("PLANNED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("PLANNED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("PLANNED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("STARTED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("STARTED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("STARTED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("FINISHED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("FINISHED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("FINISHED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END) DESC NULLS LAST, "DELIVERY_ID" DESC, "PART_NO"
LIMIT 50 OFFSET 0;

SELECT CAST("DELIVERY_ID" AS VARCHAR) AS "shown_DELIVERY_ID", "PART_NO" AS "shown_PART_NO", "PART_COUNT" AS "shown_PART_COUNT", CAST("RUN_ID" AS VARCHAR) AS "shown_RUN_ID", CAST("SLOT" AS VARCHAR) AS "shown_SLOT", regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS "shown_AGENCY_ID", regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS "shown_ADVERTISER_ID", CAST("SEGMENT_ID" AS VARCHAR) AS "shown_SEGMENT_ID", CAST("SEGMENT_NAME" AS VARCHAR) AS "shown_SEGMENT_NAME", CAST("DESTINATION_NAME" AS VARCHAR) AS "shown_DESTINATION_NAME", CAST("DESTINATION_TYPE" AS VARCHAR) AS "shown_DESTINATION_TYPE", CAST("DELIVERY_MODE" AS VARCHAR) AS "shown_DELIVERY_MODE", CAST("PUSH_MODE" AS VARCHAR) AS "shown_PUSH_MODE", CAST("JOIN_STRATEGY" AS VARCHAR) AS "shown_JOIN_STRATEGY", CAST("EXPOSURE_SOURCE" AS VARCHAR) AS "shown_EXPOSURE_SOURCE", "LOOKBACK_DAYS" AS "shown_LOOKBACK_DAYS", "LOOKBACK_EFFECTIVE_DAYS" AS "shown_LOOKBACK_EFFECTIVE_DAYS", CAST("IDENTIFIER_TYPES" AS VARCHAR) AS "shown_IDENTIFIER_TYPES", CAST("IDENTIFIER_COUNTS" AS VARCHAR) AS "shown_IDENTIFIER_COUNTS", "ROWS_TOTAL" AS "shown_ROWS_TOTAL", "ROWS_ADDED" AS "shown_ROWS_ADDED", "ROWS_REMOVED" AS "shown_ROWS_REMOVED", "ROWS_REJECTED" AS "shown_ROWS_REJECTED", CAST("REJECT_REASONS" AS VARCHAR) AS "shown_REJECT_REASONS", CAST("FILE_NAME" AS VARCHAR) AS "shown_FILE_NAME", CAST("STORAGE_KEY" AS VARCHAR) AS "shown_STORAGE_KEY", "FILE_BYTES" AS "shown_FILE_BYTES", CAST("FILE_SHA256" AS VARCHAR) AS "shown_FILE_SHA256", CAST("STATUS" AS VARCHAR) AS "shown_STATUS", CAST("ERROR_KIND" AS VARCHAR) AS "shown_ERROR_KIND", CAST("ERROR_MESSAGE" AS VARCHAR) AS "shown_ERROR_MESSAGE", CAST("PARTNER_REFERENCE" AS VARCHAR) AS "shown_PARTNER_REFERENCE", "ATTEMPTS" AS "shown_ATTEMPTS", CASE typeof("PLANNED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("PLANNED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("PLANNED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "shown_PLANNED_AT", CASE typeof("STARTED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("STARTED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("STARTED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "shown_STARTED_AT", CASE typeof("STAGED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("STAGED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("STAGED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "shown_STAGED_AT", CASE typeof("SENT_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("SENT_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("SENT_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "shown_SENT_AT", CASE typeof("FINISHED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("FINISHED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("FINISHED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS "shown_FINISHED_AT", "CONFIG_VERSION" AS "shown_CONFIG_VERSION", CAST("PROGRAM_VERSION" AS VARCHAR) AS "shown_PROGRAM_VERSION" FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" WHERE regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?)
ORDER BY coalesce(CASE typeof("PLANNED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("PLANNED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("PLANNED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("STARTED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("STARTED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("STARTED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("FINISHED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("FINISHED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("FINISHED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END) DESC NULLS LAST, "DELIVERY_ID" DESC, "PART_NO"
LIMIT 50 OFFSET 0;

SELECT count(*) AS found FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" WHERE TRUE AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? AND CAST("DESTINATION_NAME" AS VARCHAR) = ? AND CAST("SEGMENT_ID" AS VARCHAR) = ? AND upper(trim(CAST("STATUS" AS VARCHAR))) = ? AND coalesce(CASE typeof("PLANNED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("PLANNED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("PLANNED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("STARTED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("STARTED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("STARTED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("FINISHED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("FINISHED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("FINISHED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END) >= ? AND coalesce(CASE typeof("PLANNED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("PLANNED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("PLANNED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("STARTED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("STARTED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("STARTED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END, CASE typeof("FINISHED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("FINISHED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("FINISHED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END) < ?;

SELECT count(*) AS found FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" WHERE regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?);

-- admin/derived-counts.ts

SELECT CAST("URL" AS VARCHAR) AS url, "IS_POI" AS is_poi
FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" WHERE regexp_replace(regexp_replace(CAST("Agency_Id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?
AND regexp_replace(regexp_replace(CAST("Advertiser_id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?;

SELECT count(*) AS found FROM (
SELECT DISTINCT regexp_replace(regexp_replace(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS k_platform, CASE WHEN lower(regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_dsp,
CASE WHEN lower(regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_io, CASE WHEN lower(regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("LINE_ITEM_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END AS k_li
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? AND CASE WHEN lower(regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE regexp_replace(regexp_replace(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') END = ?);

SELECT count(DISTINCT lower(trim(CAST("SEGMENT_MD5" AS VARCHAR)))) AS found
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?);

-- admin/domains/detect-domains.ts

SELECT pick, page_url, event_type, parameters FROM (
SELECT p.pick AS pick, CAST(e."PAGE_URL" AS VARCHAR) AS page_url, CAST(e."EVENT_TYPE" AS VARCHAR) AS event_type, CAST(e."ALL_PARAMETERS" AS VARCHAR) AS parameters,
row_number() OVER (PARTITION BY p.pick ORDER BY CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END DESC, CAST(e."UUID" AS VARCHAR), CAST(e."PAGE_URL" AS VARCHAR)) AS place
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_picked_hosts_1" p ON p.agency = CAST(e."AGENCY_ID" AS VARCHAR) AND p.host_key = CASE WHEN CAST(e."PAGE_URL" AS VARCHAR) LIKE 'https://%' OR CAST(e."PAGE_URL" AS VARCHAR) LIKE 'http://%' THEN split_part(split_part(CAST(e."PAGE_URL" AS VARCHAR), '/', 3), '?', 1)
ELSE regexp_extract(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ \t]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\ \t]*)', 2) END
WHERE CAST(e."AGENCY_ID" AS VARCHAR) IN (?) AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= ? AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)
) newest WHERE place <= ?;

SELECT pick, page_url, event_type, parameters FROM (
SELECT p.pick AS pick, CAST(e."PAGE_URL" AS VARCHAR) AS page_url, CAST(e."EVENT_TYPE" AS VARCHAR) AS event_type, CAST(e."ALL_PARAMETERS" AS VARCHAR) AS parameters,
row_number() OVER (PARTITION BY p.pick ORDER BY CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END DESC, CAST(e."UUID" AS VARCHAR), CAST(e."PAGE_URL" AS VARCHAR)) AS place
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_picked_hosts_1" p ON p.agency = CAST(e."AGENCY_ID" AS VARCHAR) AND p.host_key = CASE WHEN CAST(e."PAGE_URL" AS VARCHAR) LIKE 'https://%' OR CAST(e."PAGE_URL" AS VARCHAR) LIKE 'http://%' THEN split_part(split_part(CAST(e."PAGE_URL" AS VARCHAR), '/', 3), '?', 1)
ELSE regexp_extract(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ \t]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\ \t]*)', 2) END
WHERE CAST(e."AGENCY_ID" AS VARCHAR) IN (?) AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= ? AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND TRUE
) newest WHERE place <= ?;

-- admin/domains/domain-rows.ts

SELECT CAST("Agency_Id" AS VARCHAR) AS agency, CAST("Advertiser_id" AS VARCHAR) AS advertiser,
CAST("URL" AS VARCHAR) AS url, CAST("ADVERTISER_NAME" AS VARCHAR) AS name,
CAST("IS_POI" AS VARCHAR) AS is_poi, CASE typeof("CREATED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("CREATED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("CREATED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS created_at
FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" WHERE (CAST("Agency_Id" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("Agency_Id" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?);

SELECT CAST("Agency_Id" AS VARCHAR) AS agency, CAST("Advertiser_id" AS VARCHAR) AS advertiser,
CAST("URL" AS VARCHAR) AS url, CAST("ADVERTISER_NAME" AS VARCHAR) AS name,
CAST("IS_POI" AS VARCHAR) AS is_poi, CASE typeof("CREATED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("CREATED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("CREATED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END AS created_at
FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" WHERE TRUE;

-- admin/domains/domain-settings.ts

SELECT "AGENCY_ID" AS agency, "DOMAIN" AS domain, "IS_IGNORED" AS is_ignored,
"PLATFORM_OVERRIDE" AS platform, "NOTE" AS note
FROM "BASE_TABLES"."PIXEL_DOMAIN_SETTING" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?);

SELECT "AGENCY_ID" AS agency, "DOMAIN" AS domain, "IS_IGNORED" AS is_ignored,
"PLATFORM_OVERRIDE" AS platform, "NOTE" AS note
FROM "BASE_TABLES"."PIXEL_DOMAIN_SETTING" WHERE TRUE;

-- admin/domains/event-figures.ts

SELECT p.pick AS pick, CAST(e."CONVERSION_VALUE" AS VARCHAR) AS value, count(*) AS found FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_picked_hosts_1" p ON p.agency = CAST(e."AGENCY_ID" AS VARCHAR) AND p.host_key = CASE WHEN CAST(e."PAGE_URL" AS VARCHAR) LIKE 'https://%' OR CAST(e."PAGE_URL" AS VARCHAR) LIKE 'http://%' THEN split_part(split_part(CAST(e."PAGE_URL" AS VARCHAR), '/', 3), '?', 1)
ELSE regexp_extract(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ \t]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\ \t]*)', 2) END
WHERE CAST(e."AGENCY_ID" AS VARCHAR) IN (?) AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= ? AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND p.is_counted
AND lower(TRIM(CAST(e."EVENT_TYPE" AS VARCHAR))) IN (?, ?) AND TRIM(CAST(e."CONVERSION_VALUE" AS VARCHAR)) <> ''
GROUP BY p.pick, CAST(e."CONVERSION_VALUE" AS VARCHAR);

SELECT p.pick AS pick, CAST(e."CONVERSION_VALUE" AS VARCHAR) AS value, count(*) AS found FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_picked_hosts_1" p ON p.agency = CAST(e."AGENCY_ID" AS VARCHAR) AND p.host_key = CASE WHEN CAST(e."PAGE_URL" AS VARCHAR) LIKE 'https://%' OR CAST(e."PAGE_URL" AS VARCHAR) LIKE 'http://%' THEN split_part(split_part(CAST(e."PAGE_URL" AS VARCHAR), '/', 3), '?', 1)
ELSE regexp_extract(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ \t]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\ \t]*)', 2) END
WHERE CAST(e."AGENCY_ID" AS VARCHAR) IN (?) AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= ? AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND TRUE AND p.is_counted
AND lower(TRIM(CAST(e."EVENT_TYPE" AS VARCHAR))) IN (?, ?) AND TRIM(CAST(e."CONVERSION_VALUE" AS VARCHAR)) <> ''
GROUP BY p.pick, CAST(e."CONVERSION_VALUE" AS VARCHAR);

SELECT p.pick AS pick, count(DISTINCT coalesce(CASE WHEN lower(TRIM(CAST(e."CLIENT_IP" AS VARCHAR))) IN ('', '-', '0', 'null', 'unknown') THEN NULL ELSE TRIM(CAST(e."CLIENT_IP" AS VARCHAR)) END, CASE WHEN lower(TRIM(CAST(e."IP" AS VARCHAR))) IN ('', '-', '0', 'null', 'unknown') THEN NULL ELSE TRIM(CAST(e."IP" AS VARCHAR)) END)) AS ips FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_picked_hosts_1" p ON p.agency = CAST(e."AGENCY_ID" AS VARCHAR) AND p.host_key = CASE WHEN CAST(e."PAGE_URL" AS VARCHAR) LIKE 'https://%' OR CAST(e."PAGE_URL" AS VARCHAR) LIKE 'http://%' THEN split_part(split_part(CAST(e."PAGE_URL" AS VARCHAR), '/', 3), '?', 1)
ELSE regexp_extract(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ \t]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\ \t]*)', 2) END
WHERE CAST(e."AGENCY_ID" AS VARCHAR) IN (?) AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= ? AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND p.is_counted GROUP BY p.pick;

SELECT p.pick AS pick, count(DISTINCT coalesce(CASE WHEN lower(TRIM(CAST(e."CLIENT_IP" AS VARCHAR))) IN ('', '-', '0', 'null', 'unknown') THEN NULL ELSE TRIM(CAST(e."CLIENT_IP" AS VARCHAR)) END, CASE WHEN lower(TRIM(CAST(e."IP" AS VARCHAR))) IN ('', '-', '0', 'null', 'unknown') THEN NULL ELSE TRIM(CAST(e."IP" AS VARCHAR)) END)) AS ips FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_picked_hosts_1" p ON p.agency = CAST(e."AGENCY_ID" AS VARCHAR) AND p.host_key = CASE WHEN CAST(e."PAGE_URL" AS VARCHAR) LIKE 'https://%' OR CAST(e."PAGE_URL" AS VARCHAR) LIKE 'http://%' THEN split_part(split_part(CAST(e."PAGE_URL" AS VARCHAR), '/', 3), '?', 1)
ELSE regexp_extract(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ \t]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\ \t]*)', 2) END
WHERE CAST(e."AGENCY_ID" AS VARCHAR) IN (?) AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= ? AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND TRUE AND p.is_counted GROUP BY p.pick;

-- admin/domains/event-window.ts

SELECT min(CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS first FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e WHERE CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= ? AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ?;

-- admin/domains/host-events.ts

SELECT CAST(e."AGENCY_ID" AS VARCHAR) AS agency, CASE WHEN CAST(e."PAGE_URL" AS VARCHAR) LIKE 'https://%' OR CAST(e."PAGE_URL" AS VARCHAR) LIKE 'http://%' THEN split_part(split_part(CAST(e."PAGE_URL" AS VARCHAR), '/', 3), '?', 1)
ELSE regexp_extract(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ \t]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\ \t]*)', 2) END AS host_key,
CAST(e."EVENT_TYPE" AS VARCHAR) AS event_type, count(*) AS found, min(CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS first_seen, max(CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS last_seen
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e WHERE CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= ? AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) GROUP BY 1, 2, 3;

SELECT CAST(e."AGENCY_ID" AS VARCHAR) AS agency, CASE WHEN CAST(e."PAGE_URL" AS VARCHAR) LIKE 'https://%' OR CAST(e."PAGE_URL" AS VARCHAR) LIKE 'http://%' THEN split_part(split_part(CAST(e."PAGE_URL" AS VARCHAR), '/', 3), '?', 1)
ELSE regexp_extract(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ \t]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\ \t]*)', 2) END AS host_key,
CAST(e."EVENT_TYPE" AS VARCHAR) AS event_type, count(*) AS found, min(CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS first_seen, max(CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END) AS last_seen
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e WHERE CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= ? AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND TRUE GROUP BY 1, 2, 3;

-- admin/domains/picked-hosts.ts

CREATE TEMPORARY TABLE "aq_picked_hosts_1" AS SELECT CAST('' AS VARCHAR) AS agency, CAST('' AS VARCHAR) AS host_key, CAST(0 AS INTEGER) AS pick, FALSE AS is_counted LIMIT 0;

INSERT INTO "aq_picked_hosts_1" VALUES (?, ?);

-- admin/domains/preview-domain.ts

SELECT CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END AS seen_at, CAST(e."EVENT_TYPE" AS VARCHAR) AS event_type, CAST(e."PAGE_URL" AS VARCHAR) AS page_url,
CAST(e."CLIENT_REFERRER_URL" AS VARCHAR) AS referrer, coalesce(CASE WHEN lower(TRIM(CAST(e."CLIENT_IP" AS VARCHAR))) IN ('', '-', '0', 'null', 'unknown') THEN NULL ELSE TRIM(CAST(e."CLIENT_IP" AS VARCHAR)) END, CASE WHEN lower(TRIM(CAST(e."IP" AS VARCHAR))) IN ('', '-', '0', 'null', 'unknown') THEN NULL ELSE TRIM(CAST(e."IP" AS VARCHAR)) END) AS ip, CAST(e."CONVERSION_VALUE" AS VARCHAR) AS value,
CAST(e."ALL_PARAMETERS" AS VARCHAR) AS parameters
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_picked_hosts_1" p ON p.agency = CAST(e."AGENCY_ID" AS VARCHAR) AND p.host_key = CASE WHEN CAST(e."PAGE_URL" AS VARCHAR) LIKE 'https://%' OR CAST(e."PAGE_URL" AS VARCHAR) LIKE 'http://%' THEN split_part(split_part(CAST(e."PAGE_URL" AS VARCHAR), '/', 3), '?', 1)
ELSE regexp_extract(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ \t]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\ \t]*)', 2) END
WHERE CAST(e."AGENCY_ID" AS VARCHAR) IN (?) AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= ? AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)
ORDER BY seen_at DESC, CAST(e."UUID" AS VARCHAR), page_url LIMIT 5;

SELECT coalesce(CAST(e."EVENT_TYPE" AS VARCHAR), '') AS event_type, count(*) AS found, count(DISTINCT coalesce(CASE WHEN lower(TRIM(CAST(e."CLIENT_IP" AS VARCHAR))) IN ('', '-', '0', 'null', 'unknown') THEN NULL ELSE TRIM(CAST(e."CLIENT_IP" AS VARCHAR)) END, CASE WHEN lower(TRIM(CAST(e."IP" AS VARCHAR))) IN ('', '-', '0', 'null', 'unknown') THEN NULL ELSE TRIM(CAST(e."IP" AS VARCHAR)) END)) AS ips
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_picked_hosts_1" p ON p.agency = CAST(e."AGENCY_ID" AS VARCHAR) AND p.host_key = CASE WHEN CAST(e."PAGE_URL" AS VARCHAR) LIKE 'https://%' OR CAST(e."PAGE_URL" AS VARCHAR) LIKE 'http://%' THEN split_part(split_part(CAST(e."PAGE_URL" AS VARCHAR), '/', 3), '?', 1)
ELSE regexp_extract(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ \t]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\ \t]*)', 2) END
WHERE CAST(e."AGENCY_ID" AS VARCHAR) IN (?) AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END >= ? AND CASE typeof(e."EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST(e."EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) GROUP BY 1 ORDER BY found DESC, event_type LIMIT 100;

-- admin/health/agencies-health.ts

SELECT DISTINCT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS"
WHERE CASE typeof("EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END BETWEEN ? AND ? AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?);

SELECT DISTINCT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS"
WHERE CASE typeof("EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END BETWEEN ? AND ? AND TRUE;

-- admin/health/agency-dimensions.ts

SELECT 1 AS found FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" LIMIT 1;

SELECT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, CAST(SUM(CASE WHEN "DIM_TYPE" = ? THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS impressions,
CAST(SUM(CASE WHEN "DIM_TYPE" = ? AND "DIM_VALUE" <> '' THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS with_creative,
CAST(SUM(CASE WHEN "DIM_TYPE" = ? AND "DIM_VALUE" <> '' AND "DSP_PLATFORM_TYPE" IS DISTINCT FROM ? THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS with_publisher,
CAST(SUM(CASE WHEN "DIM_TYPE" = ? AND "DSP_PLATFORM_TYPE" IS DISTINCT FROM ? THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS may_have_publisher,
CAST(SUM(CASE WHEN "DIM_TYPE" = ? AND "DIM_VALUE" <> '' THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS with_zip,
CAST(SUM(CASE WHEN "DIM_TYPE" = ? AND "DSP_PLATFORM_TYPE" IS NULL THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS without_platform
FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" WHERE "LOG_DATE" BETWEEN DATE '2026-01-01' AND DATE '2026-01-01' AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) GROUP BY 1;

SELECT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, CAST(SUM(CASE WHEN "DIM_TYPE" = ? THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS impressions,
CAST(SUM(CASE WHEN "DIM_TYPE" = ? AND "DIM_VALUE" <> '' THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS with_creative,
CAST(SUM(CASE WHEN "DIM_TYPE" = ? AND "DIM_VALUE" <> '' AND "DSP_PLATFORM_TYPE" IS DISTINCT FROM ? THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS with_publisher,
CAST(SUM(CASE WHEN "DIM_TYPE" = ? AND "DSP_PLATFORM_TYPE" IS DISTINCT FROM ? THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS may_have_publisher,
CAST(SUM(CASE WHEN "DIM_TYPE" = ? AND "DIM_VALUE" <> '' THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS with_zip,
CAST(SUM(CASE WHEN "DIM_TYPE" = ? AND "DSP_PLATFORM_TYPE" IS NULL THEN "IMPRESSIONS" ELSE 0 END) AS DOUBLE) AS without_platform
FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" WHERE "LOG_DATE" BETWEEN DATE '2026-01-01' AND DATE '2026-01-01' AND TRUE GROUP BY 1;

SELECT used.agency AS agency, count(*) AS found FROM (
SELECT DISTINCT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, "DIM_VALUE" AS creative
FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" WHERE "LOG_DATE" BETWEEN DATE '2026-01-01' AND DATE '2026-01-01' AND TRUE AND "DIM_TYPE" = 'CREATIVE' AND "DIM_VALUE" <> ''
) AS used LEFT JOIN (
SELECT DISTINCT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, "ID" AS creative
FROM "BASE_TABLES"."AD_IMPRESSION_NAME" WHERE "KIND" = 'CREATIVE' AND "NAME" <> ''
) AS named ON named.agency = used.agency AND named.creative = used.creative
WHERE named.creative IS NULL GROUP BY 1;

-- admin/health/feed-volume.ts

SELECT CAST("LOG_DATE" AS VARCHAR) AS day, CAST(SUM("IMPRESSIONS") AS DOUBLE) AS impressions
FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" WHERE "DIM_TYPE" = 'TOTAL'
AND "LOG_DATE" BETWEEN DATE '2026-01-01' AND DATE '2026-01-01'
GROUP BY 1;

-- admin/health/feeds.ts

SELECT 1 AS found FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" LIMIT 1;

SELECT 1 AS found FROM "BASE_TABLES"."SEGMENT_DEVICES_CAPTURED" LIMIT 1;

SELECT 1 AS found FROM "DERIVED_TABLES"."WEB_TO_STORE_VISIT_ATTRIBUTION" LIMIT 1;

SELECT 1 AS found FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" LIMIT 1;

SELECT 1 AS found FROM "SEGMENT_DATA"."CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS" LIMIT 1;

SELECT 1 AS found FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" LIMIT 1;

SELECT count(*) AS found FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" WHERE CASE typeof("BUILT_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("BUILT_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("BUILT_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END > ?;

SELECT count(*) AS found FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" WHERE CASE typeof("INGESTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END > ? OR CASE typeof("AUCTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("AUCTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END > ?;

SELECT count(*) AS found FROM "BASE_TABLES"."SEGMENT_DEVICES_CAPTURED" WHERE CASE typeof("DRIVE_BY_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("DRIVE_BY_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("DRIVE_BY_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END > ?;

SELECT count(*) AS found FROM "BASE_TABLES"."STORE_VISITS" WHERE CASE typeof("STORE_VISIT_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END > ?;

SELECT count(*) AS found FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" WHERE CASE typeof("STAGING_SYS_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("STAGING_SYS_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("STAGING_SYS_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END > ? OR CASE typeof("EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END > ?;

SELECT count(*) AS found FROM "DERIVED_TABLES"."WEB_TO_STORE_VISIT_ATTRIBUTION" WHERE CASE typeof("STORE_VISIT_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("STORE_VISIT_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END > ?;

SELECT count(*) AS found FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE CASE typeof("MODIFIED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("MODIFIED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("MODIFIED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END > ? OR CASE typeof("CREATED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("CREATED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("CREATED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END > ?;

SELECT count(*) AS found FROM "SEGMENT_DATA"."CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS" WHERE CASE typeof("LOG_DATE") WHEN 'TIMESTAMP' THEN TRY_CAST("LOG_DATE" AS TIMESTAMP) ELSE CAST(TRY_CAST("LOG_DATE" AS TIMESTAMPTZ) AS TIMESTAMP) END > ?;

SELECT count(*) AS found FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" WHERE CASE typeof("INGESTION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("INGESTION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END > ? OR CASE typeof("IMPRESSION_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("IMPRESSION_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("IMPRESSION_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END > ?;

SELECT count(*) AS found FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" WHERE CASE typeof("FINISHED_AT") WHEN 'TIMESTAMP' THEN TRY_CAST("FINISHED_AT" AS TIMESTAMP) ELSE CAST(TRY_CAST("FINISHED_AT" AS TIMESTAMPTZ) AS TIMESTAMP) END > ?;

-- admin/health/schema-check.ts

SELECT readonly AS is_read_only FROM duckdb_databases() WHERE database_name = current_database();

-- admin/legacy/import-options.ts

SELECT "AGENCY_ID" AS "AGENCY_ID", "ADVERTISER_ID" AS "ADVERTISER_ID", "CONFIG_STATUS" AS "CONFIG_STATUS", "EXPOSURE_SOURCE" AS "EXPOSURE_SOURCE", "IMPRESSION_JOIN_STRATEGY" AS "IMPRESSION_JOIN_STRATEGY", "MATCH_STRATEGY" AS "MATCH_STRATEGY", "ATTRIBUTION_WINDOW_DAYS" AS "ATTRIBUTION_WINDOW_DAYS", "HAS_IMPRESSION_TRACKING" AS "HAS_IMPRESSION_TRACKING", "HAS_STORE_VISIT_ATTRIBUTION" AS "HAS_STORE_VISIT_ATTRIBUTION", "HAS_WEB_VISIT_ATTRIBUTION" AS "HAS_WEB_VISIT_ATTRIBUTION", "SEGMENT_COUNT" AS "SEGMENT_COUNT", "POI_URL_COUNT" AS "POI_URL_COUNT", "WEB_PIXEL_URL_COUNT" AS "WEB_PIXEL_URL_COUNT", "CAMPAIGN_MAPPING_COUNT" AS "CAMPAIGN_MAPPING_COUNT", "PLATFORM_TYPE_IDS" AS "PLATFORM_TYPE_IDS", "PLATFORM_COUNT" AS "PLATFORM_COUNT", "REPORT_TYPE_IDS" AS "REPORT_TYPE_IDS", "REPORT_TYPE_COUNT" AS "REPORT_TYPE_COUNT", "WEB_PIXEL_INTEGRATION_TYPE" AS "WEB_PIXEL_INTEGRATION_TYPE", "WEB_VISIT_SOURCE" AS "WEB_VISIT_SOURCE", "STORE_VISIT_SOURCE" AS "STORE_VISIT_SOURCE", "CLIENT_IDENTIFIER" AS "CLIENT_IDENTIFIER", "ADVERTISER_DISPLAY_NAME" AS "ADVERTISER_DISPLAY_NAME", "LAST_IMPRESSION_AT" AS "LAST_IMPRESSION_AT", "LAST_STORE_VISIT_AT" AS "LAST_STORE_VISIT_AT", "LAST_WEB_VISIT_AT" AS "LAST_WEB_VISIT_AT", "CREATED_AT" AS "CREATED_AT", "UPDATED_AT" AS "UPDATED_AT", "CONFIG_VERSION" AS "CONFIG_VERSION", "DELIVERY_ENABLED" AS "DELIVERY_ENABLED", "DELIVERY_DESTINATIONS" AS "DELIVERY_DESTINATIONS", "DELIVERY_CADENCE" AS "DELIVERY_CADENCE", "DELIVERY_LOOKBACK_DAYS" AS "DELIVERY_LOOKBACK_DAYS" FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG";

-- admin/legacy/read-options.ts

SELECT g.agency, g.advertiser, g.delivery_type, g.verdict, g.detail, g.days_from, g.days_to, g.push_from, g.push_to,
g.option_count, g.segment_count, g.only_segment, g.only_partner, g.segment_owners, g.partner_owners, n.alias_name AS group_name
FROM (SELECT t.*, COUNT(*) OVER (PARTITION BY delivery_type, only_segment) AS segment_owners,
COUNT(*) OVER (PARTITION BY delivery_type, only_partner) AS partner_owners FROM (SELECT agency, advertiser, delivery_type, verdict, detail, days_from, days_to, push_from, push_to,
SUM(option_rows) AS option_count, SUM(segment_rows) AS segment_count,
CASE WHEN verdict IS NULL AND days_from = days_to AND push_from = push_to AND COUNT(segment_from) = COUNT(*) AND MIN(segment_from) = MAX(segment_to) THEN MIN(segment_from) END AS only_segment,
CASE WHEN verdict IS NULL AND days_from = days_to AND push_from = push_to AND MIN(partner_from) = MAX(partner_to) THEN MIN(partner_from) END AS only_partner,
CASE WHEN MIN(alias_from) = MAX(alias_to) THEN MIN(alias_from) END AS only_alias
FROM (SELECT agency, advertiser, delivery_type, verdict, detail, SUM(row_count) AS option_rows,
CASE WHEN met_again IS NULL THEN SUM(segment_count) ELSE 1 END AS segment_rows,
MIN(window_days) AS days_from, MAX(window_days) AS days_to, MIN(push) AS push_from, MAX(push) AS push_to,
CASE WHEN SUM(segment_count) = SUM(row_count) THEN MIN(segment_from) END AS segment_from, MAX(segment_to) AS segment_to,
MIN(alias_from) AS alias_from, MAX(alias_to) AS alias_to, MIN(partner_from) AS partner_from, MAX(partner_to) AS partner_to
FROM (SELECT CASE WHEN COALESCE(lower(agency_text), '') IN ('', '0', 'null', 'unknown') THEN '' ELSE agency_text END AS agency,
CASE WHEN COALESCE(lower(advertiser_text), '') IN ('', '0', 'null', 'unknown') THEN '' ELSE advertiser_text END AS advertiser,
substr(type_text, 1, 40) AS delivery_type, verdict,
CASE verdict WHEN ? THEN substr(status_text, 1, 40) WHEN ? THEN substr(window_text, 1, 40)
WHEN ? THEN substr(push_text, 1, 40) END AS detail,
CASE WHEN verdict IS NULL THEN known_days END AS window_days, CASE WHEN verdict IS NULL THEN known_push END AS push,
CASE WHEN verdict IS NULL THEN met_again END AS met_again, row_count, segment_count, segment_from, segment_to,
alias_from, alias_to, partner_from, partner_to
FROM (SELECT known_rows.*,
CASE WHEN COALESCE(lower(agency_text), '') IN ('', '0', 'null', 'unknown') OR COALESCE(lower(advertiser_text), '') IN ('', '0', 'null', 'unknown') THEN ?
WHEN COALESCE(type_text, '') NOT IN (?, ?) THEN ?
WHEN COALESCE(status_text, '') NOT IN (?, ?) THEN ?
WHEN known_days IS NULL THEN ?
WHEN known_push IS NULL THEN ? END AS verdict
FROM (SELECT text_rows.*,
CASE WHEN window_text IN (?, ?) THEN CAST(window_text AS INTEGER)
WHEN COALESCE(window_text, '') IN ('', 'null', 'never') THEN 0 END AS known_days,
CASE WHEN COALESCE(push_text, '') IN ('', 'NULL', 'MERGED') THEN 'merged' WHEN push_text = 'SPLIT' THEN 'split' END AS known_push
FROM (SELECT CASE WHEN trim(agency_raw, '
') LIKE '%.0%' THEN regexp_replace(trim(agency_raw, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(agency_raw, '
') END AS agency_text, CASE WHEN trim(advertiser_raw, '
') LIKE '%.0%' THEN regexp_replace(trim(advertiser_raw, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(advertiser_raw, '
') END AS advertiser_text, CASE WHEN trim(type_raw, '
') LIKE '%.0%' THEN regexp_replace(trim(type_raw, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(type_raw, '
') END AS type_text,
upper(trim(status_raw, '
')) AS status_text, lower(CASE WHEN trim(window_raw, '
') LIKE '%.0%' THEN regexp_replace(trim(window_raw, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(window_raw, '
') END) AS window_text, upper(trim(push_raw, '
')) AS push_text,
trim(met_again, '
') AS met_again, row_count, segment_count, trim(segment_from, '
') AS segment_from, trim(segment_to, '
') AS segment_to,
CASE WHEN trim(alias_from, '
') LIKE '%.0%' THEN regexp_replace(trim(alias_from, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(alias_from, '
') END AS alias_from, CASE WHEN trim(alias_to, '
') LIKE '%.0%' THEN regexp_replace(trim(alias_to, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(alias_to, '
') END AS alias_to, trim(partner_from, '
') AS partner_from,
trim(partner_to, '
') AS partner_to FROM (SELECT o.agency_raw, o.advertiser_raw, o.type_raw, o.window_raw, o.push_raw, o.status_raw, a.segment AS met_again,
COUNT(*) AS row_count, COUNT(o.segment) AS segment_count, MIN(o.segment) AS segment_from, MAX(o.segment) AS segment_to,
MIN(o.alias) AS alias_from, MAX(o.alias) AS alias_to, MIN(o.partner) AS partner_from, MAX(o.partner) AS partner_to
FROM (SELECT CAST("TYPE_ID" AS VARCHAR) AS type_raw, COALESCE(CASE WHEN NOT COALESCE(lower(CAST("SEGMENT_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("SEGMENT_ID" AS VARCHAR) END, CASE WHEN NOT COALESCE(lower(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("SEGMENT_UNIQUE_ID" AS VARCHAR) END) AS segment, CAST("AGENCY_ID" AS VARCHAR) AS agency_raw, CAST("ADVERTISER_ID" AS VARCHAR) AS advertiser_raw,
CAST("TIME_WINDOW_DAYS" AS VARCHAR) AS window_raw, CAST("PUSH_MODE" AS VARCHAR) AS push_raw, CAST("STATUS" AS VARCHAR) AS status_raw,
CASE WHEN NOT COALESCE(lower(CAST("ALIAS_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("ALIAS_ID" AS VARCHAR) END AS alias, CASE WHEN NOT COALESCE(lower(CAST("PARTNER_SEGMENT_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("PARTNER_SEGMENT_ID" AS VARCHAR) END AS partner FROM "APP_DB"."DELIVERY_OPTION") o LEFT JOIN (SELECT type_raw, segment FROM (SELECT CAST("TYPE_ID" AS VARCHAR) AS type_raw, COALESCE(CASE WHEN NOT COALESCE(lower(CAST("SEGMENT_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("SEGMENT_ID" AS VARCHAR) END, CASE WHEN NOT COALESCE(lower(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("SEGMENT_UNIQUE_ID" AS VARCHAR) END) AS segment FROM "APP_DB"."DELIVERY_OPTION") k
WHERE segment IS NOT NULL GROUP BY type_raw, segment HAVING COUNT(*) > 1) a ON a.type_raw = o.type_raw AND a.segment = o.segment
GROUP BY o.agency_raw, o.advertiser_raw, o.type_raw, o.window_raw, o.push_raw, o.status_raw, a.segment) raw_rows) text_rows) known_rows) judged_rows) r
GROUP BY agency, advertiser, delivery_type, met_again, verdict, detail,
CASE WHEN met_again IS NULL THEN window_days END, CASE WHEN met_again IS NULL THEN push END) s GROUP BY agency, advertiser, delivery_type, verdict, detail, days_from, days_to, push_from, push_to) t) g LEFT JOIN (SELECT alias_agency, alias_id, MAX(alias_name) AS alias_name FROM (
SELECT CASE WHEN trim(CAST("AGENCY_ID" AS VARCHAR), '
') LIKE '%.0%' THEN regexp_replace(trim(CAST("AGENCY_ID" AS VARCHAR), '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(CAST("AGENCY_ID" AS VARCHAR), '
') END AS alias_agency,
CASE WHEN trim(CAST("ALIAS_ID" AS VARCHAR), '
') LIKE '%.0%' THEN regexp_replace(trim(CAST("ALIAS_ID" AS VARCHAR), '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(CAST("ALIAS_ID" AS VARCHAR), '
') END AS alias_id,
trim(CAST("ALIAS_NAME" AS VARCHAR), '
') AS alias_name FROM "APP_DB"."DELIVERY_OPTION_ALIAS"
) a GROUP BY alias_agency, alias_id) n ON n.alias_agency = g.agency AND n.alias_id = g.only_alias WHERE TRUE
ORDER BY g.agency, g.advertiser, g.delivery_type, g.verdict, g.detail, g.days_from, g.days_to, g.push_from, g.push_to;

SELECT g.agency, g.advertiser, g.delivery_type, g.verdict, g.detail, g.days_from, g.days_to, g.push_from, g.push_to,
g.option_count, g.segment_count, g.only_segment, g.only_partner, g.segment_owners, g.partner_owners, n.alias_name AS group_name
FROM (SELECT t.*, COUNT(*) OVER (PARTITION BY delivery_type, only_segment) AS segment_owners,
COUNT(*) OVER (PARTITION BY delivery_type, only_partner) AS partner_owners FROM (SELECT agency, advertiser, delivery_type, verdict, detail, days_from, days_to, push_from, push_to,
SUM(option_rows) AS option_count, SUM(segment_rows) AS segment_count,
CASE WHEN verdict IS NULL AND days_from = days_to AND push_from = push_to AND COUNT(segment_from) = COUNT(*) AND MIN(segment_from) = MAX(segment_to) THEN MIN(segment_from) END AS only_segment,
CASE WHEN verdict IS NULL AND days_from = days_to AND push_from = push_to AND MIN(partner_from) = MAX(partner_to) THEN MIN(partner_from) END AS only_partner,
CASE WHEN MIN(alias_from) = MAX(alias_to) THEN MIN(alias_from) END AS only_alias
FROM (SELECT agency, advertiser, delivery_type, verdict, detail, SUM(row_count) AS option_rows,
CASE WHEN met_again IS NULL THEN SUM(segment_count) ELSE 1 END AS segment_rows,
MIN(window_days) AS days_from, MAX(window_days) AS days_to, MIN(push) AS push_from, MAX(push) AS push_to,
CASE WHEN SUM(segment_count) = SUM(row_count) THEN MIN(segment_from) END AS segment_from, MAX(segment_to) AS segment_to,
MIN(alias_from) AS alias_from, MAX(alias_to) AS alias_to, MIN(partner_from) AS partner_from, MAX(partner_to) AS partner_to
FROM (SELECT CASE WHEN COALESCE(lower(agency_text), '') IN ('', '0', 'null', 'unknown') THEN '' ELSE agency_text END AS agency,
CASE WHEN COALESCE(lower(advertiser_text), '') IN ('', '0', 'null', 'unknown') THEN '' ELSE advertiser_text END AS advertiser,
substr(type_text, 1, 40) AS delivery_type, verdict,
CASE verdict WHEN ? THEN substr(status_text, 1, 40) WHEN ? THEN substr(window_text, 1, 40)
WHEN ? THEN substr(push_text, 1, 40) END AS detail,
CASE WHEN verdict IS NULL THEN known_days END AS window_days, CASE WHEN verdict IS NULL THEN known_push END AS push,
CASE WHEN verdict IS NULL THEN met_again END AS met_again, row_count, segment_count, segment_from, segment_to,
alias_from, alias_to, partner_from, partner_to
FROM (SELECT known_rows.*,
CASE WHEN COALESCE(lower(agency_text), '') IN ('', '0', 'null', 'unknown') OR COALESCE(lower(advertiser_text), '') IN ('', '0', 'null', 'unknown') THEN ?
WHEN COALESCE(type_text, '') NOT IN (?, ?) THEN ?
WHEN COALESCE(status_text, '') NOT IN (?, ?) THEN ?
WHEN known_days IS NULL THEN ?
WHEN known_push IS NULL THEN ? END AS verdict
FROM (SELECT text_rows.*,
CASE WHEN window_text IN (?, ?) THEN CAST(window_text AS INTEGER)
WHEN COALESCE(window_text, '') IN ('', 'null', 'never') THEN 0 END AS known_days,
CASE WHEN COALESCE(push_text, '') IN ('', 'NULL', 'MERGED') THEN 'merged' WHEN push_text = 'SPLIT' THEN 'split' END AS known_push
FROM (SELECT CASE WHEN trim(agency_raw, '
') LIKE '%.0%' THEN regexp_replace(trim(agency_raw, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(agency_raw, '
') END AS agency_text, CASE WHEN trim(advertiser_raw, '
') LIKE '%.0%' THEN regexp_replace(trim(advertiser_raw, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(advertiser_raw, '
') END AS advertiser_text, CASE WHEN trim(type_raw, '
') LIKE '%.0%' THEN regexp_replace(trim(type_raw, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(type_raw, '
') END AS type_text,
upper(trim(status_raw, '
')) AS status_text, lower(CASE WHEN trim(window_raw, '
') LIKE '%.0%' THEN regexp_replace(trim(window_raw, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(window_raw, '
') END) AS window_text, upper(trim(push_raw, '
')) AS push_text,
trim(met_again, '
') AS met_again, row_count, segment_count, trim(segment_from, '
') AS segment_from, trim(segment_to, '
') AS segment_to,
CASE WHEN trim(alias_from, '
') LIKE '%.0%' THEN regexp_replace(trim(alias_from, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(alias_from, '
') END AS alias_from, CASE WHEN trim(alias_to, '
') LIKE '%.0%' THEN regexp_replace(trim(alias_to, '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(alias_to, '
') END AS alias_to, trim(partner_from, '
') AS partner_from,
trim(partner_to, '
') AS partner_to FROM (SELECT o.agency_raw, o.advertiser_raw, o.type_raw, o.window_raw, o.push_raw, o.status_raw, a.segment AS met_again,
COUNT(*) AS row_count, COUNT(o.segment) AS segment_count, MIN(o.segment) AS segment_from, MAX(o.segment) AS segment_to,
MIN(o.alias) AS alias_from, MAX(o.alias) AS alias_to, MIN(o.partner) AS partner_from, MAX(o.partner) AS partner_to
FROM (SELECT CAST("TYPE_ID" AS VARCHAR) AS type_raw, COALESCE(CASE WHEN NOT COALESCE(lower(CAST("SEGMENT_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("SEGMENT_ID" AS VARCHAR) END, CASE WHEN NOT COALESCE(lower(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("SEGMENT_UNIQUE_ID" AS VARCHAR) END) AS segment, CAST("AGENCY_ID" AS VARCHAR) AS agency_raw, CAST("ADVERTISER_ID" AS VARCHAR) AS advertiser_raw,
CAST("TIME_WINDOW_DAYS" AS VARCHAR) AS window_raw, CAST("PUSH_MODE" AS VARCHAR) AS push_raw, CAST("STATUS" AS VARCHAR) AS status_raw,
CASE WHEN NOT COALESCE(lower(CAST("ALIAS_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("ALIAS_ID" AS VARCHAR) END AS alias, CASE WHEN NOT COALESCE(lower(CAST("PARTNER_SEGMENT_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("PARTNER_SEGMENT_ID" AS VARCHAR) END AS partner FROM "APP_DB"."DELIVERY_OPTION") o LEFT JOIN (SELECT type_raw, segment FROM (SELECT CAST("TYPE_ID" AS VARCHAR) AS type_raw, COALESCE(CASE WHEN NOT COALESCE(lower(CAST("SEGMENT_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("SEGMENT_ID" AS VARCHAR) END, CASE WHEN NOT COALESCE(lower(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)), '') IN ('', '0', 'null', 'unknown') THEN CAST("SEGMENT_UNIQUE_ID" AS VARCHAR) END) AS segment FROM "APP_DB"."DELIVERY_OPTION") k
WHERE segment IS NOT NULL GROUP BY type_raw, segment HAVING COUNT(*) > 1) a ON a.type_raw = o.type_raw AND a.segment = o.segment
GROUP BY o.agency_raw, o.advertiser_raw, o.type_raw, o.window_raw, o.push_raw, o.status_raw, a.segment) raw_rows) text_rows) known_rows) judged_rows) r
GROUP BY agency, advertiser, delivery_type, met_again, verdict, detail,
CASE WHEN met_again IS NULL THEN window_days END, CASE WHEN met_again IS NULL THEN push END) s GROUP BY agency, advertiser, delivery_type, verdict, detail, days_from, days_to, push_from, push_to) t) g LEFT JOIN (SELECT alias_agency, alias_id, MAX(alias_name) AS alias_name FROM (
SELECT CASE WHEN trim(CAST("AGENCY_ID" AS VARCHAR), '
') LIKE '%.0%' THEN regexp_replace(trim(CAST("AGENCY_ID" AS VARCHAR), '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(CAST("AGENCY_ID" AS VARCHAR), '
') END AS alias_agency,
CASE WHEN trim(CAST("ALIAS_ID" AS VARCHAR), '
') LIKE '%.0%' THEN regexp_replace(trim(CAST("ALIAS_ID" AS VARCHAR), '
'), '^([0-9]+)\.0+$', '\1', 'g') ELSE trim(CAST("ALIAS_ID" AS VARCHAR), '
') END AS alias_id,
trim(CAST("ALIAS_NAME" AS VARCHAR), '
') AS alias_name FROM "APP_DB"."DELIVERY_OPTION_ALIAS"
) a GROUP BY alias_agency, alias_id) n ON n.alias_agency = g.agency AND n.alias_id = g.only_alias WHERE g.agency IN (?)
ORDER BY g.agency, g.advertiser, g.delivery_type, g.verdict, g.detail, g.days_from, g.days_to, g.push_from, g.push_to;

-- admin/lists/agencies.ts

SELECT DISTINCT CAST("AGENCY_ID" AS VARCHAR) AS agency FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS"
WHERE CASE typeof("EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END > ? AND CASE typeof("EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?);

SELECT DISTINCT CAST("AGENCY_ID" AS VARCHAR) AS agency FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS"
WHERE CASE typeof("EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END > ? AND CASE typeof("EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND TRUE;

SELECT DISTINCT CAST("AGENCY_ID" AS VARCHAR) AS agency FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS"
WHERE CASE typeof("EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END > ? AND CASE typeof("EVENT_TIMESTAMP") WHEN 'TIMESTAMP' THEN TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMP) ELSE CAST(TRY_CAST("EVENT_TIMESTAMP" AS TIMESTAMPTZ) AS TIMESTAMP) END <= ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?);

-- admin/lists/report-types.ts

SELECT CAST("REPORT_TYPE_ID" AS VARCHAR) AS id, CAST("REPORT_TYPE_CODE" AS VARCHAR) AS code,
CAST("EXPOSURE_SOURCE" AS VARCHAR) AS exposure, CAST("OUTCOME_TYPE" AS VARCHAR) AS outcome, CAST("DISPLAY_NAME" AS VARCHAR) AS name,
CAST("DESCRIPTION" AS VARCHAR) AS description, CAST("IS_ACTIVE" AS VARCHAR) AS is_active, CAST("SORT_ORDER" AS VARCHAR) AS place
FROM "BASE_TABLES"."REF_REPORT_TYPE";

-- admin/places/assign-places.ts

WITH assigned AS (
SELECT lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AS md5, trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS assigned_uid FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING"
WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) IN (SELECT wanted FROM (VALUES (?)) AS wanted(wanted))
), facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT assigned_uid FROM assigned)) AS facts
WHERE uid IS NOT NULL GROUP BY uid)
SELECT coalesce(max(brand), '') AS brand_name, count(*) AS found FROM assigned JOIN facts ON uid = assigned_uid
GROUP BY regexp_replace(lower(strip_accents(trim(CAST(brand AS VARCHAR)))), '[''’‘`´]', '', 'g') ORDER BY found DESC, brand_name;

-- admin/places/assigned-keys.ts

SELECT count(DISTINCT lower(trim(CAST("SEGMENT_MD5" AS VARCHAR)))) AS found
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?);

SELECT md5, "cell_0", "cell_1", "cell_2", min(CASE WHEN known THEN 1 ELSE 0 END) AS known
FROM (SELECT coalesce(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '') AS md5, CAST("AGENCY_ID" AS VARCHAR) AS "cell_0", CAST("ADVERTISER_ID" AS VARCHAR) AS "cell_1", CAST("SEGMENT_MD5" AS VARCHAR) AS "cell_2", known_uid IS NOT NULL AS known FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" LEFT JOIN (SELECT DISTINCT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS known_uid FROM "BASE_TABLES"."SEGMENT_METADATA") AS known_places ON known_uid = trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND coalesce(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '') IN (SELECT wanted FROM (VALUES (?)) AS wanted(wanted))) AS assigned
GROUP BY md5, "cell_0", "cell_1", "cell_2" ORDER BY md5, "cell_0", "cell_1", "cell_2";

SELECT md5, "cell_0", "cell_1", "cell_2", min(CASE WHEN known THEN 1 ELSE 0 END) AS known
FROM (SELECT coalesce(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '') AS md5, CAST("AGENCY_ID" AS VARCHAR) AS "cell_0", CAST("ADVERTISER_ID" AS VARCHAR) AS "cell_1", CAST("SEGMENT_MD5" AS VARCHAR) AS "cell_2", known_uid IS NOT NULL AS known FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" LEFT JOIN (SELECT DISTINCT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS known_uid FROM "BASE_TABLES"."SEGMENT_METADATA") AS known_places ON known_uid = trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) IN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g')) AND CAST("DMA_NAME" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("DMA_NAME" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g')))) AS assigned
GROUP BY md5, "cell_0", "cell_1", "cell_2" ORDER BY md5, "cell_0", "cell_1", "cell_2";

SELECT md5, "cell_0", "cell_1", "cell_2", min(CASE WHEN known THEN 1 ELSE 0 END) AS known
FROM (SELECT coalesce(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '') AS md5, CAST("AGENCY_ID" AS VARCHAR) AS "cell_0", CAST("ADVERTISER_ID" AS VARCHAR) AS "cell_1", CAST("SEGMENT_MD5" AS VARCHAR) AS "cell_2", known_uid IS NOT NULL AS known FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" LEFT JOIN (SELECT DISTINCT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS known_uid FROM "BASE_TABLES"."SEGMENT_METADATA") AS known_places ON known_uid = trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)) AS assigned
GROUP BY md5, "cell_0", "cell_1", "cell_2" ORDER BY md5, "cell_0", "cell_1", "cell_2";

-- admin/places/assigned-places.ts

WITH assigned AS (
SELECT DISTINCT lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AS md5,
trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS assigned_uid
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)
), facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT assigned_uid FROM assigned)) AS facts
WHERE uid IS NOT NULL GROUP BY uid), places AS (
SELECT md5, coalesce(max(uid), max(assigned_uid)) AS uid, max(brand) AS brand, max(category) AS category, max(dma) AS dma, max(zip) AS zip,
coalesce(bool_or(denied), false) AS denied, coalesce(bool_or(uid IS NOT NULL), false) AS is_known
FROM assigned LEFT JOIN facts ON uid = assigned_uid GROUP BY md5
) SELECT * FROM places WHERE (position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN regexp_replace(lower(strip_accents(trim(CAST((coalesce(brand, '') || ' ' || coalesce(dma, '') || ' ' || coalesce(zip, '')) AS VARCHAR)))), '[''’‘`´]', '', 'g')) > 0 OR md5 = ?) ORDER BY brand, dma, zip, md5 LIMIT 100 OFFSET 0;

WITH assigned AS (
SELECT DISTINCT lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AS md5,
trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS assigned_uid
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)
), facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT assigned_uid FROM assigned)) AS facts
WHERE uid IS NOT NULL GROUP BY uid), places AS (
SELECT md5, coalesce(max(uid), max(assigned_uid)) AS uid, max(brand) AS brand, max(category) AS category, max(dma) AS dma, max(zip) AS zip,
coalesce(bool_or(denied), false) AS denied, coalesce(bool_or(uid IS NOT NULL), false) AS is_known
FROM assigned LEFT JOIN facts ON uid = assigned_uid GROUP BY md5
) SELECT * FROM places WHERE TRUE ORDER BY brand, dma, zip, md5 LIMIT 100 OFFSET 0;

WITH assigned AS (
SELECT DISTINCT lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AS md5,
trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS assigned_uid
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)
), facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT assigned_uid FROM assigned)) AS facts
WHERE uid IS NOT NULL GROUP BY uid), places AS (
SELECT md5, coalesce(max(uid), max(assigned_uid)) AS uid, max(brand) AS brand, max(category) AS category, max(dma) AS dma, max(zip) AS zip,
coalesce(bool_or(denied), false) AS denied, coalesce(bool_or(uid IS NOT NULL), false) AS is_known
FROM assigned LEFT JOIN facts ON uid = assigned_uid GROUP BY md5
) SELECT count(*) AS found FROM places WHERE (position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN regexp_replace(lower(strip_accents(trim(CAST((coalesce(brand, '') || ' ' || coalesce(dma, '') || ' ' || coalesce(zip, '')) AS VARCHAR)))), '[''’‘`´]', '', 'g')) > 0 OR md5 = ?);

WITH assigned AS (
SELECT DISTINCT lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AS md5,
trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS assigned_uid
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)
), facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT assigned_uid FROM assigned)) AS facts
WHERE uid IS NOT NULL GROUP BY uid), places AS (
SELECT md5, coalesce(max(uid), max(assigned_uid)) AS uid, max(brand) AS brand, max(category) AS category, max(dma) AS dma, max(zip) AS zip,
coalesce(bool_or(denied), false) AS denied, coalesce(bool_or(uid IS NOT NULL), false) AS is_known
FROM assigned LEFT JOIN facts ON uid = assigned_uid GROUP BY md5
) SELECT count(*) AS total, count(DISTINCT regexp_replace(lower(strip_accents(trim(CAST(brand AS VARCHAR)))), '[''’‘`´]', '', 'g')) AS brands,
count(DISTINCT dma) AS dmas, count(DISTINCT zip) AS zips, count(CASE WHEN NOT is_known THEN 1 END) AS unknown_places,
count(CASE WHEN denied THEN 1 END) AS denied_places FROM places;

WITH assigned AS (
SELECT DISTINCT lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AS md5,
trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS assigned_uid
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)
), facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT assigned_uid FROM assigned)) AS facts
WHERE uid IS NOT NULL GROUP BY uid), places AS (
SELECT md5, coalesce(max(uid), max(assigned_uid)) AS uid, max(brand) AS brand, max(category) AS category, max(dma) AS dma, max(zip) AS zip,
coalesce(bool_or(denied), false) AS denied, coalesce(bool_or(uid IS NOT NULL), false) AS is_known
FROM assigned LEFT JOIN facts ON uid = assigned_uid GROUP BY md5
) SELECT max(brand) AS brand_name, count(*) AS found FROM places
WHERE brand IS NOT NULL GROUP BY regexp_replace(lower(strip_accents(trim(CAST(brand AS VARCHAR)))), '[''’‘`´]', '', 'g') ORDER BY found DESC, brand_name LIMIT 50;

-- admin/places/conflicts.ts

WITH contended AS (
SELECT trim(CAST("AGENCY_ID" AS VARCHAR)) AS agency_text, lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AS place FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)
GROUP BY agency_text, place HAVING min(NULLIF(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)), '')) <> max(NULLIF(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)), ''))
)
SELECT DISTINCT regexp_replace(regexp_replace(CAST(agency_text AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, place, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" JOIN contended ON place = lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AND agency_text = trim(CAST("AGENCY_ID" AS VARCHAR))
WHERE place <> '' ORDER BY agency, place, advertiser;

WITH contended AS (
SELECT trim(CAST("AGENCY_ID" AS VARCHAR)) AS agency_text, lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AS place FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE TRUE
GROUP BY agency_text, place HAVING min(NULLIF(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)), '')) <> max(NULLIF(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)), ''))
)
SELECT DISTINCT regexp_replace(regexp_replace(CAST(agency_text AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, place, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" JOIN contended ON place = lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AND agency_text = trim(CAST("AGENCY_ID" AS VARCHAR))
WHERE place <> '' ORDER BY agency, place, advertiser;

-- admin/places/place-query.ts

WITH assigned AS (
SELECT lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AS md5, trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS assigned_uid, coalesce(bool_or(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?), false) AS library
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) IN (SELECT wanted FROM (VALUES (?)) AS wanted(wanted)) GROUP BY md5, assigned_uid
), facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT assigned_uid FROM assigned)) AS facts
WHERE uid IS NOT NULL GROUP BY uid)
SELECT md5, seen_places.*, in_library OR library AS is_library
FROM assigned LEFT JOIN (SELECT facts.*, name, coalesce(in_library, FALSE) AS in_library, coalesce(geofence, TRUE) AS geofence, coalesce(active, TRUE) AS active
FROM facts LEFT JOIN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS detail_uid, max(CASE WHEN lower(trim(CAST("SEGMENT_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_NAME" AS VARCHAR)) END) AS name,
coalesce(bool_or(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?), false) AS in_library, coalesce(bool_or((CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)), false) AS seen,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("SEGMENT_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '5')), false) AS geofence,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("STATUS" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '1')), false) AS active
FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT uid FROM facts) GROUP BY detail_uid) AS details ON detail_uid = uid WHERE coalesce(seen, TRUE)) AS seen_places ON uid = assigned_uid
ORDER BY md5, is_library DESC, uid;

WITH assigned AS (
SELECT lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AS md5, trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS assigned_uid, coalesce(bool_or(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?), false) AS library
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) IN (SELECT wanted FROM (VALUES (?)) AS wanted(wanted)) GROUP BY md5, assigned_uid
), facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT assigned_uid FROM assigned)) AS facts
WHERE uid IS NOT NULL GROUP BY uid)
SELECT md5, seen_places.*, in_library OR library AS is_library
FROM assigned LEFT JOIN (SELECT facts.*, name, coalesce(in_library, FALSE) AS in_library, coalesce(geofence, TRUE) AS geofence, coalesce(active, TRUE) AS active
FROM facts LEFT JOIN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS detail_uid, max(CASE WHEN lower(trim(CAST("SEGMENT_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_NAME" AS VARCHAR)) END) AS name,
coalesce(bool_or(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?), false) AS in_library, coalesce(bool_or(TRUE), false) AS seen,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("SEGMENT_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '5')), false) AS geofence,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("STATUS" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '1')), false) AS active
FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT uid FROM facts) GROUP BY detail_uid) AS details ON detail_uid = uid WHERE coalesce(seen, TRUE)) AS seen_places ON uid = assigned_uid
ORDER BY md5, is_library DESC, uid;

WITH facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g')) AND CAST("DMA_NAME" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("DMA_NAME" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g'))) AS facts
WHERE uid IS NOT NULL GROUP BY uid)
SELECT seen_places.*, md5, in_library OR coalesce(library, FALSE) AS is_library
FROM (SELECT facts.*, name, coalesce(in_library, FALSE) AS in_library, coalesce(geofence, TRUE) AS geofence, coalesce(active, TRUE) AS active
FROM facts LEFT JOIN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS detail_uid, max(CASE WHEN lower(trim(CAST("SEGMENT_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_NAME" AS VARCHAR)) END) AS name,
coalesce(bool_or(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?), false) AS in_library, coalesce(bool_or((CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)), false) AS seen,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("SEGMENT_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '5')), false) AS geofence,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("STATUS" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '1')), false) AS active
FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT uid FROM facts) GROUP BY detail_uid) AS details ON detail_uid = uid WHERE coalesce(seen, TRUE)) AS seen_places LEFT JOIN (SELECT known_uid, coalesce(min(CASE WHEN library THEN known_md5 END), min(known_md5)) AS md5, coalesce(bool_or(library), false) AS library
FROM (SELECT trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS known_uid, CASE WHEN regexp_full_match(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '[0-9a-f]{32}') THEN lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) END AS known_md5, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? AS library
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) IN (SELECT uid FROM facts)) AS assigned
GROUP BY known_uid) AS known ON known_uid = uid
ORDER BY is_library DESC, dma, zip, uid LIMIT 100 OFFSET 0;

WITH facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g')) AND CAST("DMA_NAME" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("DMA_NAME" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g'))) AS facts
WHERE uid IS NOT NULL GROUP BY uid) SELECT count(*) AS found FROM (SELECT facts.*, name, coalesce(in_library, FALSE) AS in_library, coalesce(geofence, TRUE) AS geofence, coalesce(active, TRUE) AS active
FROM facts LEFT JOIN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS detail_uid, max(CASE WHEN lower(trim(CAST("SEGMENT_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_NAME" AS VARCHAR)) END) AS name,
coalesce(bool_or(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?), false) AS in_library, coalesce(bool_or((CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)), false) AS seen,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("SEGMENT_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '5')), false) AS geofence,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("STATUS" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '1')), false) AS active
FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT uid FROM facts) GROUP BY detail_uid) AS details ON detail_uid = uid WHERE coalesce(seen, TRUE)) AS seen_places;

WITH facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g'))) AS facts
WHERE uid IS NOT NULL GROUP BY uid)
SELECT seen_places.*, md5, in_library OR coalesce(library, FALSE) AS is_library
FROM (SELECT facts.*, name, coalesce(in_library, FALSE) AS in_library, coalesce(geofence, TRUE) AS geofence, coalesce(active, TRUE) AS active
FROM facts LEFT JOIN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS detail_uid, max(CASE WHEN lower(trim(CAST("SEGMENT_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_NAME" AS VARCHAR)) END) AS name,
coalesce(bool_or(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?), false) AS in_library, coalesce(bool_or((CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)), false) AS seen,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("SEGMENT_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '5')), false) AS geofence,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("STATUS" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '1')), false) AS active
FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT uid FROM facts) GROUP BY detail_uid) AS details ON detail_uid = uid WHERE coalesce(seen, TRUE)) AS seen_places LEFT JOIN (SELECT known_uid, coalesce(min(CASE WHEN library THEN known_md5 END), min(known_md5)) AS md5, coalesce(bool_or(library), false) AS library
FROM (SELECT trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS known_uid, CASE WHEN regexp_full_match(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '[0-9a-f]{32}') THEN lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) END AS known_md5, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? AS library
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) IN (SELECT uid FROM facts)) AS assigned
GROUP BY known_uid) AS known ON known_uid = uid
ORDER BY is_library DESC, dma, zip, uid LIMIT 100 OFFSET 0;

WITH facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g'))) AS facts
WHERE uid IS NOT NULL GROUP BY uid)
SELECT seen_places.*, md5, in_library OR coalesce(library, FALSE) AS is_library
FROM (SELECT facts.*, name, coalesce(in_library, FALSE) AS in_library, coalesce(geofence, TRUE) AS geofence, coalesce(active, TRUE) AS active
FROM facts LEFT JOIN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS detail_uid, max(CASE WHEN lower(trim(CAST("SEGMENT_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_NAME" AS VARCHAR)) END) AS name,
coalesce(bool_or(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?), false) AS in_library, coalesce(bool_or((CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)), false) AS seen,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("SEGMENT_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '5')), false) AS geofence,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("STATUS" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '1')), false) AS active
FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT uid FROM facts) GROUP BY detail_uid) AS details ON detail_uid = uid WHERE coalesce(seen, TRUE)) AS seen_places LEFT JOIN (SELECT known_uid, coalesce(min(CASE WHEN library THEN known_md5 END), min(known_md5)) AS md5, coalesce(bool_or(library), false) AS library
FROM (SELECT trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS known_uid, CASE WHEN regexp_full_match(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '[0-9a-f]{32}') THEN lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) END AS known_md5, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? AS library
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) IN (SELECT uid FROM facts)) AS assigned
GROUP BY known_uid) AS known ON known_uid = uid
ORDER BY is_library DESC, dma, zip, uid LIMIT 5000 OFFSET 0;

WITH facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g'))) AS facts
WHERE uid IS NOT NULL GROUP BY uid)
SELECT seen_places.*, md5, in_library OR coalesce(library, FALSE) AS is_library
FROM (SELECT facts.*, name, coalesce(in_library, FALSE) AS in_library, coalesce(geofence, TRUE) AS geofence, coalesce(active, TRUE) AS active
FROM facts LEFT JOIN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS detail_uid, max(CASE WHEN lower(trim(CAST("SEGMENT_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_NAME" AS VARCHAR)) END) AS name,
coalesce(bool_or(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?), false) AS in_library, coalesce(bool_or(TRUE), false) AS seen,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("SEGMENT_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '5')), false) AS geofence,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("STATUS" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '1')), false) AS active
FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT uid FROM facts) GROUP BY detail_uid) AS details ON detail_uid = uid WHERE coalesce(seen, TRUE)) AS seen_places LEFT JOIN (SELECT known_uid, coalesce(min(CASE WHEN library THEN known_md5 END), min(known_md5)) AS md5, coalesce(bool_or(library), false) AS library
FROM (SELECT trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) AS known_uid, CASE WHEN regexp_full_match(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '[0-9a-f]{32}') THEN lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) END AS known_md5, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? AS library
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) IN (SELECT uid FROM facts)) AS assigned
GROUP BY known_uid) AS known ON known_uid = uid
ORDER BY is_library DESC, dma, zip, uid LIMIT 100 OFFSET 0;

WITH facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g'))) AS facts
WHERE uid IS NOT NULL GROUP BY uid) SELECT count(*) AS found FROM (SELECT facts.*, name, coalesce(in_library, FALSE) AS in_library, coalesce(geofence, TRUE) AS geofence, coalesce(active, TRUE) AS active
FROM facts LEFT JOIN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS detail_uid, max(CASE WHEN lower(trim(CAST("SEGMENT_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_NAME" AS VARCHAR)) END) AS name,
coalesce(bool_or(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?), false) AS in_library, coalesce(bool_or((CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ? OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)), false) AS seen,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("SEGMENT_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '5')), false) AS geofence,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("STATUS" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '1')), false) AS active
FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT uid FROM facts) GROUP BY detail_uid) AS details ON detail_uid = uid WHERE coalesce(seen, TRUE)) AS seen_places;

WITH facts AS (SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
max(dma) AS dma, max(zip) AS zip, coalesce(bool_or(denied), false) AS denied
FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("BRAND" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("BRAND" AS VARCHAR)) END AS brand, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip, coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g'))) AS facts
WHERE uid IS NOT NULL GROUP BY uid) SELECT count(*) AS found FROM (SELECT facts.*, name, coalesce(in_library, FALSE) AS in_library, coalesce(geofence, TRUE) AS geofence, coalesce(active, TRUE) AS active
FROM facts LEFT JOIN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS detail_uid, max(CASE WHEN lower(trim(CAST("SEGMENT_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_NAME" AS VARCHAR)) END) AS name,
coalesce(bool_or(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?), false) AS in_library, coalesce(bool_or(TRUE), false) AS seen,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("SEGMENT_TYPE" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '5')), false) AS geofence,
coalesce(bool_or(coalesce(regexp_replace(regexp_replace(CAST("STATUS" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), '') IN ('', '1')), false) AS active
FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IN (SELECT uid FROM facts) GROUP BY detail_uid) AS details ON detail_uid = uid WHERE coalesce(seen, TRUE)) AS seen_places;

-- admin/places/poi-brands.ts

WITH brands AS (
SELECT spelling, CASE WHEN lower(trim(CAST(spelling AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST(spelling AS VARCHAR)) END AS brand, regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') AS brand_key
FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings
), sought AS (
SELECT spelling, brand, brand_key FROM brands
WHERE brand IS NOT NULL AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0
), places AS (
SELECT brand_key, brand, uid, category, dma, zip, denied FROM (
SELECT CAST("BRAND" AS VARCHAR) AS own_spelling, CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip,
coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM sought) AND TRUE
) AS facts JOIN sought ON own_spelling = spelling
WHERE uid IS NOT NULL AND TRUE
) SELECT brand_key, max(brand) AS brand,
coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category, coalesce(bool_or(denied), false) AS denied,
count(DISTINCT uid) AS locations, count(DISTINCT zip) AS zips, count(*) OVER () AS brands_found
FROM places GROUP BY brand_key
ORDER BY CASE WHEN brand_key = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') THEN 0 WHEN position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) = 1 THEN 1
WHEN position((' ' || regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g')) IN brand_key) > 0 THEN 2 ELSE 3 END, locations DESC, brand_key LIMIT 1 OFFSET 9;

WITH brands AS (
SELECT spelling, CASE WHEN lower(trim(CAST(spelling AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST(spelling AS VARCHAR)) END AS brand, regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') AS brand_key
FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings
), sought AS (
SELECT spelling, brand, brand_key FROM brands
WHERE brand IS NOT NULL AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0
), places AS (
SELECT brand_key, brand, uid, category, dma, zip, denied FROM (
SELECT CAST("BRAND" AS VARCHAR) AS own_spelling, CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip,
coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM sought) AND TRUE
) AS facts JOIN sought ON own_spelling = spelling
WHERE uid IS NOT NULL AND TRUE
) SELECT count(DISTINCT brand_key) AS found FROM places;

WITH brands AS (
SELECT spelling, CASE WHEN lower(trim(CAST(spelling AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST(spelling AS VARCHAR)) END AS brand, regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') AS brand_key
FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings
), sought AS (
SELECT spelling, brand, brand_key FROM brands
WHERE brand IS NOT NULL AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0
), places AS (
SELECT brand_key, brand, uid, category, dma, zip, denied FROM (
SELECT CAST("BRAND" AS VARCHAR) AS own_spelling, CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip,
coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM sought) AND TRUE
) AS facts JOIN sought ON own_spelling = spelling
WHERE uid IS NOT NULL AND uid NOT IN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IS NOT NULL GROUP BY CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END
HAVING NOT coalesce(bool_or(CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?)), false))
) SELECT DISTINCT brand_key, dma FROM places
WHERE dma IS NOT NULL AND brand_key IN (SELECT wanted FROM (VALUES (?)) AS wanted(wanted)) ORDER BY brand_key, dma;

WITH brands AS (
SELECT spelling, CASE WHEN lower(trim(CAST(spelling AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST(spelling AS VARCHAR)) END AS brand, regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') AS brand_key
FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings
), sought AS (
SELECT spelling, brand, brand_key FROM brands
WHERE brand IS NOT NULL AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0
), places AS (
SELECT brand_key, brand, uid, category, dma, zip, denied FROM (
SELECT CAST("BRAND" AS VARCHAR) AS own_spelling, CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip,
coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM sought) AND TRUE
) AS facts JOIN sought ON own_spelling = spelling
WHERE uid IS NOT NULL AND uid NOT IN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IS NOT NULL GROUP BY CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END
HAVING NOT coalesce(bool_or(CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?)), false))
) SELECT brand_key, max(brand) AS brand,
coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category, coalesce(bool_or(denied), false) AS denied,
count(DISTINCT uid) AS locations, count(DISTINCT zip) AS zips, count(*) OVER () AS brands_found
FROM places GROUP BY brand_key
ORDER BY CASE WHEN brand_key = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') THEN 0 WHEN position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) = 1 THEN 1
WHEN position((' ' || regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g')) IN brand_key) > 0 THEN 2 ELSE 3 END, locations DESC, brand_key LIMIT 1 OFFSET 9;

WITH brands AS (
SELECT spelling, CASE WHEN lower(trim(CAST(spelling AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST(spelling AS VARCHAR)) END AS brand, regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') AS brand_key
FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings
), sought AS (
SELECT spelling, brand, brand_key FROM brands
WHERE brand IS NOT NULL AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0
), places AS (
SELECT brand_key, brand, uid, category, dma, zip, denied FROM (
SELECT CAST("BRAND" AS VARCHAR) AS own_spelling, CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip,
coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM sought) AND TRUE
) AS facts JOIN sought ON own_spelling = spelling
WHERE uid IS NOT NULL AND uid NOT IN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IS NOT NULL GROUP BY CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END
HAVING NOT coalesce(bool_or(CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?)), false))
) SELECT brand_key, max(brand) AS brand,
coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category, coalesce(bool_or(denied), false) AS denied,
count(DISTINCT uid) AS locations, count(DISTINCT zip) AS zips, count(*) OVER () AS brands_found
FROM places GROUP BY brand_key
ORDER BY CASE WHEN brand_key = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') THEN 0 WHEN position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) = 1 THEN 1
WHEN position((' ' || regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g')) IN brand_key) > 0 THEN 2 ELSE 3 END, locations DESC, brand_key LIMIT 50 OFFSET 0;

WITH brands AS (
SELECT spelling, CASE WHEN lower(trim(CAST(spelling AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST(spelling AS VARCHAR)) END AS brand, regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') AS brand_key
FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings
), sought AS (
SELECT spelling, brand, brand_key FROM brands
WHERE brand IS NOT NULL AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0
), places AS (
SELECT brand_key, brand, uid, category, dma, zip, denied FROM (
SELECT CAST("BRAND" AS VARCHAR) AS own_spelling, CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip,
coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM sought) AND TRUE
) AS facts JOIN sought ON own_spelling = spelling
WHERE uid IS NOT NULL AND uid NOT IN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IS NOT NULL GROUP BY CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END
HAVING NOT coalesce(bool_or(CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?)), false))
) SELECT count(DISTINCT brand_key) AS found FROM places;

WITH brands AS (
SELECT spelling, CASE WHEN lower(trim(CAST(spelling AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST(spelling AS VARCHAR)) END AS brand, regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') AS brand_key
FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings
), sought AS (
SELECT spelling, brand, brand_key FROM brands
WHERE brand IS NOT NULL AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0 AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0
), places AS (
SELECT brand_key, brand, uid, category, dma, zip, denied FROM (
SELECT CAST("BRAND" AS VARCHAR) AS own_spelling, CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip,
coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM sought) AND CAST("DMA_NAME" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("DMA_NAME" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g')) > 0)
) AS facts JOIN sought ON own_spelling = spelling
WHERE uid IS NOT NULL AND TRUE
) SELECT DISTINCT brand_key, dma FROM places
WHERE dma IS NOT NULL AND brand_key IN (SELECT wanted FROM (VALUES (?)) AS wanted(wanted)) ORDER BY brand_key, dma;

WITH brands AS (
SELECT spelling, CASE WHEN lower(trim(CAST(spelling AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST(spelling AS VARCHAR)) END AS brand, regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') AS brand_key
FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings
), sought AS (
SELECT spelling, brand, brand_key FROM brands
WHERE brand IS NOT NULL AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0 AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0
), places AS (
SELECT brand_key, brand, uid, category, dma, zip, denied FROM (
SELECT CAST("BRAND" AS VARCHAR) AS own_spelling, CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip,
coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM sought) AND CAST("DMA_NAME" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("DMA_NAME" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g')) > 0)
) AS facts JOIN sought ON own_spelling = spelling
WHERE uid IS NOT NULL AND TRUE
) SELECT brand_key, max(brand) AS brand,
coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category, coalesce(bool_or(denied), false) AS denied,
count(DISTINCT uid) AS locations, count(DISTINCT zip) AS zips, count(*) OVER () AS brands_found
FROM places GROUP BY brand_key
ORDER BY CASE WHEN brand_key = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') THEN 0 WHEN position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) = 1 THEN 1
WHEN position((' ' || regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g')) IN brand_key) > 0 THEN 2 ELSE 3 END, locations DESC, brand_key LIMIT 50 OFFSET 0;

WITH brands AS (
SELECT spelling, CASE WHEN lower(trim(CAST(spelling AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST(spelling AS VARCHAR)) END AS brand, regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') AS brand_key
FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings
), sought AS (
SELECT spelling, brand, brand_key FROM brands
WHERE brand IS NOT NULL AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0 AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0
), places AS (
SELECT brand_key, brand, uid, category, dma, zip, denied FROM (
SELECT CAST("BRAND" AS VARCHAR) AS own_spelling, CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip,
coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM sought) AND CAST("DMA_NAME" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("DMA_NAME" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g')) > 0)
) AS facts JOIN sought ON own_spelling = spelling
WHERE uid IS NOT NULL AND uid NOT IN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IS NOT NULL GROUP BY CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END
HAVING NOT coalesce(bool_or(CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?)), false))
) SELECT DISTINCT brand_key, dma FROM places
WHERE dma IS NOT NULL AND brand_key IN (SELECT wanted FROM (VALUES (?)) AS wanted(wanted)) ORDER BY brand_key, dma;

WITH brands AS (
SELECT spelling, CASE WHEN lower(trim(CAST(spelling AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST(spelling AS VARCHAR)) END AS brand, regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g') AS brand_key
FROM (SELECT DISTINCT CAST("BRAND" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings
), sought AS (
SELECT spelling, brand, brand_key FROM brands
WHERE brand IS NOT NULL AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0 AND position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) > 0
), places AS (
SELECT brand_key, brand, uid, category, dma, zip, denied FROM (
SELECT CAST("BRAND" AS VARCHAR) AS own_spelling, CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS uid, CASE WHEN lower(trim(CAST("CATEGORY" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("CATEGORY" AS VARCHAR)) END AS category,
CASE WHEN lower(trim(CAST("DMA_NAME" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("DMA_NAME" AS VARCHAR)) END AS dma, CASE WHEN lower(trim(CAST("ZIP_CODE" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("ZIP_CODE" AS VARCHAR)) END AS zip,
coalesce(position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0 OR position(? IN lower(CAST("CATEGORY" AS VARCHAR))) > 0, FALSE) AS denied
FROM "BASE_TABLES"."SEGMENT_METADATA" WHERE CAST("BRAND" AS VARCHAR) IN (SELECT spelling FROM sought) AND CAST("DMA_NAME" AS VARCHAR) IN (SELECT spelling FROM (SELECT DISTINCT CAST("DMA_NAME" AS VARCHAR) AS spelling FROM "BASE_TABLES"."SEGMENT_METADATA") AS spellings WHERE position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN regexp_replace(lower(strip_accents(trim(CAST(spelling AS VARCHAR)))), '[''’‘`´]', '', 'g')) > 0)
) AS facts JOIN sought ON own_spelling = spelling
WHERE uid IS NOT NULL AND uid NOT IN (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END FROM "BASE_TABLES"."SEGMENT_DETAIL" WHERE CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END IS NOT NULL GROUP BY CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END
HAVING NOT coalesce(bool_or(CASE WHEN lower(trim(CAST("AGENCY_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("AGENCY_ID" AS VARCHAR)) END IS NULL OR regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') IN (?, ?)), false))
) SELECT brand_key, max(brand) AS brand,
coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category, coalesce(bool_or(denied), false) AS denied,
count(DISTINCT uid) AS locations, count(DISTINCT zip) AS zips, count(*) OVER () AS brands_found
FROM places GROUP BY brand_key
ORDER BY CASE WHEN brand_key = regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') THEN 0 WHEN position(regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g') IN brand_key) = 1 THEN 1
WHEN position((' ' || regexp_replace(lower(strip_accents(trim(CAST(? AS VARCHAR)))), '[''’‘`´]', '', 'g')) IN brand_key) > 0 THEN 2 ELSE 3 END, locations DESC, brand_key LIMIT 50 OFFSET 0;

-- admin/places/poi-segments.ts

SELECT DISTINCT lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) AS md5 FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING"
WHERE (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))) IN (SELECT wanted FROM (VALUES (?)) AS wanted(wanted));

-- admin/places/repairable-places.ts

WITH broken AS (
SELECT agency, advertiser, md5, max(assigned_uid) AS uid FROM (
SELECT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser,
coalesce(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '') AS md5, CAST("SEGMENT_UNIQUE_ID" AS VARCHAR) AS assigned_uid
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)
AND NOT EXISTS (SELECT 1 FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS known FROM "BASE_TABLES"."SEGMENT_METADATA") AS facts WHERE known = trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)))
) AS assignments GROUP BY agency, advertiser, md5
) SELECT *, count(*) OVER () AS found FROM broken ORDER BY agency, advertiser, md5 LIMIT 1 OFFSET 9;

WITH broken AS (
SELECT agency, advertiser, md5, max(assigned_uid) AS uid FROM (
SELECT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser,
coalesce(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '') AS md5, CAST("SEGMENT_UNIQUE_ID" AS VARCHAR) AS assigned_uid
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?)
AND NOT EXISTS (SELECT 1 FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS known FROM "BASE_TABLES"."SEGMENT_METADATA") AS facts WHERE known = trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)))
) AS assignments GROUP BY agency, advertiser, md5
) SELECT count(*) AS found FROM broken;

WITH broken AS (
SELECT agency, advertiser, md5, max(assigned_uid) AS uid FROM (
SELECT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser,
coalesce(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '') AS md5, CAST("SEGMENT_UNIQUE_ID" AS VARCHAR) AS assigned_uid
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND TRUE
AND NOT EXISTS (SELECT 1 FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS known FROM "BASE_TABLES"."SEGMENT_METADATA") AS facts WHERE known = trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)))
) AS assignments GROUP BY agency, advertiser, md5
) SELECT *, count(*) OVER () AS found FROM broken ORDER BY agency, advertiser, md5 LIMIT 100 OFFSET 0;

WITH broken AS (
SELECT agency, advertiser, md5, max(assigned_uid) AS uid FROM (
SELECT regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser,
coalesce(lower(trim(CAST("SEGMENT_MD5" AS VARCHAR))), '') AS md5, CAST("SEGMENT_UNIQUE_ID" AS VARCHAR) AS assigned_uid
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE TRUE AND TRUE
AND NOT EXISTS (SELECT 1 FROM (SELECT CASE WHEN lower(trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR))) IN ('', '0', 'null', 'unknown') THEN NULL ELSE trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)) END AS known FROM "BASE_TABLES"."SEGMENT_METADATA") AS facts WHERE known = trim(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR)))
) AS assignments GROUP BY agency, advertiser, md5
) SELECT *, count(*) OVER () AS found FROM broken ORDER BY agency, advertiser, md5 LIMIT 100 OFFSET 0;

-- admin/row-journal.ts

DELETE FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("ADVERTISER_ID" AS VARCHAR) = ? AND CAST("SEGMENT_MD5" AS VARCHAR) = ?;

DELETE FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" WHERE CAST("Agency_Id" AS VARCHAR) = ? AND CAST("Advertiser_id" AS VARCHAR) = ? AND CAST("URL" AS VARCHAR) = ?;

DELETE FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE CAST("MAPPING_ID" AS VARCHAR) = ? AND CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("DSP_PLATFORM_TYPE" AS VARCHAR) = ? AND CAST("DSP_ADVERTISER_ID" AS VARCHAR) = ? AND CAST("INSERTION_ORDER_ID" AS VARCHAR) = ? AND CAST("LINE_ITEM_ID" AS VARCHAR) IS NULL AND CAST("QUORUM_ADVERTISER_ID" AS VARCHAR) = ?;

INSERT INTO "BASE_TABLES"."CONFIG_AUDIT_LOG" ("AUDIT_ID", "AT", "ACTOR", "ROLE", "AGENCY_ID", "ADVERTISER_ID", "ACTION", "REASON", "BEFORE", "AFTER", "REQUEST_ID", "UNDOES") VALUES (?, ?);

INSERT INTO "BASE_TABLES"."PIXEL_DOMAIN_SETTING" ("AGENCY_ID", "DOMAIN", "IS_IGNORED", "UPDATED_BY", "UPDATED_AT") VALUES (?, ?);

INSERT INTO "BASE_TABLES"."PIXEL_DOMAIN_SETTING" ("AGENCY_ID", "DOMAIN", "PLATFORM_OVERRIDE", "UPDATED_BY", "UPDATED_AT") VALUES (?, ?);

INSERT INTO "BASE_TABLES"."REF_ADVERTISER_CONFIG" ("AGENCY_ID", "ADVERTISER_ID", "CREATED_AT", "CONFIG_STATUS", "EXPOSURE_SOURCE", "IMPRESSION_JOIN_STRATEGY", "MATCH_STRATEGY", "ATTRIBUTION_WINDOW_DAYS", "DELIVERY_ENABLED", "DELIVERY_DESTINATIONS", "DELIVERY_CADENCE", "DELIVERY_LOOKBACK_DAYS", "ADVERTISER_DISPLAY_NAME", "CAMPAIGN_MAPPING_COUNT", "SEGMENT_COUNT", "WEB_PIXEL_URL_COUNT", "POI_URL_COUNT", "HAS_IMPRESSION_TRACKING", "HAS_STORE_VISIT_ATTRIBUTION", "HAS_WEB_VISIT_ATTRIBUTION", "CONFIG_VERSION", "UPDATED_AT") VALUES (?, ?);

INSERT INTO "BASE_TABLES"."SEGMENT_MD5_MAPPING" ("AGENCY_ID", "ADVERTISER_ID", "SEGMENT_MD5", "SEGMENT_UNIQUE_ID") VALUES (?, ?);

INSERT INTO "BASE_TABLES"."SEGMENT_MD5_MAPPING" ("SEGMENT_MD5", "SEGMENT_UNIQUE_ID", "ADVERTISER_ID", "AGENCY_ID") VALUES (?, ?);

INSERT INTO "BASE_TABLES"."STORE_LIST_UPLOAD" ("UPLOAD_ID", "AGENCY_ID", "ADVERTISER_ID", "FILE_NAME", "STORAGE_KEY", "BYTES", "SHA256", "ROWS_TOTAL", "STATUS", "UPLOADED_BY", "UPLOADED_AT") VALUES (?, ?);

INSERT INTO "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" ("Agency_Id", "Advertiser_id", "URL", "ADVERTISER_NAME", "IS_POI", "CREATED_AT") VALUES (?, ?);

INSERT INTO "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" ("MAPPING_ID", "AGENCY_ID", "DSP_PLATFORM_TYPE", "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID", "LINE_ITEM_ID", "QUORUM_ADVERTISER_ID", "DATA_SOURCE", "ADVERTISER_NAME_FROM_DSP", "CAMPAIGN_NAME_MANUAL", "CREATED_AT", "MODIFIED_AT") VALUES (?, ?);

INSERT INTO "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" ("MAPPING_ID", "AGENCY_ID", "DSP_PLATFORM_TYPE", "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID", "LINE_ITEM_ID", "QUORUM_ADVERTISER_ID", "DATA_SOURCE", "ADVERTISER_NAME_FROM_DSP", "INSERTION_ORDER_NAME_FROM_DSP", "LINE_ITEM_NAME_FROM_DSP", "CAMPAIGN_NAME_MANUAL", "IMPRESSION_COUNT", "IMPRESSIONS_14DAY_ROLLING", "REACH_14DAY_ROLLING", "FIRST_IMPRESSION_TIMESTAMP", "LAST_IMPRESSION_TIMESTAMP", "CAMPAIGN_START_DATE", "CAMPAIGN_END_DATE", "CREATED_AT", "MODIFIED_AT") VALUES (?, ?);

SELECT "AGENCY_ID" AS "AGENCY_ID", "ADVERTISER_ID" AS "ADVERTISER_ID", "CONFIG_STATUS" AS "CONFIG_STATUS", "EXPOSURE_SOURCE" AS "EXPOSURE_SOURCE", "IMPRESSION_JOIN_STRATEGY" AS "IMPRESSION_JOIN_STRATEGY", "MATCH_STRATEGY" AS "MATCH_STRATEGY", "ATTRIBUTION_WINDOW_DAYS" AS "ATTRIBUTION_WINDOW_DAYS", "HAS_IMPRESSION_TRACKING" AS "HAS_IMPRESSION_TRACKING", "HAS_STORE_VISIT_ATTRIBUTION" AS "HAS_STORE_VISIT_ATTRIBUTION", "HAS_WEB_VISIT_ATTRIBUTION" AS "HAS_WEB_VISIT_ATTRIBUTION", "SEGMENT_COUNT" AS "SEGMENT_COUNT", "POI_URL_COUNT" AS "POI_URL_COUNT", "WEB_PIXEL_URL_COUNT" AS "WEB_PIXEL_URL_COUNT", "CAMPAIGN_MAPPING_COUNT" AS "CAMPAIGN_MAPPING_COUNT", "PLATFORM_TYPE_IDS" AS "PLATFORM_TYPE_IDS", "PLATFORM_COUNT" AS "PLATFORM_COUNT", "REPORT_TYPE_IDS" AS "REPORT_TYPE_IDS", "REPORT_TYPE_COUNT" AS "REPORT_TYPE_COUNT", "WEB_PIXEL_INTEGRATION_TYPE" AS "WEB_PIXEL_INTEGRATION_TYPE", "WEB_VISIT_SOURCE" AS "WEB_VISIT_SOURCE", "STORE_VISIT_SOURCE" AS "STORE_VISIT_SOURCE", "CLIENT_IDENTIFIER" AS "CLIENT_IDENTIFIER", "ADVERTISER_DISPLAY_NAME" AS "ADVERTISER_DISPLAY_NAME", "LAST_IMPRESSION_AT" AS "LAST_IMPRESSION_AT", "LAST_STORE_VISIT_AT" AS "LAST_STORE_VISIT_AT", "LAST_WEB_VISIT_AT" AS "LAST_WEB_VISIT_AT", "CREATED_AT" AS "CREATED_AT", "UPDATED_AT" AS "UPDATED_AT", "CONFIG_VERSION" AS "CONFIG_VERSION", "DELIVERY_ENABLED" AS "DELIVERY_ENABLED", "DELIVERY_DESTINATIONS" AS "DELIVERY_DESTINATIONS", "DELIVERY_CADENCE" AS "DELIVERY_CADENCE", "DELIVERY_LOOKBACK_DAYS" AS "DELIVERY_LOOKBACK_DAYS" FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG" WHERE CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("ADVERTISER_ID" AS VARCHAR) = ?;

SELECT "AGENCY_ID" AS "AGENCY_ID", "DOMAIN" AS "DOMAIN", "IS_IGNORED" AS "IS_IGNORED", "PLATFORM_OVERRIDE" AS "PLATFORM_OVERRIDE", "NOTE" AS "NOTE", "UPDATED_BY" AS "UPDATED_BY", "UPDATED_AT" AS "UPDATED_AT" FROM "BASE_TABLES"."PIXEL_DOMAIN_SETTING" WHERE CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("DOMAIN" AS VARCHAR) = ?;

SELECT "AUDIT_ID" AS "AUDIT_ID", "AT" AS "AT", "ACTOR" AS "ACTOR", "ROLE" AS "ROLE", "AGENCY_ID" AS "AGENCY_ID", "ADVERTISER_ID" AS "ADVERTISER_ID", "ACTION" AS "ACTION", "REASON" AS "REASON", "BEFORE" AS "BEFORE", "AFTER" AS "AFTER", "REQUEST_ID" AS "REQUEST_ID", "UNDOES" AS "UNDOES" FROM "BASE_TABLES"."CONFIG_AUDIT_LOG" WHERE CAST("AUDIT_ID" AS VARCHAR) = ?;

SELECT "Agency_Id" AS "Agency_Id", "Advertiser_id" AS "Advertiser_id", "URL" AS "URL", "ADVERTISER_NAME" AS "ADVERTISER_NAME", "IS_POI" AS "IS_POI", "CREATED_AT" AS "CREATED_AT" FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" WHERE CAST("Agency_Id" AS VARCHAR) = ? AND CAST("Advertiser_id" AS VARCHAR) = ? AND CAST("URL" AS VARCHAR) = ?;

SELECT "MAPPING_ID" AS "MAPPING_ID", "AGENCY_ID" AS "AGENCY_ID", "DSP_PLATFORM_TYPE" AS "DSP_PLATFORM_TYPE", "DSP_ADVERTISER_ID" AS "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID" AS "INSERTION_ORDER_ID", "LINE_ITEM_ID" AS "LINE_ITEM_ID", "QUORUM_ADVERTISER_ID" AS "QUORUM_ADVERTISER_ID", "DATA_SOURCE" AS "DATA_SOURCE", "ADVERTISER_NAME_FROM_DSP" AS "ADVERTISER_NAME_FROM_DSP", "INSERTION_ORDER_NAME_FROM_DSP" AS "INSERTION_ORDER_NAME_FROM_DSP", "LINE_ITEM_NAME_FROM_DSP" AS "LINE_ITEM_NAME_FROM_DSP", "CAMPAIGN_NAME_MANUAL" AS "CAMPAIGN_NAME_MANUAL", "IMPRESSION_COUNT" AS "IMPRESSION_COUNT", "IMPRESSIONS_14DAY_ROLLING" AS "IMPRESSIONS_14DAY_ROLLING", "REACH_14DAY_ROLLING" AS "REACH_14DAY_ROLLING", "FIRST_IMPRESSION_TIMESTAMP" AS "FIRST_IMPRESSION_TIMESTAMP", "LAST_IMPRESSION_TIMESTAMP" AS "LAST_IMPRESSION_TIMESTAMP", "CAMPAIGN_START_DATE" AS "CAMPAIGN_START_DATE", "CAMPAIGN_END_DATE" AS "CAMPAIGN_END_DATE", "CREATED_AT" AS "CREATED_AT", "MODIFIED_AT" AS "MODIFIED_AT" FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("DSP_PLATFORM_TYPE" AS VARCHAR) = ? AND CAST("INSERTION_ORDER_ID" AS VARCHAR) IS NULL AND CAST("LINE_ITEM_ID" AS VARCHAR) IS NULL AND CAST("QUORUM_ADVERTISER_ID" AS VARCHAR) = ? AND (COALESCE('=' || CAST("MAPPING_ID" AS VARCHAR), ''), COALESCE('=' || CAST("DSP_ADVERTISER_ID" AS VARCHAR), '')) IN (SELECT "wanted_0", "wanted_3" FROM (VALUES (?, ?)) AS wanted("wanted_0", "wanted_3"));

SELECT "MAPPING_ID" AS "MAPPING_ID", "AGENCY_ID" AS "AGENCY_ID", "DSP_PLATFORM_TYPE" AS "DSP_PLATFORM_TYPE", "DSP_ADVERTISER_ID" AS "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID" AS "INSERTION_ORDER_ID", "LINE_ITEM_ID" AS "LINE_ITEM_ID", "QUORUM_ADVERTISER_ID" AS "QUORUM_ADVERTISER_ID", "DATA_SOURCE" AS "DATA_SOURCE", "ADVERTISER_NAME_FROM_DSP" AS "ADVERTISER_NAME_FROM_DSP", "INSERTION_ORDER_NAME_FROM_DSP" AS "INSERTION_ORDER_NAME_FROM_DSP", "LINE_ITEM_NAME_FROM_DSP" AS "LINE_ITEM_NAME_FROM_DSP", "CAMPAIGN_NAME_MANUAL" AS "CAMPAIGN_NAME_MANUAL", "IMPRESSION_COUNT" AS "IMPRESSION_COUNT", "IMPRESSIONS_14DAY_ROLLING" AS "IMPRESSIONS_14DAY_ROLLING", "REACH_14DAY_ROLLING" AS "REACH_14DAY_ROLLING", "FIRST_IMPRESSION_TIMESTAMP" AS "FIRST_IMPRESSION_TIMESTAMP", "LAST_IMPRESSION_TIMESTAMP" AS "LAST_IMPRESSION_TIMESTAMP", "CAMPAIGN_START_DATE" AS "CAMPAIGN_START_DATE", "CAMPAIGN_END_DATE" AS "CAMPAIGN_END_DATE", "CREATED_AT" AS "CREATED_AT", "MODIFIED_AT" AS "MODIFIED_AT" FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE CAST("MAPPING_ID" AS VARCHAR) = ? AND CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("DSP_PLATFORM_TYPE" AS VARCHAR) = ? AND CAST("DSP_ADVERTISER_ID" AS VARCHAR) = ? AND CAST("INSERTION_ORDER_ID" AS VARCHAR) = ? AND CAST("LINE_ITEM_ID" AS VARCHAR) IS NULL AND CAST("QUORUM_ADVERTISER_ID" AS VARCHAR) = ?;

SELECT "MAPPING_ID" AS "MAPPING_ID", "AGENCY_ID" AS "AGENCY_ID", "DSP_PLATFORM_TYPE" AS "DSP_PLATFORM_TYPE", "DSP_ADVERTISER_ID" AS "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID" AS "INSERTION_ORDER_ID", "LINE_ITEM_ID" AS "LINE_ITEM_ID", "QUORUM_ADVERTISER_ID" AS "QUORUM_ADVERTISER_ID", "DATA_SOURCE" AS "DATA_SOURCE", "ADVERTISER_NAME_FROM_DSP" AS "ADVERTISER_NAME_FROM_DSP", "INSERTION_ORDER_NAME_FROM_DSP" AS "INSERTION_ORDER_NAME_FROM_DSP", "LINE_ITEM_NAME_FROM_DSP" AS "LINE_ITEM_NAME_FROM_DSP", "CAMPAIGN_NAME_MANUAL" AS "CAMPAIGN_NAME_MANUAL", "IMPRESSION_COUNT" AS "IMPRESSION_COUNT", "IMPRESSIONS_14DAY_ROLLING" AS "IMPRESSIONS_14DAY_ROLLING", "REACH_14DAY_ROLLING" AS "REACH_14DAY_ROLLING", "FIRST_IMPRESSION_TIMESTAMP" AS "FIRST_IMPRESSION_TIMESTAMP", "LAST_IMPRESSION_TIMESTAMP" AS "LAST_IMPRESSION_TIMESTAMP", "CAMPAIGN_START_DATE" AS "CAMPAIGN_START_DATE", "CAMPAIGN_END_DATE" AS "CAMPAIGN_END_DATE", "CREATED_AT" AS "CREATED_AT", "MODIFIED_AT" AS "MODIFIED_AT" FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE CAST("MAPPING_ID" AS VARCHAR) = ? AND CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("DSP_PLATFORM_TYPE" AS VARCHAR) = ? AND CAST("DSP_ADVERTISER_ID" AS VARCHAR) = ? AND CAST("INSERTION_ORDER_ID" AS VARCHAR) IS NULL AND CAST("LINE_ITEM_ID" AS VARCHAR) IS NULL AND CAST("QUORUM_ADVERTISER_ID" AS VARCHAR) = ?;

SELECT "SEGMENT_MD5" AS "SEGMENT_MD5", "SEGMENT_UNIQUE_ID" AS "SEGMENT_UNIQUE_ID", "ADVERTISER_ID" AS "ADVERTISER_ID", "AGENCY_ID" AS "AGENCY_ID" FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("ADVERTISER_ID" AS VARCHAR) = ? AND CAST("SEGMENT_MD5" AS VARCHAR) = ?;

SELECT "UPLOAD_ID" AS "UPLOAD_ID", "AGENCY_ID" AS "AGENCY_ID", "ADVERTISER_ID" AS "ADVERTISER_ID", "FILE_NAME" AS "FILE_NAME", "STORAGE_KEY" AS "STORAGE_KEY", "BYTES" AS "BYTES", "SHA256" AS "SHA256", "ROWS_TOTAL" AS "ROWS_TOTAL", "STATUS" AS "STATUS", "ERROR" AS "ERROR", "UPLOADED_BY" AS "UPLOADED_BY", "UPLOADED_AT" AS "UPLOADED_AT" FROM "BASE_TABLES"."STORE_LIST_UPLOAD" WHERE CAST("UPLOAD_ID" AS VARCHAR) = ?;

UPDATE "BASE_TABLES"."PIXEL_DOMAIN_SETTING" SET "IS_IGNORED" = ?, "UPDATED_BY" = ?, "UPDATED_AT" = ? WHERE CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("DOMAIN" AS VARCHAR) = ?;

UPDATE "BASE_TABLES"."REF_ADVERTISER_CONFIG" SET "ATTRIBUTION_WINDOW_DAYS" = ?, "REPORT_TYPE_IDS" = ?, "PLATFORM_TYPE_IDS" = ?, "PLATFORM_COUNT" = ?, "REPORT_TYPE_COUNT" = ?, "CAMPAIGN_MAPPING_COUNT" = ?, "SEGMENT_COUNT" = ?, "WEB_PIXEL_URL_COUNT" = ?, "POI_URL_COUNT" = ?, "HAS_IMPRESSION_TRACKING" = ?, "HAS_STORE_VISIT_ATTRIBUTION" = ?, "HAS_WEB_VISIT_ATTRIBUTION" = ?, "CONFIG_VERSION" = ?, "UPDATED_AT" = ? WHERE CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("ADVERTISER_ID" AS VARCHAR) = ?;

UPDATE "BASE_TABLES"."REF_ADVERTISER_CONFIG" SET "CAMPAIGN_MAPPING_COUNT" = ?, "SEGMENT_COUNT" = ?, "WEB_PIXEL_URL_COUNT" = ?, "POI_URL_COUNT" = ?, "HAS_IMPRESSION_TRACKING" = ?, "HAS_STORE_VISIT_ATTRIBUTION" = ?, "HAS_WEB_VISIT_ATTRIBUTION" = ?, "CONFIG_VERSION" = ?, "UPDATED_AT" = ? WHERE CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("ADVERTISER_ID" AS VARCHAR) = ?;

UPDATE "BASE_TABLES"."REF_ADVERTISER_CONFIG" SET "WEB_PIXEL_INTEGRATION_TYPE" = ?, "CAMPAIGN_MAPPING_COUNT" = ?, "SEGMENT_COUNT" = ?, "WEB_PIXEL_URL_COUNT" = ?, "POI_URL_COUNT" = ?, "HAS_IMPRESSION_TRACKING" = ?, "HAS_STORE_VISIT_ATTRIBUTION" = ?, "HAS_WEB_VISIT_ATTRIBUTION" = ?, "CONFIG_VERSION" = ?, "UPDATED_AT" = ? WHERE CAST("AGENCY_ID" AS VARCHAR) = ? AND CAST("ADVERTISER_ID" AS VARCHAR) = ?;

UPDATE "BASE_TABLES"."STORE_LIST_UPLOAD" SET "STATUS" = ?, "ERROR" = ? WHERE CAST("UPLOAD_ID" AS VARCHAR) = ?;

-- admin/store-lists/list-store-lists.ts

SELECT "UPLOAD_ID" AS id, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser,
"FILE_NAME" AS name, "STORAGE_KEY" AS storage_key, "BYTES" AS size, "SHA256" AS sha, "ROWS_TOTAL" AS row_count,
upper(trim("STATUS")) AS status, "ERROR" AS error, "UPLOADED_BY" AS uploaded_by, "UPLOADED_AT" AS uploaded_at
FROM "BASE_TABLES"."STORE_LIST_UPLOAD" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND upper(trim("STATUS")) = ? ORDER BY "UPLOAD_ID" DESC LIMIT 50 OFFSET 0;

SELECT "UPLOAD_ID" AS id, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser,
"FILE_NAME" AS name, "STORAGE_KEY" AS storage_key, "BYTES" AS size, "SHA256" AS sha, "ROWS_TOTAL" AS row_count,
upper(trim("STATUS")) AS status, "ERROR" AS error, "UPLOADED_BY" AS uploaded_by, "UPLOADED_AT" AS uploaded_at
FROM "BASE_TABLES"."STORE_LIST_UPLOAD" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) ORDER BY "UPLOAD_ID" DESC LIMIT 50 OFFSET 0;

SELECT "UPLOAD_ID" AS id, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser,
"FILE_NAME" AS name, "STORAGE_KEY" AS storage_key, "BYTES" AS size, "SHA256" AS sha, "ROWS_TOTAL" AS row_count,
upper(trim("STATUS")) AS status, "ERROR" AS error, "UPLOADED_BY" AS uploaded_by, "UPLOADED_AT" AS uploaded_at
FROM "BASE_TABLES"."STORE_LIST_UPLOAD" WHERE TRUE ORDER BY "UPLOAD_ID" DESC LIMIT 50 OFFSET 0;

SELECT count(*) AS found FROM "BASE_TABLES"."STORE_LIST_UPLOAD" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?);

SELECT count(*) AS found FROM "BASE_TABLES"."STORE_LIST_UPLOAD" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND (CAST("ADVERTISER_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND upper(trim("STATUS")) = ?;

SELECT count(*) AS found FROM "BASE_TABLES"."STORE_LIST_UPLOAD" WHERE TRUE;

-- admin/store-lists/store-list.ts

SELECT "UPLOAD_ID" AS id, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser,
"FILE_NAME" AS name, "STORAGE_KEY" AS storage_key, "BYTES" AS size, "SHA256" AS sha, "ROWS_TOTAL" AS row_count,
upper(trim("STATUS")) AS status, "ERROR" AS error, "UPLOADED_BY" AS uploaded_by, "UPLOADED_AT" AS uploaded_at
FROM "BASE_TABLES"."STORE_LIST_UPLOAD" WHERE (CAST("AGENCY_ID" AS VARCHAR) LIKE ? AND regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') = ?) AND "UPLOAD_ID" = ?;

-- admin/store-lists/waiting-store-lists.ts

SELECT "UPLOAD_ID" AS id, regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS agency, regexp_replace(regexp_replace(CAST("ADVERTISER_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g') AS advertiser,
"FILE_NAME" AS name, "STORAGE_KEY" AS storage_key, "BYTES" AS size, "SHA256" AS sha, "ROWS_TOTAL" AS row_count,
upper(trim("STATUS")) AS status, "ERROR" AS error, "UPLOADED_BY" AS uploaded_by, "UPLOADED_AT" AS uploaded_at
FROM "BASE_TABLES"."STORE_LIST_UPLOAD" WHERE upper(trim("STATUS")) = 'RECEIVED' ORDER BY "UPLOAD_ID" LIMIT 1000;
