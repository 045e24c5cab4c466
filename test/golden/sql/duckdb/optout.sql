-- A question mark is a bound value.

-- optout/drop-answers.ts

SELECT COUNT(*) AS request_count, SUM(CASE WHEN status <> ? THEN 1 ELSE 0 END) AS matched_count FROM (SELECT r.id, CASE WHEN h.hash IS NULL THEN ? ELSE ? END AS status
FROM "aq_drop_1" r LEFT JOIN "aq_drop_held_1" h ON h.list = r.list AND h.hash = r.hash WHERE r.list = ?);

SELECT r.id, CASE WHEN h.hash IS NULL THEN ? ELSE ? END AS status
FROM "aq_drop_1" r LEFT JOIN "aq_drop_held_1" h ON h.list = r.list AND h.hash = r.hash WHERE r.list = ? ORDER BY r.id;

-- optout/drop-entries.ts

DELETE FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(CAST("SOURCE" AS VARCHAR), '') || ' ' || COALESCE(CAST("IDENTIFIER_VALUE" AS VARCHAR), '') IN (SELECT ? || list || ' ' || hash FROM "aq_drop_1");

INSERT INTO "BASE_TABLES"."SUPPRESSION" ("IDENTIFIER_TYPE", "IDENTIFIER_VALUE", "AGENCY_ID", "REASON", "SINCE", "SOURCE")
SELECT ?, r.hash, ?, ?, ?, ? FROM (SELECT DISTINCT hash FROM "aq_drop_1" WHERE list = ?) r
WHERE ? || r.hash NOT IN (SELECT COALESCE(CAST("SOURCE" AS VARCHAR), '') || ' ' || COALESCE(CAST("IDENTIFIER_VALUE" AS VARCHAR), '') FROM "BASE_TABLES"."SUPPRESSION");

SELECT COUNT(*) AS row_count FROM (SELECT 1 AS one FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(CAST("SOURCE" AS VARCHAR), '') || ' ' || COALESCE(CAST("IDENTIFIER_VALUE" AS VARCHAR), '') IN (SELECT ? || list || ' ' || hash FROM "aq_drop_1"));

SELECT COUNT(*) AS row_count FROM (SELECT 1 AS one FROM (SELECT DISTINCT hash FROM "aq_drop_1" WHERE list = ?) r
WHERE ? || r.hash NOT IN (SELECT COALESCE(CAST("SOURCE" AS VARCHAR), '') || ' ' || COALESCE(CAST("IDENTIFIER_VALUE" AS VARCHAR), '') FROM "BASE_TABLES"."SUPPRESSION"));

-- optout/drop-matches.ts

CREATE TEMPORARY TABLE "aq_drop_1" AS SELECT CAST('' AS VARCHAR) AS list, CAST('' AS VARCHAR) AS id, CAST('' AS VARCHAR) AS hash LIMIT 0;

CREATE TEMPORARY TABLE "aq_drop_held_1" AS WITH held AS (SELECT DISTINCT raw FROM (SELECT CAST(NULL AS VARCHAR) AS raw UNION ALL SELECT CAST("DEVICE_ID_RAW" AS VARCHAR) AS raw FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" UNION ALL SELECT CAST("MAID" AS VARCHAR) AS raw FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" UNION ALL SELECT CAST("MAID" AS VARCHAR) AS raw FROM "BASE_TABLES"."STORE_VISITS" UNION ALL SELECT CAST("DEVICE_ID" AS VARCHAR) AS raw FROM "BASE_TABLES"."SEGMENT_DEVICES_CAPTURED" UNION ALL SELECT CAST("MAID" AS VARCHAR) AS raw FROM "DERIVED_TABLES"."WEB_TO_STORE_VISIT_ATTRIBUTION" UNION ALL SELECT CAST("MAID" AS VARCHAR) AS raw FROM "HOUSEHOLD_CORE"."MAID_HOUSEHOLD_LOOKUP" UNION ALL SELECT CAST("IDENTIFIER_VALUE" AS VARCHAR) AS raw FROM "SEGMENT_DATA"."DELIVERED_MEMBERS") WHERE raw IS NOT NULL)
SELECT DISTINCT r.list, r.hash FROM "aq_drop_1" r
JOIN (SELECT ? AS held_list, sha256(kept) AS held_hash
FROM (SELECT regexp_replace(lower(raw), '[^0-9a-f]+', '', 'g') AS kept FROM held)
WHERE length(kept) BETWEEN ? AND ? UNION ALL SELECT ? AS held_list, sha256(kept) AS held_hash
FROM (SELECT regexp_replace(lower(raw), '[^0-9a-z]+', '', 'g') AS kept FROM held)
WHERE length(kept) BETWEEN ? AND ?) h ON h.held_list = r.list AND h.held_hash = lower(hex(TRY(from_base64(r.hash))));

INSERT INTO "aq_drop_1" VALUES (?, ?);

-- optout/entries.ts

DELETE FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(NULLIF(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), ''), '*') = ?
AND upper(trim(CAST("IDENTIFIER_TYPE" AS VARCHAR))) = ? AND (trim(CAST("IDENTIFIER_VALUE" AS VARCHAR)) = ? OR CASE WHEN regexp_full_match(CAST("IDENTIFIER_VALUE" AS VARCHAR), '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}') AND NOT regexp_full_match(CAST("IDENTIFIER_VALUE" AS VARCHAR), '[-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*') THEN lower(CASE WHEN regexp_full_match(CAST("IDENTIFIER_VALUE" AS VARCHAR), '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}') THEN CAST("IDENTIFIER_VALUE" AS VARCHAR)
WHEN regexp_full_match(CAST("IDENTIFIER_VALUE" AS VARCHAR), '[0-9a-fA-F]{32}') THEN concat(substr(CAST("IDENTIFIER_VALUE" AS VARCHAR), 1, 8), '-', substr(CAST("IDENTIFIER_VALUE" AS VARCHAR), 9, 4), '-', substr(CAST("IDENTIFIER_VALUE" AS VARCHAR), 13, 4), '-', substr(CAST("IDENTIFIER_VALUE" AS VARCHAR), 17, 4), '-', substr(CAST("IDENTIFIER_VALUE" AS VARCHAR), 21, 12))
ELSE regexp_replace(regexp_replace(CAST("IDENTIFIER_VALUE" AS VARCHAR), '[-{}	- ]+', '', 'g'), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\1-\2-\3-\4-\5', 'g') END) END = ?);

INSERT INTO "BASE_TABLES"."SUPPRESSION" ("IDENTIFIER_TYPE", "IDENTIFIER_VALUE", "AGENCY_ID", "REASON", "SINCE", "SOURCE") VALUES (?, ?);

SELECT 1 AS one FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(NULLIF(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), ''), '*') = ?
AND upper(trim(CAST("IDENTIFIER_TYPE" AS VARCHAR))) = ? AND (trim(CAST("IDENTIFIER_VALUE" AS VARCHAR)) = ? OR CASE WHEN regexp_full_match(CAST("IDENTIFIER_VALUE" AS VARCHAR), '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}') AND NOT regexp_full_match(CAST("IDENTIFIER_VALUE" AS VARCHAR), '[-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*') THEN lower(CASE WHEN regexp_full_match(CAST("IDENTIFIER_VALUE" AS VARCHAR), '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}') THEN CAST("IDENTIFIER_VALUE" AS VARCHAR)
WHEN regexp_full_match(CAST("IDENTIFIER_VALUE" AS VARCHAR), '[0-9a-fA-F]{32}') THEN concat(substr(CAST("IDENTIFIER_VALUE" AS VARCHAR), 1, 8), '-', substr(CAST("IDENTIFIER_VALUE" AS VARCHAR), 9, 4), '-', substr(CAST("IDENTIFIER_VALUE" AS VARCHAR), 13, 4), '-', substr(CAST("IDENTIFIER_VALUE" AS VARCHAR), 17, 4), '-', substr(CAST("IDENTIFIER_VALUE" AS VARCHAR), 21, 12))
ELSE regexp_replace(regexp_replace(CAST("IDENTIFIER_VALUE" AS VARCHAR), '[-{}	- ]+', '', 'g'), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\1-\2-\3-\4-\5', 'g') END) END = ?) LIMIT 1;

SELECT 1 AS one FROM "BASE_TABLES"."SUPPRESSION" WHERE COALESCE(NULLIF(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), ''), '*') = ?
AND upper(trim(CAST("IDENTIFIER_TYPE" AS VARCHAR))) = ? AND (trim(CAST("IDENTIFIER_VALUE" AS VARCHAR)) = ?) LIMIT 1;

SELECT agency, type, COUNT(*) AS entry_count
FROM (SELECT COALESCE(NULLIF(regexp_replace(regexp_replace(CAST("AGENCY_ID" AS VARCHAR), '^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$', '', 'g'), '^([0-9]+)\.0+$', '\1', 'g'), ''), '*') AS agency, COALESCE(upper(trim(CAST("IDENTIFIER_TYPE" AS VARCHAR))), '') AS type FROM "BASE_TABLES"."SUPPRESSION")
GROUP BY agency, type ORDER BY agency, type;
