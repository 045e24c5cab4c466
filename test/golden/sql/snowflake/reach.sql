-- A question mark is a bound value.

-- reach/consent-rows.ts

CREATE TEMPORARY TABLE "aq_consented_1" AS SELECT CAST('' AS VARCHAR) AS gpp, CAST(0 AS INTEGER) AS said LIMIT 0;

INSERT INTO "aq_consented_1" VALUES (?, 0);

SELECT DISTINCT CAST(e."GPP" AS VARCHAR) AS gpp FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_hosts_1" h ON h.authority = COALESCE(REGEXP_SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ 	]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\\\ 	]*)', 1, 1, 'e', 2), SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), 1, 0))
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(e."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ? AND h.advertiser = ?
AND (e."EVENT_TIMESTAMP" IS NULL OR e."EVENT_TIMESTAMP" >= ?) AND CAST(e."GPP" AS VARCHAR) IS NOT NULL;

SELECT DISTINCT CAST(e."GPP" AS VARCHAR) AS gpp FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_hosts_1" h ON h.authority = COALESCE(REGEXP_SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ 	]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\\\ 	]*)', 1, 1, 'e', 2), SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), 1, 0))
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(e."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ? AND h.advertiser = ? AND lower(TRIM(CAST(e."EVENT_TYPE" AS VARCHAR))) IN (?, ?)
AND (e."EVENT_TIMESTAMP" IS NULL OR e."EVENT_TIMESTAMP" >= ?) AND CAST(e."GPP" AS VARCHAR) IS NOT NULL;

SELECT DISTINCT CAST(l."GPP" AS VARCHAR) AS gpp FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li
WHERE o.advertiser = ? AND o.owners = 1
AND (l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" >= ?) AND CAST(l."GPP" AS VARCHAR) IS NOT NULL;

SELECT DISTINCT CAST(l."GPP" AS VARCHAR) AS gpp FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li
WHERE o.advertiser = ? AND o.owners = 1
AND TRUE AND CAST(l."GPP" AS VARCHAR) IS NOT NULL;

SELECT DISTINCT CAST(l."GPP" AS VARCHAR) AS gpp FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE ((l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" < TIMESTAMP '0001-01-02 00:00:00' OR l."AUCTION_TIMESTAMP" >= TIMESTAMP '9999-12-31 00:00:00') AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) AND CAST(l."GPP" AS VARCHAR) IS NOT NULL;

SELECT DISTINCT CAST(l."GPP" AS VARCHAR) AS gpp FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_touched_1")) AND CAST(l."GPP" AS VARCHAR) IS NOT NULL;

SELECT DISTINCT CAST(l."GPP" AS VARCHAR) AS gpp FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) AND CAST(l."GPP" AS VARCHAR) IS NOT NULL;

SELECT DISTINCT CAST(l."GPP" AS VARCHAR) AS gpp FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) AND CAST(l."GPP" AS VARCHAR) IS NOT NULL;

SELECT DISTINCT CAST(l."GPP" AS VARCHAR) AS gpp FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li AND l."ADVERTISER_ID" IS NOT DISTINCT FROM o.own
WHERE o.advertiser = ? AND o.owners = 1
AND (l."IMPRESSION_TIMESTAMP" IS NULL OR l."IMPRESSION_TIMESTAMP" >= ?) AND CAST(l."GPP" AS VARCHAR) IS NOT NULL;

-- reach/day-ledger.ts

DELETE FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ? AND DAY = DATE '0001-01-01';

DELETE FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ? AND DAY BETWEEN DATE '2026-01-01' AND DATE '2026-01-01';

DELETE FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ? AND DAY BETWEEN DATE '2026-01-01' AND DATE '2026-01-01' AND (AGENCY_ID, DAY) IN (SELECT agency, day FROM "aq_touched_1");

DELETE FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ? AND DAY BETWEEN DATE '2286-11-20' AND DATE '2286-11-20';

DELETE FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ? AND TRUE;

DELETE FROM "AQUARIUS"."REACH_STATE" WHERE "PRODUCT" = ? AND "SOURCE" = ?;

INSERT INTO "AQUARIUS"."REACH_DAYS" (PRODUCT, SOURCE, AGENCY_ID, DAY, SOURCE_ROWS, SOURCE_WATERMARK, SOURCE_MARK, KEPT, BUILT_AT)
SELECT ?, ?, agency, day, row_count, newest, mark, ?, ? FROM "aq_noted_days_1";

INSERT INTO "AQUARIUS"."REACH_STATE" (PRODUCT, SOURCE, SHAPE, SOURCE_ROWS, WATERMARK, HORIZON, CHECKED_AT, GENERATION, VERSION)
VALUES (?, ?);

SELECT * FROM "AQUARIUS"."REACH_STATE" WHERE "PRODUCT" = ? AND "SOURCE" = ?;

SELECT COUNT(*) AS days FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ? AND DAY = DATE '0001-01-01';

SELECT COUNT(*) AS days FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ? AND DAY BETWEEN DATE '2026-01-01' AND DATE '2026-01-01';

SELECT COUNT(*) AS days FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ? AND DAY BETWEEN DATE '2026-01-01' AND DATE '2026-01-01' AND (AGENCY_ID, DAY) IN (SELECT agency, day FROM "aq_touched_1");

SELECT COUNT(*) AS days FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ? AND DAY BETWEEN DATE '2286-11-20' AND DATE '2286-11-20';

UPDATE "AQUARIUS"."REACH_DAYS" SET KEPT = FALSE WHERE "PRODUCT" = ? AND "SOURCE" = ? AND KEPT AND DAY < ? AND DAY > DATE '0001-01-01';

UPDATE "AQUARIUS"."REACH_STATE" SET CHECKED_AT = ?, VERSION = ? WHERE "PRODUCT" = ? AND "SOURCE" = ? AND VERSION = ?;

UPDATE "AQUARIUS"."REACH_STATE" SET SOURCE_ROWS = ?, WATERMARK = ?, HORIZON = ? WHERE "PRODUCT" = ? AND "SOURCE" = ?;

-- reach/exposures-product.ts

DELETE FROM "AQUARIUS"."REACH_EXPOSURES" WHERE KEY_NO IN (SELECT KEY_NO FROM "AQUARIUS"."REACH_KEYS" WHERE SOURCE = ?);

DELETE FROM "AQUARIUS"."REACH_EXPOSURES" WHERE SEEN_AT < ? AND SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND KEY_NO IN (SELECT KEY_NO FROM "AQUARIUS"."REACH_KEYS" WHERE SOURCE = ?);

DELETE FROM "AQUARIUS"."REACH_EXPOSURES" WHERE SEEN_AT >= DATE '2026-01-01' AND SEEN_AT < DATE '2026-01-01' + INTERVAL '1 day' AND (KEY_NO, CASE WHEN SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) IN (
SELECT k.KEY_NO, t.day FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY WHERE k.SOURCE = ?);

DELETE FROM "AQUARIUS"."REACH_KEYS" WHERE SOURCE = ? OR SOURCE = ?;

INSERT INTO "AQUARIUS"."REACH_EXPOSURES" ("KEY_NO", "SEEN_AT", "DEVICE", "DEVICE_MISFIT", "DEVICE_REASON", "IP", "IP_REASON", "RAMPID", "RAMPID_REASON", "UID2", "UID2_REASON", "UUID2", "UUID2_REASON", "DEVICE_TYPE", "CONSENT") SELECT key_no, seen_at, value_maid, CASE WHEN value_maid IS NULL THEN CASE WHEN (raw_maid IS NULL OR REGEXP_LIKE(raw_maid, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_maid, '
')) END END, CASE WHEN value_maid IS NOT NULL THEN NULL WHEN (raw_maid IS NULL OR REGEXP_LIKE(raw_maid, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE CASE WHEN lower(substr(trim(raw_maid, '
'), 1, 4)) = 'sys-' THEN 2 WHEN REGEXP_LIKE(raw_maid, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 3 ELSE 4 END END, COALESCE(value_ip, CASE WHEN value_ip IS NULL THEN CASE WHEN (raw_ip IS NULL OR REGEXP_LIKE(raw_ip, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_ip, '
')) END END), CASE WHEN value_ip IS NOT NULL THEN NULL WHEN (raw_ip IS NULL OR REGEXP_LIKE(raw_ip, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE CASE WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 5 ELSE 4 END END, NULL, NULL, CASE WHEN raw_uid2 IS NOT NULL THEN COALESCE(value_uid2, CASE WHEN value_uid2 IS NULL THEN CASE WHEN (raw_uid2 IS NULL OR REGEXP_LIKE(raw_uid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(raw_uid2, '
') END END) END, CASE WHEN raw_uid2 IS NOT NULL THEN CASE WHEN value_uid2 IS NOT NULL THEN NULL WHEN (raw_uid2 IS NULL OR REGEXP_LIKE(raw_uid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE 4 END END, CASE WHEN raw_uuid2 IS NOT NULL THEN COALESCE(value_uuid2, CASE WHEN value_uuid2 IS NULL THEN CASE WHEN (raw_uuid2 IS NULL OR REGEXP_LIKE(raw_uuid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_uuid2, '
')) END END) END, CASE WHEN raw_uuid2 IS NOT NULL THEN CASE WHEN value_uuid2 IS NOT NULL THEN NULL WHEN (raw_uuid2 IS NULL OR REGEXP_LIKE(raw_uuid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE 4 END END, device_type, consent FROM (SELECT *, CASE WHEN read_device IS NOT NULL AND read_device NOT IN ('00000000-0000-0000-0000-000000000000', '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', '33333333-3333-3333-3333-333333333333', '44444444-4444-4444-4444-444444444444', '55555555-5555-5555-5555-555555555555', '66666666-6666-6666-6666-666666666666', '77777777-7777-7777-7777-777777777777', '88888888-8888-8888-8888-888888888888', '99999999-9999-9999-9999-999999999999', 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa', 'bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb', 'cccccccc-cccc-cccc-cccc-cccccccccccc', 'dddddddd-dddd-dddd-dddd-dddddddddddd', 'eeeeeeee-eeee-eeee-eeee-eeeeeeeeeeee', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'd41d8cd9-8f00-b204-e980-0998ecf8427e', '9f89c84a-559f-5736-36a4-7ff8daed0d33', 'cd9e459e-a708-a948-d5c2-f5a6ca8838cf') AND read_device NOT BETWEEN '12345678-1234-1234-1234-000000000000' AND '12345678-1234-1234-1234-ffffffffffff' THEN read_device WHEN raw_maid IS NOT NULL THEN CASE WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw_maid, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw_maid
WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw_maid, 1, 8), '-', substr(raw_maid, 9, 4), '-', substr(raw_maid, 13, 4), '-', substr(raw_maid, 17, 4), '-', substr(raw_maid, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw_maid, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END END AS value_maid, CASE
WHEN REGEXP_LIKE(raw_ip, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw_ip
WHEN REGEXP_LIKE(raw_ip, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw_ip, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw_ip END
WHEN REGEXP_LIKE(raw_ip, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw_ip, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw_ip, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw_ip, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw_ip, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw_ip, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw_ip
WHEN REGEXP_LIKE(raw_ip, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw_ip) || CASE WHEN right(raw_ip, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw_ip) - length(replace(raw_ip, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw_ip, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw_ip, '
') END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw_ip, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw_ip, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw_ip, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw_ip, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw_ip, '
')
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw_ip, '
')) || CASE WHEN right(trim(raw_ip, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw_ip, '
')) - length(replace(trim(raw_ip, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw_ip, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_ip, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw_ip, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_ip, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS value_ip, CASE WHEN REGEXP_LIKE(trim(raw_uid2, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw_uid2, '
') END AS value_uid2, CASE WHEN REGEXP_LIKE(raw_uuid2, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw_uuid2, '
'), '0')) < 20 OR ltrim(trim(raw_uuid2, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw_uuid2, '
'), '0') END AS value_uuid2 FROM (SELECT k."KEY_NO" AS key_no, COALESCE(l."AUCTION_TIMESTAMP", TIMESTAMP '9999-12-31 00:00:00') AS seen_at, CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) = 'IDFA' THEN 1 WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) = 'GAID' THEN 2 WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 1 WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 2 END AS device_type, greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) AS consent, CASE WHEN REGEXP_LIKE(CAST(l."DEVICE_ID_RAW" AS VARCHAR), '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN LOWER(CAST(l."DEVICE_ID_RAW" AS VARCHAR)) END AS read_device, CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw_maid, CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw_ip, CAST(l."UID2" AS VARCHAR) AS raw_uid2, CAST(l."UUID2" AS VARCHAR) AS raw_uuid2 FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) k ON CAST(l."AGENCY_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_AGENCY" AND CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_PLATFORM" AND CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_DSP" AND CAST(l."INSERTION_ORDER_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_IO" AND CAST(l."LINE_ITEM_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_LI" AND CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) IS NOT DISTINCT FROM k."INSERTION_ORDER_NAME" LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR) WHERE ((l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" < TIMESTAMP '0001-01-02 00:00:00' OR l."AUCTION_TIMESTAMP" >= TIMESTAMP '9999-12-31 00:00:00') AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE)) found) parsed ORDER BY key_no;

INSERT INTO "AQUARIUS"."REACH_EXPOSURES" ("KEY_NO", "SEEN_AT", "DEVICE", "DEVICE_MISFIT", "DEVICE_REASON", "IP", "IP_REASON", "RAMPID", "RAMPID_REASON", "UID2", "UID2_REASON", "UUID2", "UUID2_REASON", "DEVICE_TYPE", "CONSENT") SELECT key_no, seen_at, value_maid, CASE WHEN value_maid IS NULL THEN CASE WHEN (raw_maid IS NULL OR REGEXP_LIKE(raw_maid, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_maid, '
')) END END, CASE WHEN value_maid IS NOT NULL THEN NULL WHEN (raw_maid IS NULL OR REGEXP_LIKE(raw_maid, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE CASE WHEN lower(substr(trim(raw_maid, '
'), 1, 4)) = 'sys-' THEN 2 WHEN REGEXP_LIKE(raw_maid, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 3 ELSE 4 END END, COALESCE(value_ip, CASE WHEN value_ip IS NULL THEN CASE WHEN (raw_ip IS NULL OR REGEXP_LIKE(raw_ip, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_ip, '
')) END END), CASE WHEN value_ip IS NOT NULL THEN NULL WHEN (raw_ip IS NULL OR REGEXP_LIKE(raw_ip, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE CASE WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 5 ELSE 4 END END, NULL, NULL, CASE WHEN raw_uid2 IS NOT NULL THEN COALESCE(value_uid2, CASE WHEN value_uid2 IS NULL THEN CASE WHEN (raw_uid2 IS NULL OR REGEXP_LIKE(raw_uid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(raw_uid2, '
') END END) END, CASE WHEN raw_uid2 IS NOT NULL THEN CASE WHEN value_uid2 IS NOT NULL THEN NULL WHEN (raw_uid2 IS NULL OR REGEXP_LIKE(raw_uid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE 4 END END, CASE WHEN raw_uuid2 IS NOT NULL THEN COALESCE(value_uuid2, CASE WHEN value_uuid2 IS NULL THEN CASE WHEN (raw_uuid2 IS NULL OR REGEXP_LIKE(raw_uuid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_uuid2, '
')) END END) END, CASE WHEN raw_uuid2 IS NOT NULL THEN CASE WHEN value_uuid2 IS NOT NULL THEN NULL WHEN (raw_uuid2 IS NULL OR REGEXP_LIKE(raw_uuid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE 4 END END, device_type, consent FROM (SELECT *, CASE WHEN read_device IS NOT NULL AND read_device NOT IN ('00000000-0000-0000-0000-000000000000', '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', '33333333-3333-3333-3333-333333333333', '44444444-4444-4444-4444-444444444444', '55555555-5555-5555-5555-555555555555', '66666666-6666-6666-6666-666666666666', '77777777-7777-7777-7777-777777777777', '88888888-8888-8888-8888-888888888888', '99999999-9999-9999-9999-999999999999', 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa', 'bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb', 'cccccccc-cccc-cccc-cccc-cccccccccccc', 'dddddddd-dddd-dddd-dddd-dddddddddddd', 'eeeeeeee-eeee-eeee-eeee-eeeeeeeeeeee', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'd41d8cd9-8f00-b204-e980-0998ecf8427e', '9f89c84a-559f-5736-36a4-7ff8daed0d33', 'cd9e459e-a708-a948-d5c2-f5a6ca8838cf') AND read_device NOT BETWEEN '12345678-1234-1234-1234-000000000000' AND '12345678-1234-1234-1234-ffffffffffff' THEN read_device WHEN raw_maid IS NOT NULL THEN CASE WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw_maid, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw_maid
WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw_maid, 1, 8), '-', substr(raw_maid, 9, 4), '-', substr(raw_maid, 13, 4), '-', substr(raw_maid, 17, 4), '-', substr(raw_maid, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw_maid, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END END AS value_maid, CASE
WHEN REGEXP_LIKE(raw_ip, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw_ip
WHEN REGEXP_LIKE(raw_ip, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw_ip, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw_ip END
WHEN REGEXP_LIKE(raw_ip, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw_ip, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw_ip, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw_ip, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw_ip, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw_ip, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw_ip
WHEN REGEXP_LIKE(raw_ip, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw_ip) || CASE WHEN right(raw_ip, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw_ip) - length(replace(raw_ip, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw_ip, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw_ip, '
') END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw_ip, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw_ip, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw_ip, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw_ip, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw_ip, '
')
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw_ip, '
')) || CASE WHEN right(trim(raw_ip, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw_ip, '
')) - length(replace(trim(raw_ip, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw_ip, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_ip, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw_ip, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_ip, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS value_ip, CASE WHEN REGEXP_LIKE(trim(raw_uid2, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw_uid2, '
') END AS value_uid2, CASE WHEN REGEXP_LIKE(raw_uuid2, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw_uuid2, '
'), '0')) < 20 OR ltrim(trim(raw_uuid2, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw_uuid2, '
'), '0') END AS value_uuid2 FROM (SELECT k."KEY_NO" AS key_no, COALESCE(l."AUCTION_TIMESTAMP", TIMESTAMP '9999-12-31 00:00:00') AS seen_at, CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) = 'IDFA' THEN 1 WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) = 'GAID' THEN 2 WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 1 WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 2 END AS device_type, greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) AS consent, CASE WHEN REGEXP_LIKE(CAST(l."DEVICE_ID_RAW" AS VARCHAR), '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN LOWER(CAST(l."DEVICE_ID_RAW" AS VARCHAR)) END AS read_device, CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw_maid, CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw_ip, CAST(l."UID2" AS VARCHAR) AS raw_uid2, CAST(l."UUID2" AS VARCHAR) AS raw_uuid2 FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) k ON CAST(l."AGENCY_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_AGENCY" AND CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_PLATFORM" AND CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_DSP" AND CAST(l."INSERTION_ORDER_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_IO" AND CAST(l."LINE_ITEM_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_LI" AND CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) IS NOT DISTINCT FROM k."INSERTION_ORDER_NAME" LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR) WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_touched_1"))) found) parsed ORDER BY key_no;

INSERT INTO "AQUARIUS"."REACH_EXPOSURES" ("KEY_NO", "SEEN_AT", "DEVICE", "DEVICE_MISFIT", "DEVICE_REASON", "IP", "IP_REASON", "RAMPID", "RAMPID_REASON", "UID2", "UID2_REASON", "UUID2", "UUID2_REASON", "DEVICE_TYPE", "CONSENT") SELECT key_no, seen_at, value_maid, CASE WHEN value_maid IS NULL THEN CASE WHEN (raw_maid IS NULL OR REGEXP_LIKE(raw_maid, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_maid, '
')) END END, CASE WHEN value_maid IS NOT NULL THEN NULL WHEN (raw_maid IS NULL OR REGEXP_LIKE(raw_maid, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE CASE WHEN lower(substr(trim(raw_maid, '
'), 1, 4)) = 'sys-' THEN 2 WHEN REGEXP_LIKE(raw_maid, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 3 ELSE 4 END END, COALESCE(value_ip, CASE WHEN value_ip IS NULL THEN CASE WHEN (raw_ip IS NULL OR REGEXP_LIKE(raw_ip, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_ip, '
')) END END), CASE WHEN value_ip IS NOT NULL THEN NULL WHEN (raw_ip IS NULL OR REGEXP_LIKE(raw_ip, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE CASE WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 5 ELSE 4 END END, NULL, NULL, CASE WHEN raw_uid2 IS NOT NULL THEN COALESCE(value_uid2, CASE WHEN value_uid2 IS NULL THEN CASE WHEN (raw_uid2 IS NULL OR REGEXP_LIKE(raw_uid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(raw_uid2, '
') END END) END, CASE WHEN raw_uid2 IS NOT NULL THEN CASE WHEN value_uid2 IS NOT NULL THEN NULL WHEN (raw_uid2 IS NULL OR REGEXP_LIKE(raw_uid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE 4 END END, CASE WHEN raw_uuid2 IS NOT NULL THEN COALESCE(value_uuid2, CASE WHEN value_uuid2 IS NULL THEN CASE WHEN (raw_uuid2 IS NULL OR REGEXP_LIKE(raw_uuid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_uuid2, '
')) END END) END, CASE WHEN raw_uuid2 IS NOT NULL THEN CASE WHEN value_uuid2 IS NOT NULL THEN NULL WHEN (raw_uuid2 IS NULL OR REGEXP_LIKE(raw_uuid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE 4 END END, device_type, consent FROM (SELECT *, CASE WHEN read_device IS NOT NULL AND read_device NOT IN ('00000000-0000-0000-0000-000000000000', '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', '33333333-3333-3333-3333-333333333333', '44444444-4444-4444-4444-444444444444', '55555555-5555-5555-5555-555555555555', '66666666-6666-6666-6666-666666666666', '77777777-7777-7777-7777-777777777777', '88888888-8888-8888-8888-888888888888', '99999999-9999-9999-9999-999999999999', 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa', 'bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb', 'cccccccc-cccc-cccc-cccc-cccccccccccc', 'dddddddd-dddd-dddd-dddd-dddddddddddd', 'eeeeeeee-eeee-eeee-eeee-eeeeeeeeeeee', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'd41d8cd9-8f00-b204-e980-0998ecf8427e', '9f89c84a-559f-5736-36a4-7ff8daed0d33', 'cd9e459e-a708-a948-d5c2-f5a6ca8838cf') AND read_device NOT BETWEEN '12345678-1234-1234-1234-000000000000' AND '12345678-1234-1234-1234-ffffffffffff' THEN read_device WHEN raw_maid IS NOT NULL THEN CASE WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw_maid, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw_maid
WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw_maid, 1, 8), '-', substr(raw_maid, 9, 4), '-', substr(raw_maid, 13, 4), '-', substr(raw_maid, 17, 4), '-', substr(raw_maid, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw_maid, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END END AS value_maid, CASE
WHEN REGEXP_LIKE(raw_ip, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw_ip
WHEN REGEXP_LIKE(raw_ip, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw_ip, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw_ip END
WHEN REGEXP_LIKE(raw_ip, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw_ip, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw_ip, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw_ip, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw_ip, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw_ip, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw_ip
WHEN REGEXP_LIKE(raw_ip, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw_ip) || CASE WHEN right(raw_ip, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw_ip) - length(replace(raw_ip, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw_ip, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw_ip, '
') END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw_ip, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw_ip, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw_ip, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw_ip, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw_ip, '
')
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw_ip, '
')) || CASE WHEN right(trim(raw_ip, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw_ip, '
')) - length(replace(trim(raw_ip, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw_ip, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_ip, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw_ip, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_ip, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS value_ip, CASE WHEN REGEXP_LIKE(trim(raw_uid2, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw_uid2, '
') END AS value_uid2, CASE WHEN REGEXP_LIKE(raw_uuid2, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw_uuid2, '
'), '0')) < 20 OR ltrim(trim(raw_uuid2, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw_uuid2, '
'), '0') END AS value_uuid2 FROM (SELECT k."KEY_NO" AS key_no, COALESCE(l."AUCTION_TIMESTAMP", TIMESTAMP '9999-12-31 00:00:00') AS seen_at, CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) = 'IDFA' THEN 1 WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) = 'GAID' THEN 2 WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 1 WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 2 END AS device_type, greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) AS consent, CASE WHEN REGEXP_LIKE(CAST(l."DEVICE_ID_RAW" AS VARCHAR), '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN LOWER(CAST(l."DEVICE_ID_RAW" AS VARCHAR)) END AS read_device, CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw_maid, CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw_ip, CAST(l."UID2" AS VARCHAR) AS raw_uid2, CAST(l."UUID2" AS VARCHAR) AS raw_uuid2 FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) k ON CAST(l."AGENCY_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_AGENCY" AND CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_PLATFORM" AND CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_DSP" AND CAST(l."INSERTION_ORDER_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_IO" AND CAST(l."LINE_ITEM_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_LI" AND CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) IS NOT DISTINCT FROM k."INSERTION_ORDER_NAME" LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR) WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE)) found) parsed ORDER BY key_no;

INSERT INTO "AQUARIUS"."REACH_EXPOSURES" ("KEY_NO", "SEEN_AT", "DEVICE", "DEVICE_MISFIT", "DEVICE_REASON", "IP", "IP_REASON", "RAMPID", "RAMPID_REASON", "UID2", "UID2_REASON", "UUID2", "UUID2_REASON", "DEVICE_TYPE", "CONSENT") SELECT key_no, seen_at, value_maid, CASE WHEN value_maid IS NULL THEN CASE WHEN (raw_maid IS NULL OR REGEXP_LIKE(raw_maid, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_maid, '
')) END END, CASE WHEN value_maid IS NOT NULL THEN NULL WHEN (raw_maid IS NULL OR REGEXP_LIKE(raw_maid, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE CASE WHEN lower(substr(trim(raw_maid, '
'), 1, 4)) = 'sys-' THEN 2 WHEN REGEXP_LIKE(raw_maid, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 3 ELSE 4 END END, COALESCE(value_ip, CASE WHEN value_ip IS NULL THEN CASE WHEN (raw_ip IS NULL OR REGEXP_LIKE(raw_ip, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_ip, '
')) END END), CASE WHEN value_ip IS NOT NULL THEN NULL WHEN (raw_ip IS NULL OR REGEXP_LIKE(raw_ip, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE CASE WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 5 ELSE 4 END END, NULL, NULL, CASE WHEN raw_uid2 IS NOT NULL THEN COALESCE(value_uid2, CASE WHEN value_uid2 IS NULL THEN CASE WHEN (raw_uid2 IS NULL OR REGEXP_LIKE(raw_uid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(raw_uid2, '
') END END) END, CASE WHEN raw_uid2 IS NOT NULL THEN CASE WHEN value_uid2 IS NOT NULL THEN NULL WHEN (raw_uid2 IS NULL OR REGEXP_LIKE(raw_uid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE 4 END END, CASE WHEN raw_uuid2 IS NOT NULL THEN COALESCE(value_uuid2, CASE WHEN value_uuid2 IS NULL THEN CASE WHEN (raw_uuid2 IS NULL OR REGEXP_LIKE(raw_uuid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_uuid2, '
')) END END) END, CASE WHEN raw_uuid2 IS NOT NULL THEN CASE WHEN value_uuid2 IS NOT NULL THEN NULL WHEN (raw_uuid2 IS NULL OR REGEXP_LIKE(raw_uuid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE 4 END END, device_type, consent FROM (SELECT *, CASE WHEN read_device IS NOT NULL AND read_device NOT IN ('00000000-0000-0000-0000-000000000000', '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', '33333333-3333-3333-3333-333333333333', '44444444-4444-4444-4444-444444444444', '55555555-5555-5555-5555-555555555555', '66666666-6666-6666-6666-666666666666', '77777777-7777-7777-7777-777777777777', '88888888-8888-8888-8888-888888888888', '99999999-9999-9999-9999-999999999999', 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa', 'bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb', 'cccccccc-cccc-cccc-cccc-cccccccccccc', 'dddddddd-dddd-dddd-dddd-dddddddddddd', 'eeeeeeee-eeee-eeee-eeee-eeeeeeeeeeee', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'd41d8cd9-8f00-b204-e980-0998ecf8427e', '9f89c84a-559f-5736-36a4-7ff8daed0d33', 'cd9e459e-a708-a948-d5c2-f5a6ca8838cf') AND read_device NOT BETWEEN '12345678-1234-1234-1234-000000000000' AND '12345678-1234-1234-1234-ffffffffffff' THEN read_device WHEN raw_maid IS NOT NULL THEN CASE WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw_maid, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw_maid
WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw_maid, 1, 8), '-', substr(raw_maid, 9, 4), '-', substr(raw_maid, 13, 4), '-', substr(raw_maid, 17, 4), '-', substr(raw_maid, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw_maid, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END END AS value_maid, CASE
WHEN REGEXP_LIKE(raw_ip, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw_ip
WHEN REGEXP_LIKE(raw_ip, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw_ip, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw_ip END
WHEN REGEXP_LIKE(raw_ip, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw_ip, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw_ip, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw_ip, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw_ip, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw_ip, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw_ip
WHEN REGEXP_LIKE(raw_ip, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw_ip) || CASE WHEN right(raw_ip, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw_ip) - length(replace(raw_ip, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw_ip, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw_ip, '
') END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw_ip, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw_ip, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw_ip, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw_ip, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw_ip, '
')
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw_ip, '
')) || CASE WHEN right(trim(raw_ip, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw_ip, '
')) - length(replace(trim(raw_ip, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw_ip, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_ip, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw_ip, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_ip, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS value_ip, CASE WHEN REGEXP_LIKE(trim(raw_uid2, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw_uid2, '
') END AS value_uid2, CASE WHEN REGEXP_LIKE(raw_uuid2, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw_uuid2, '
'), '0')) < 20 OR ltrim(trim(raw_uuid2, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw_uuid2, '
'), '0') END AS value_uuid2 FROM (SELECT k."KEY_NO" AS key_no, COALESCE(l."AUCTION_TIMESTAMP", TIMESTAMP '9999-12-31 00:00:00') AS seen_at, CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) = 'IDFA' THEN 1 WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) = 'GAID' THEN 2 WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 1 WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 2 END AS device_type, greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) AS consent, CASE WHEN REGEXP_LIKE(CAST(l."DEVICE_ID_RAW" AS VARCHAR), '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN LOWER(CAST(l."DEVICE_ID_RAW" AS VARCHAR)) END AS read_device, CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw_maid, CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw_ip, CAST(l."UID2" AS VARCHAR) AS raw_uid2, CAST(l."UUID2" AS VARCHAR) AS raw_uuid2 FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) k ON CAST(l."AGENCY_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_AGENCY" AND CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_PLATFORM" AND CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_DSP" AND CAST(l."INSERTION_ORDER_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_IO" AND CAST(l."LINE_ITEM_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_LI" AND CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) IS NOT DISTINCT FROM k."INSERTION_ORDER_NAME" LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR) WHERE (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE)) found) parsed ORDER BY key_no;

INSERT INTO "AQUARIUS"."REACH_KEYS" ("KEY_NO", "SOURCE", "AGENCY_ID", "PLATFORM", "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID", "LINE_ITEM_ID", "ADVERTISER_ID", "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME") WITH found AS (
SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS "RAW_AGENCY", CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS "RAW_PLATFORM", CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS "RAW_DSP", CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS "RAW_IO", CAST(l."LINE_ITEM_ID" AS VARCHAR) AS "RAW_LI", CAST(NULL AS VARCHAR) AS "RAW_OWN", CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS "INSERTION_ORDER_NAME"
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE ((l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" < TIMESTAMP '0001-01-02 00:00:00' OR l."AUCTION_TIMESTAMP" >= TIMESTAMP '9999-12-31 00:00:00') AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) GROUP BY 1, 2, 3, 4, 5, 6, 7
), fresh AS (
SELECT f.*, REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_AGENCY" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, NULLIF(COALESCE(REGEXP_SUBSTR(CAST(f."RAW_PLATFORM" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(f."RAW_PLATFORM" AS VARCHAR), 1, 0)), '') AS platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_DSP" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_DSP" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS dsp, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_IO" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_IO" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_LI" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_LI" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS li, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_OWN" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_OWN" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS own
FROM found f WHERE NOT EXISTS (SELECT 1 FROM (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) k WHERE f."RAW_AGENCY" IS NOT DISTINCT FROM k."RAW_AGENCY" AND f."RAW_PLATFORM" IS NOT DISTINCT FROM k."RAW_PLATFORM" AND f."RAW_DSP" IS NOT DISTINCT FROM k."RAW_DSP" AND f."RAW_IO" IS NOT DISTINCT FROM k."RAW_IO" AND f."RAW_LI" IS NOT DISTINCT FROM k."RAW_LI" AND f."RAW_OWN" IS NOT DISTINCT FROM k."RAW_OWN" AND f."INSERTION_ORDER_NAME" IS NOT DISTINCT FROM k."INSERTION_ORDER_NAME")
), numbered AS (
SELECT n.*, DENSE_RANK() OVER (ORDER BY n.agency, n.platform, n.dsp, n.own) AS dsp_rank FROM fresh n WHERE n.agency <> ''
), highest AS (
SELECT COALESCE(MAX(k."KEY_NO" - k."KEY_NO" % 16777216), 0) AS base FROM "AQUARIUS"."REACH_KEYS" k
), of_dsp AS (
SELECT "AGENCY_ID", "PLATFORM", "DSP_ADVERTISER_ID", "ADVERTISER_ID", MAX("KEY_NO") AS base FROM (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) known_keys GROUP BY 1, 2, 3, 4
), placed AS (
SELECT n.*, COALESCE(k.base, highest.base + n.dsp_rank * 16777216) AS base
FROM numbered n CROSS JOIN highest LEFT JOIN of_dsp k ON k."AGENCY_ID" = n.agency AND k."PLATFORM" IS NOT DISTINCT FROM n.platform AND k."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM n.dsp AND k."ADVERTISER_ID" IS NOT DISTINCT FROM n.own
)
SELECT base + ROW_NUMBER() OVER (PARTITION BY base ORDER BY io, li, "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME") AS key_no, ? AS source,
agency, platform, dsp, io, li, own, "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME" FROM placed;

INSERT INTO "AQUARIUS"."REACH_KEYS" ("KEY_NO", "SOURCE", "AGENCY_ID", "PLATFORM", "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID", "LINE_ITEM_ID", "ADVERTISER_ID", "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME") WITH found AS (
SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS "RAW_AGENCY", CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS "RAW_PLATFORM", CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS "RAW_DSP", CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS "RAW_IO", CAST(l."LINE_ITEM_ID" AS VARCHAR) AS "RAW_LI", CAST(NULL AS VARCHAR) AS "RAW_OWN", CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS "INSERTION_ORDER_NAME"
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_touched_1")) GROUP BY 1, 2, 3, 4, 5, 6, 7
), fresh AS (
SELECT f.*, REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_AGENCY" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, NULLIF(COALESCE(REGEXP_SUBSTR(CAST(f."RAW_PLATFORM" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(f."RAW_PLATFORM" AS VARCHAR), 1, 0)), '') AS platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_DSP" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_DSP" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS dsp, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_IO" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_IO" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_LI" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_LI" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS li, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_OWN" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_OWN" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS own
FROM found f WHERE NOT EXISTS (SELECT 1 FROM (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) k WHERE f."RAW_AGENCY" IS NOT DISTINCT FROM k."RAW_AGENCY" AND f."RAW_PLATFORM" IS NOT DISTINCT FROM k."RAW_PLATFORM" AND f."RAW_DSP" IS NOT DISTINCT FROM k."RAW_DSP" AND f."RAW_IO" IS NOT DISTINCT FROM k."RAW_IO" AND f."RAW_LI" IS NOT DISTINCT FROM k."RAW_LI" AND f."RAW_OWN" IS NOT DISTINCT FROM k."RAW_OWN" AND f."INSERTION_ORDER_NAME" IS NOT DISTINCT FROM k."INSERTION_ORDER_NAME")
), numbered AS (
SELECT n.*, DENSE_RANK() OVER (ORDER BY n.agency, n.platform, n.dsp, n.own) AS dsp_rank FROM fresh n WHERE n.agency <> ''
), highest AS (
SELECT COALESCE(MAX(k."KEY_NO" - k."KEY_NO" % 16777216), 0) AS base FROM "AQUARIUS"."REACH_KEYS" k
), of_dsp AS (
SELECT "AGENCY_ID", "PLATFORM", "DSP_ADVERTISER_ID", "ADVERTISER_ID", MAX("KEY_NO") AS base FROM (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) known_keys GROUP BY 1, 2, 3, 4
), placed AS (
SELECT n.*, COALESCE(k.base, highest.base + n.dsp_rank * 16777216) AS base
FROM numbered n CROSS JOIN highest LEFT JOIN of_dsp k ON k."AGENCY_ID" = n.agency AND k."PLATFORM" IS NOT DISTINCT FROM n.platform AND k."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM n.dsp AND k."ADVERTISER_ID" IS NOT DISTINCT FROM n.own
)
SELECT base + ROW_NUMBER() OVER (PARTITION BY base ORDER BY io, li, "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME") AS key_no, ? AS source,
agency, platform, dsp, io, li, own, "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME" FROM placed;

INSERT INTO "AQUARIUS"."REACH_KEYS" ("KEY_NO", "SOURCE", "AGENCY_ID", "PLATFORM", "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID", "LINE_ITEM_ID", "ADVERTISER_ID", "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME") WITH found AS (
SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS "RAW_AGENCY", CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS "RAW_PLATFORM", CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS "RAW_DSP", CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS "RAW_IO", CAST(l."LINE_ITEM_ID" AS VARCHAR) AS "RAW_LI", CAST(NULL AS VARCHAR) AS "RAW_OWN", CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS "INSERTION_ORDER_NAME"
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) GROUP BY 1, 2, 3, 4, 5, 6, 7
), fresh AS (
SELECT f.*, REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_AGENCY" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, NULLIF(COALESCE(REGEXP_SUBSTR(CAST(f."RAW_PLATFORM" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(f."RAW_PLATFORM" AS VARCHAR), 1, 0)), '') AS platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_DSP" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_DSP" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS dsp, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_IO" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_IO" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_LI" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_LI" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS li, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_OWN" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_OWN" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS own
FROM found f WHERE NOT EXISTS (SELECT 1 FROM (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) k WHERE f."RAW_AGENCY" IS NOT DISTINCT FROM k."RAW_AGENCY" AND f."RAW_PLATFORM" IS NOT DISTINCT FROM k."RAW_PLATFORM" AND f."RAW_DSP" IS NOT DISTINCT FROM k."RAW_DSP" AND f."RAW_IO" IS NOT DISTINCT FROM k."RAW_IO" AND f."RAW_LI" IS NOT DISTINCT FROM k."RAW_LI" AND f."RAW_OWN" IS NOT DISTINCT FROM k."RAW_OWN" AND f."INSERTION_ORDER_NAME" IS NOT DISTINCT FROM k."INSERTION_ORDER_NAME")
), numbered AS (
SELECT n.*, DENSE_RANK() OVER (ORDER BY n.agency, n.platform, n.dsp, n.own) AS dsp_rank FROM fresh n WHERE n.agency <> ''
), highest AS (
SELECT COALESCE(MAX(k."KEY_NO" - k."KEY_NO" % 16777216), 0) AS base FROM "AQUARIUS"."REACH_KEYS" k
), of_dsp AS (
SELECT "AGENCY_ID", "PLATFORM", "DSP_ADVERTISER_ID", "ADVERTISER_ID", MAX("KEY_NO") AS base FROM (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) known_keys GROUP BY 1, 2, 3, 4
), placed AS (
SELECT n.*, COALESCE(k.base, highest.base + n.dsp_rank * 16777216) AS base
FROM numbered n CROSS JOIN highest LEFT JOIN of_dsp k ON k."AGENCY_ID" = n.agency AND k."PLATFORM" IS NOT DISTINCT FROM n.platform AND k."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM n.dsp AND k."ADVERTISER_ID" IS NOT DISTINCT FROM n.own
)
SELECT base + ROW_NUMBER() OVER (PARTITION BY base ORDER BY io, li, "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME") AS key_no, ? AS source,
agency, platform, dsp, io, li, own, "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME" FROM placed;

INSERT INTO "AQUARIUS"."REACH_KEYS" ("KEY_NO", "SOURCE", "AGENCY_ID", "PLATFORM", "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID", "LINE_ITEM_ID", "ADVERTISER_ID", "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME") WITH found AS (
SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS "RAW_AGENCY", CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS "RAW_PLATFORM", CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS "RAW_DSP", CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS "RAW_IO", CAST(l."LINE_ITEM_ID" AS VARCHAR) AS "RAW_LI", CAST(NULL AS VARCHAR) AS "RAW_OWN", CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS "INSERTION_ORDER_NAME"
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) GROUP BY 1, 2, 3, 4, 5, 6, 7
), fresh AS (
SELECT f.*, REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_AGENCY" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, NULLIF(COALESCE(REGEXP_SUBSTR(CAST(f."RAW_PLATFORM" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(f."RAW_PLATFORM" AS VARCHAR), 1, 0)), '') AS platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_DSP" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_DSP" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS dsp, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_IO" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_IO" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_LI" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_LI" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS li, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_OWN" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_OWN" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS own
FROM found f WHERE NOT EXISTS (SELECT 1 FROM (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) k WHERE f."RAW_AGENCY" IS NOT DISTINCT FROM k."RAW_AGENCY" AND f."RAW_PLATFORM" IS NOT DISTINCT FROM k."RAW_PLATFORM" AND f."RAW_DSP" IS NOT DISTINCT FROM k."RAW_DSP" AND f."RAW_IO" IS NOT DISTINCT FROM k."RAW_IO" AND f."RAW_LI" IS NOT DISTINCT FROM k."RAW_LI" AND f."RAW_OWN" IS NOT DISTINCT FROM k."RAW_OWN" AND f."INSERTION_ORDER_NAME" IS NOT DISTINCT FROM k."INSERTION_ORDER_NAME")
), numbered AS (
SELECT n.*, DENSE_RANK() OVER (ORDER BY n.agency, n.platform, n.dsp, n.own) AS dsp_rank FROM fresh n WHERE n.agency <> ''
), highest AS (
SELECT COALESCE(MAX(k."KEY_NO" - k."KEY_NO" % 16777216), 0) AS base FROM "AQUARIUS"."REACH_KEYS" k
), of_dsp AS (
SELECT "AGENCY_ID", "PLATFORM", "DSP_ADVERTISER_ID", "ADVERTISER_ID", MAX("KEY_NO") AS base FROM (SELECT * FROM "AQUARIUS"."REACH_KEYS" WHERE "SOURCE" = ?) known_keys GROUP BY 1, 2, 3, 4
), placed AS (
SELECT n.*, COALESCE(k.base, highest.base + n.dsp_rank * 16777216) AS base
FROM numbered n CROSS JOIN highest LEFT JOIN of_dsp k ON k."AGENCY_ID" = n.agency AND k."PLATFORM" IS NOT DISTINCT FROM n.platform AND k."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM n.dsp AND k."ADVERTISER_ID" IS NOT DISTINCT FROM n.own
)
SELECT base + ROW_NUMBER() OVER (PARTITION BY base ORDER BY io, li, "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME") AS key_no, ? AS source,
agency, platform, dsp, io, li, own, "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME" FROM placed;

INSERT INTO "AQUARIUS"."REACH_KEYS" (KEY_NO, SOURCE, AGENCY_ID) SELECT ?, ?, '' WHERE (SELECT COALESCE(MAX(KEY_NO), 0) FROM "AQUARIUS"."REACH_KEYS") < ?;

INSERT INTO "aq_reach_keys_1" ("KEY_NO", "SOURCE", "AGENCY_ID", "PLATFORM", "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID", "LINE_ITEM_ID", "ADVERTISER_ID", "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME") WITH found AS (
SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS "RAW_AGENCY", CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS "RAW_PLATFORM", CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS "RAW_DSP", CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS "RAW_IO", CAST(l."LINE_ITEM_ID" AS VARCHAR) AS "RAW_LI", CAST(NULL AS VARCHAR) AS "RAW_OWN", CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS "INSERTION_ORDER_NAME"
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_touched_1")) GROUP BY 1, 2, 3, 4, 5, 6, 7
), fresh AS (
SELECT f.*, REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_AGENCY" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, NULLIF(COALESCE(REGEXP_SUBSTR(CAST(f."RAW_PLATFORM" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(f."RAW_PLATFORM" AS VARCHAR), 1, 0)), '') AS platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_DSP" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_DSP" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS dsp, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_IO" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_IO" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_LI" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_LI" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS li, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_OWN" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(f."RAW_OWN" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS own
FROM found f WHERE NOT EXISTS (SELECT 1 FROM (SELECT * FROM "aq_reach_keys_1" WHERE "SOURCE" = ?) k WHERE f."RAW_AGENCY" IS NOT DISTINCT FROM k."RAW_AGENCY" AND f."RAW_PLATFORM" IS NOT DISTINCT FROM k."RAW_PLATFORM" AND f."RAW_DSP" IS NOT DISTINCT FROM k."RAW_DSP" AND f."RAW_IO" IS NOT DISTINCT FROM k."RAW_IO" AND f."RAW_LI" IS NOT DISTINCT FROM k."RAW_LI" AND f."RAW_OWN" IS NOT DISTINCT FROM k."RAW_OWN" AND f."INSERTION_ORDER_NAME" IS NOT DISTINCT FROM k."INSERTION_ORDER_NAME")
), numbered AS (
SELECT n.*, DENSE_RANK() OVER (ORDER BY n.agency, n.platform, n.dsp, n.own) AS dsp_rank FROM fresh n WHERE n.agency <> ''
), highest AS (
SELECT COALESCE(MAX(k."KEY_NO" - k."KEY_NO" % 16777216), 0) AS base FROM "aq_reach_keys_1" k
), of_dsp AS (
SELECT "AGENCY_ID", "PLATFORM", "DSP_ADVERTISER_ID", "ADVERTISER_ID", MAX("KEY_NO") AS base FROM (SELECT * FROM "aq_reach_keys_1" WHERE "SOURCE" = ?) known_keys GROUP BY 1, 2, 3, 4
), placed AS (
SELECT n.*, COALESCE(k.base, highest.base + n.dsp_rank * 16777216) AS base
FROM numbered n CROSS JOIN highest LEFT JOIN of_dsp k ON k."AGENCY_ID" = n.agency AND k."PLATFORM" IS NOT DISTINCT FROM n.platform AND k."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM n.dsp AND k."ADVERTISER_ID" IS NOT DISTINCT FROM n.own
)
SELECT base + ROW_NUMBER() OVER (PARTITION BY base ORDER BY io, li, "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME") AS key_no, ? AS source,
agency, platform, dsp, io, li, own, "RAW_AGENCY", "RAW_PLATFORM", "RAW_DSP", "RAW_IO", "RAW_LI", "RAW_OWN", "INSERTION_ORDER_NAME" FROM placed;

INSERT INTO "aq_reach_rows_1" ("KEY_NO", "SEEN_AT", "DEVICE", "DEVICE_MISFIT", "DEVICE_REASON", "IP", "IP_REASON", "RAMPID", "RAMPID_REASON", "UID2", "UID2_REASON", "UUID2", "UUID2_REASON", "DEVICE_TYPE", "CONSENT") SELECT key_no, seen_at, value_maid, CASE WHEN value_maid IS NULL THEN CASE WHEN (raw_maid IS NULL OR REGEXP_LIKE(raw_maid, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_maid, '
')) END END, CASE WHEN value_maid IS NOT NULL THEN NULL WHEN (raw_maid IS NULL OR REGEXP_LIKE(raw_maid, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE CASE WHEN lower(substr(trim(raw_maid, '
'), 1, 4)) = 'sys-' THEN 2 WHEN REGEXP_LIKE(raw_maid, '^([-{}	- ]*([0-9a-fA-F][-{}	- ]*){32}|[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*[eE][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*[bB][-{}	- ]*4[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*2[-{}	- ]*5[-{}	- ]*5[-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*[eE][-{}	- ]*[fF][-{}	- ]*9[-{}	- ]*5[-{}	- ]*6[-{}	- ]*0[-{}	- ]*1[-{}	- ]*8[-{}	- ]*9[-{}	- ]*0[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*0[-{}	- ]*7[-{}	- ]*0[-{}	- ]*9[-{}	- ]*|[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*4[-{}	- ]*4[-{}	- ]*2[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*[cC][-{}	- ]*1[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*[fF][-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*9[-{}	- ]*9[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*2[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*6[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[bB][-{}	- ]*7[-{}	- ]*8[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*5[-{}	- ]*5[-{}	- ]*|[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*9[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*6[-{}	- ]*[fF][-{}	- ]*3[-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*4[-{}	- ]*6[-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*[bB][-{}	- ]*9[-{}	- ]*3[-{}	- ]*7[-{}	- ]*7[-{}	- ]*[cC][-{}	- ]*[bB][-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*9[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[dD][-{}	- ]*2[-{}	- ]*3[-{}	- ]*9[-{}	- ]*2[-{}	- ]*9[-{}	- ]*5[-{}	- ]*2[-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*4[-{}	- ]*7[-{}	- ]*9[-{}	- ]*3[-{}	- ]*1[-{}	- ]*3[-{}	- ]*0[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*8[-{}	- ]*4[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*|[-{}	- ]*9[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*[dD][-{}	- ]*1[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*6[-{}	- ]*0[-{}	- ]*2[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*3[-{}	- ]*5[-{}	- ]*3[-{}	- ]*1[-{}	- ]*4[-{}	- ]*2[-{}	- ]*5[-{}	- ]*8[-{}	- ]*[bB][-{}	- ]*3[-{}	- ]*5[-{}	- ]*7[-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*9[-{}	- ]*4[-{}	- ]*4[-{}	- ]*0[-{}	- ]*6[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*|[-{}	- ]*8[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*0[-{}	- ]*[cC][-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*[fF][-{}	- ]*[aA][-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*3[-{}	- ]*4[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*9[-{}	- ]*3[-{}	- ]*[fF][-{}	- ]*2[-{}	- ]*7[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*[cC][-{}	- ]*5[-{}	- ]*2[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*[eE][-{}	- ]*5[-{}	- ]*3[-{}	- ]*7[-{}	- ]*[bB][-{}	- ]*[aA][-{}	- ]*[bB][-{}	- ]*5[-{}	- ]*[eE][-{}	- ]*7[-{}	- ]*5[-{}	- ]*2[-{}	- ]*[aA][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[eE][-{}	- ]*6[-{}	- ]*9[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[aA][-{}	- ]*1[-{}	- ]*3[-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*1[-{}	- ]*0[-{}	- ]*3[-{}	- ]*[bB][-{}	- ]*6[-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*)$') THEN 3 ELSE 4 END END, COALESCE(value_ip, CASE WHEN value_ip IS NULL THEN CASE WHEN (raw_ip IS NULL OR REGEXP_LIKE(raw_ip, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_ip, '
')) END END), CASE WHEN value_ip IS NOT NULL THEN NULL WHEN (raw_ip IS NULL OR REGEXP_LIKE(raw_ip, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE CASE WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:|((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN 5 ELSE 4 END END, NULL, NULL, CASE WHEN raw_uid2 IS NOT NULL THEN COALESCE(value_uid2, CASE WHEN value_uid2 IS NULL THEN CASE WHEN (raw_uid2 IS NULL OR REGEXP_LIKE(raw_uid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE trim(raw_uid2, '
') END END) END, CASE WHEN raw_uid2 IS NOT NULL THEN CASE WHEN value_uid2 IS NOT NULL THEN NULL WHEN (raw_uid2 IS NULL OR REGEXP_LIKE(raw_uid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE 4 END END, CASE WHEN raw_uuid2 IS NOT NULL THEN COALESCE(value_uuid2, CASE WHEN value_uuid2 IS NULL THEN CASE WHEN (raw_uuid2 IS NULL OR REGEXP_LIKE(raw_uuid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN '' ELSE lower(trim(raw_uuid2, '
')) END END) END, CASE WHEN raw_uuid2 IS NOT NULL THEN CASE WHEN value_uuid2 IS NOT NULL THEN NULL WHEN (raw_uuid2 IS NULL OR REGEXP_LIKE(raw_uuid2, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) THEN 1 ELSE 4 END END, device_type, consent FROM (SELECT *, CASE WHEN read_device IS NOT NULL AND read_device NOT IN ('00000000-0000-0000-0000-000000000000', '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', '33333333-3333-3333-3333-333333333333', '44444444-4444-4444-4444-444444444444', '55555555-5555-5555-5555-555555555555', '66666666-6666-6666-6666-666666666666', '77777777-7777-7777-7777-777777777777', '88888888-8888-8888-8888-888888888888', '99999999-9999-9999-9999-999999999999', 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa', 'bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb', 'cccccccc-cccc-cccc-cccc-cccccccccccc', 'dddddddd-dddd-dddd-dddd-dddddddddddd', 'eeeeeeee-eeee-eeee-eeee-eeeeeeeeeeee', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'd41d8cd9-8f00-b204-e980-0998ecf8427e', '9f89c84a-559f-5736-36a4-7ff8daed0d33', 'cd9e459e-a708-a948-d5c2-f5a6ca8838cf') AND read_device NOT BETWEEN '12345678-1234-1234-1234-000000000000' AND '12345678-1234-1234-1234-ffffffffffff' THEN read_device WHEN raw_maid IS NOT NULL THEN CASE WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw_maid, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw_maid
WHEN REGEXP_LIKE(raw_maid, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw_maid, 1, 8), '-', substr(raw_maid, 9, 4), '-', substr(raw_maid, 13, 4), '-', substr(raw_maid, 17, 4), '-', substr(raw_maid, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw_maid, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END END AS value_maid, CASE
WHEN REGEXP_LIKE(raw_ip, '^(([1-9]|1[1-9]|[2-9][0-9]|10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]|20[0-24-9]|21[0-9]|22[0-3])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN raw_ip
WHEN REGEXP_LIKE(raw_ip, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(raw_ip, '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN raw_ip END
WHEN REGEXP_LIKE(raw_ip, '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(raw_ip, '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(raw_ip, '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(raw_ip, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(raw_ip, '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(raw_ip, '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN raw_ip
WHEN REGEXP_LIKE(raw_ip, '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(raw_ip) || CASE WHEN right(raw_ip, 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(raw_ip) - length(replace(raw_ip, ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(trim(raw_ip, '
'), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN trim(raw_ip, '
') END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^([23][0-9a-fA-F]{3}:[0-9a-fA-F:]+)$') THEN CASE
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*|2002:[0-9a-fA-F:]+|3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*)$') THEN NULL
WHEN (REGEXP_LIKE(trim(raw_ip, '
'), '^(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$') AND REGEXP_LIKE(trim(raw_ip, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*(:0)?)$')) OR (REGEXP_LIKE(trim(raw_ip, '
'), '^([0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?)$') AND REGEXP_LIKE(trim(raw_ip, '
'), '^([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*::([1-9a-f][0-9a-f]*((:0)?:[1-9a-f][0-9a-f]*)*)?)$')) THEN trim(raw_ip, '
')
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|:(:[0-9a-fA-F]{1,4}){1,7}|::|([0-9a-fA-F]{1,4}:){1}(:[0-9a-fA-F]{1,4}){1,6}|([0-9a-fA-F]{1,4}:){2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,7}:)$') THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(replace((lower(trim(raw_ip, '
')) || CASE WHEN right(trim(raw_ip, '
'), 1) = ':' THEN '0' ELSE '' END), '::', ':' || repeat('0:', (8 - (length(trim(raw_ip, '
')) - length(replace(trim(raw_ip, '
'), ':', '')))))), ':0+([0-9a-f])', ':\\1'), '(:0){4,7}(:|$)', '::'), '^([1-9a-f][0-9a-f]*((:0){0,2}:[1-9a-f][0-9a-f]*)*)(:0){3}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6'), '^([1-9a-f][0-9a-f]*((:0){0,1}:[1-9a-f][0-9a-f]*)*)(:0){2}(:([0-9a-f]+(:[0-9a-f]+)*))?$', '\\1::\\6')
END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})$') THEN CASE WHEN NOT REGEXP_LIKE(COALESCE(REGEXP_SUBSTR(trim(raw_ip, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_ip, '
'), 1, 0)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN COALESCE(REGEXP_SUBSTR(trim(raw_ip, '
'), '([0-9.]+)$', 1, 1, 'e', 1), SUBSTR(trim(raw_ip, '
'), 1, 0)) END
WHEN REGEXP_LIKE(trim(raw_ip, '
'), '^(((0{1,4}:){5}|::(0{1,4}:){0,4}|(0{1,4}:){1}:(0{1,4}:){0,3}|(0{1,4}:){2}:(0{1,4}:){0,2}|(0{1,4}:){3}:(0{1,4}:){0,1}|(0{1,4}:){4}:(0{1,4}:){0,0})[fF]{4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::)$') THEN CASE WHEN NOT REGEXP_LIKE((CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)), '^((0|10|127|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])|192\\.(168|0\\.[02]|88\\.99)|198\\.(1[89]|51\\.100)|203\\.0\\.113|22[4-9]|2[34][0-9]|25[0-5])\\.[0-9.]+)$') THEN (CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), 'ffff:([0-9a-f]+):', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 1, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 2, 1) IN '0123456789abcdef') - 1) AS VARCHAR) || '.' || CAST((position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 3, 1) IN '0123456789abcdef') - 1) * 16 + (position(substr(lpad(COALESCE(REGEXP_SUBSTR(lower(trim(raw_ip, '
')), '([0-9a-f]*)$', 1, 1, 'e', 1), SUBSTR(lower(trim(raw_ip, '
')), 1, 0)), 4, '0'), 4, 1) IN '0123456789abcdef') - 1) AS VARCHAR)) END
END AS value_ip, CASE WHEN REGEXP_LIKE(trim(raw_uid2, '
'), '^([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])$') THEN trim(raw_uid2, '
') END AS value_uid2, CASE WHEN REGEXP_LIKE(raw_uuid2, '^([	- ]*0*[1-9][0-9]{0,19}[	- ]*)$') AND (length(ltrim(trim(raw_uuid2, '
'), '0')) < 20 OR ltrim(trim(raw_uuid2, '
'), '0') <= '18446744073709551615') THEN ltrim(trim(raw_uuid2, '
'), '0') END AS value_uuid2 FROM (SELECT k."KEY_NO" AS key_no, COALESCE(l."AUCTION_TIMESTAMP", TIMESTAMP '9999-12-31 00:00:00') AS seen_at, CASE WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) = 'IDFA' THEN 1 WHEN CAST(l."DEVICE_TYPE" AS VARCHAR) = 'GAID' THEN 2 WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([iI][dD][fF][aA]|[iI][oO][sS]|[aA][pP][pP][lL][eE])[	- ]*)$') THEN 1 WHEN REGEXP_LIKE(CAST(l."DEVICE_TYPE" AS VARCHAR), '^([	- ]*([gG][aA][iI][dD]|[aA][aA][iI][dD]|[aA][dD][iI][dD]|[aA][nN][dD][rR][oO][iI][dD])[	- ]*)$') THEN 2 END AS device_type, greatest(CASE WHEN CAST(l."US_PRIVACY" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*1[YyNn-][Nn-][YyNn-][	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."US_PRIVACY" AS VARCHAR), '^([	- ]*1[YyNn-][Yy][YyNn-][	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."LMT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."LMT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."DNT" AS VARCHAR) IS NULL OR REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*|[	- ]*(0|0\\.0|[fF][aA][lL][sS][eE]|[fF]|[nN][oO]|[nN])[	- ]*)$') THEN 0 WHEN REGEXP_LIKE(CAST(l."DNT" AS VARCHAR), '^([	- ]*(1|1\\.0|[tT][rR][uU][eE]|[tT]|[yY][eE][sS]|[yY])[	- ]*)$') THEN 2 ELSE 1 END, CASE WHEN CAST(l."GPP" AS VARCHAR) IS NULL THEN 0 ELSE COALESCE(gpp_judged.said, 2) END) AS consent, CASE WHEN REGEXP_LIKE(CAST(l."DEVICE_ID_RAW" AS VARCHAR), '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN LOWER(CAST(l."DEVICE_ID_RAW" AS VARCHAR)) END AS read_device, CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw_maid, CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw_ip, CAST(l."UID2" AS VARCHAR) AS raw_uid2, CAST(l."UUID2" AS VARCHAR) AS raw_uuid2 FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN (SELECT * FROM "aq_reach_keys_1" WHERE "SOURCE" = ?) k ON CAST(l."AGENCY_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_AGENCY" AND CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_PLATFORM" AND CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_DSP" AND CAST(l."INSERTION_ORDER_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_IO" AND CAST(l."LINE_ITEM_ID" AS VARCHAR) IS NOT DISTINCT FROM k."RAW_LI" AND CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) IS NOT DISTINCT FROM k."INSERTION_ORDER_NAME" LEFT JOIN "aq_consented_1" gpp_judged ON gpp_judged.gpp = CAST(l."GPP" AS VARCHAR) WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_touched_1"))) found) parsed ORDER BY key_no;

SELECT COALESCE(MAX(KEY_NO), 0) AS highest FROM "AQUARIUS"."REACH_KEYS";

-- reach/masked-ids.ts

WITH sampled AS (SELECT * FROM (SELECT CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS id_maid, CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS id_ip, CAST(l."UID2" AS VARCHAR) AS id_uid2, CAST(l."UUID2" AS VARCHAR) AS id_uuid2 FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_touched_1")) LIMIT 200000) some_rows), found AS (SELECT 'MAID' AS kind, v.id, CASE WHEN (v.id LIKE '%*%' OR v.id LIKE '%#%' OR (length(v.id) > 2 AND replace(v.id, substr(v.id, 1, 1), '') = '' AND substr(v.id, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F', '-', '.', '_', '/', ' ')) OR lower(v.id) LIKE '%xxx%' OR (length(v.id) = 64 AND REGEXP_LIKE(v.id, '^([0-9a-fA-F]{64})$') AND lower(v.id) NOT IN ('d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '9f89c84a559f573636a47ff8daed0d33', 'b602d594afd2b0b327e07a06f36ca6a7e42546d0', '12b9377cbe7e5c94e8a70d9d23929523d14afa954793130f8a3959c7b849aca8', 'cd9e459ea708a948d5c2f5a6ca8838cf', '91d3d1f86024e49f0e35314258b357a8944068a1', '84e0c0eafaa95a34c293f278ac52e45ce537bab5e752a00e6959a13ae103b65a'))) THEN 1 ELSE 0 END AS is_masked, v.id_rows
FROM (SELECT id_maid AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT (v.id IS NULL OR REGEXP_LIKE(v.id, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) UNION ALL SELECT 'IP' AS kind, v.id, CASE WHEN (v.id LIKE '%*%' OR v.id LIKE '%#%' OR (length(v.id) > 2 AND replace(v.id, substr(v.id, 1, 1), '') = '' AND substr(v.id, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F', '-', '.', '_', '/', ' ')) OR lower(v.id) LIKE '%xxx%' OR (length(v.id) = 64 AND REGEXP_LIKE(v.id, '^([0-9a-fA-F]{64})$') AND lower(v.id) NOT IN ('d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '9f89c84a559f573636a47ff8daed0d33', 'b602d594afd2b0b327e07a06f36ca6a7e42546d0', '12b9377cbe7e5c94e8a70d9d23929523d14afa954793130f8a3959c7b849aca8', 'cd9e459ea708a948d5c2f5a6ca8838cf', '91d3d1f86024e49f0e35314258b357a8944068a1', '84e0c0eafaa95a34c293f278ac52e45ce537bab5e752a00e6959a13ae103b65a'))) THEN 1 ELSE 0 END AS is_masked, v.id_rows
FROM (SELECT id_ip AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT (v.id IS NULL OR REGEXP_LIKE(v.id, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) UNION ALL SELECT 'UID2' AS kind, v.id, CASE WHEN (v.id LIKE '%*%' OR v.id LIKE '%#%' OR (length(v.id) > 2 AND replace(v.id, substr(v.id, 1, 1), '') = '' AND substr(v.id, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F', '-', '.', '_', '/', ' '))) THEN 1 ELSE 0 END AS is_masked, v.id_rows
FROM (SELECT id_uid2 AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT (v.id IS NULL OR REGEXP_LIKE(v.id, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) UNION ALL SELECT 'UUID2' AS kind, v.id, CASE WHEN (v.id LIKE '%*%' OR v.id LIKE '%#%' OR (length(v.id) > 2 AND replace(v.id, substr(v.id, 1, 1), '') = '' AND substr(v.id, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F', '-', '.', '_', '/', ' '))) THEN 1 ELSE 0 END AS is_masked, v.id_rows
FROM (SELECT id_uuid2 AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT (v.id IS NULL OR REGEXP_LIKE(v.id, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')))
SELECT kind, SUM(id_rows) AS value_count, SUM(is_masked * id_rows) AS masked_count,
MAX(CASE WHEN replace(replace(replace(replace(id, '0', ''), '-', ''), '.', ''), ':', '') = '' THEN 0 ELSE id_rows END) AS commonest
FROM found GROUP BY kind;

WITH sampled AS (SELECT * FROM (SELECT CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS id_maid, CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS id_ip, CAST(l."UID2" AS VARCHAR) AS id_uid2, CAST(l."UUID2" AS VARCHAR) AS id_uuid2 FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE TRUE LIMIT 200000) some_rows), found AS (SELECT 'MAID' AS kind, v.id, CASE WHEN (v.id LIKE '%*%' OR v.id LIKE '%#%' OR (length(v.id) > 2 AND replace(v.id, substr(v.id, 1, 1), '') = '' AND substr(v.id, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F', '-', '.', '_', '/', ' ')) OR lower(v.id) LIKE '%xxx%' OR (length(v.id) = 64 AND REGEXP_LIKE(v.id, '^([0-9a-fA-F]{64})$') AND lower(v.id) NOT IN ('d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '9f89c84a559f573636a47ff8daed0d33', 'b602d594afd2b0b327e07a06f36ca6a7e42546d0', '12b9377cbe7e5c94e8a70d9d23929523d14afa954793130f8a3959c7b849aca8', 'cd9e459ea708a948d5c2f5a6ca8838cf', '91d3d1f86024e49f0e35314258b357a8944068a1', '84e0c0eafaa95a34c293f278ac52e45ce537bab5e752a00e6959a13ae103b65a'))) THEN 1 ELSE 0 END AS is_masked, v.id_rows
FROM (SELECT id_maid AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT (v.id IS NULL OR REGEXP_LIKE(v.id, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) UNION ALL SELECT 'IP' AS kind, v.id, CASE WHEN (v.id LIKE '%*%' OR v.id LIKE '%#%' OR (length(v.id) > 2 AND replace(v.id, substr(v.id, 1, 1), '') = '' AND substr(v.id, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F', '-', '.', '_', '/', ' ')) OR lower(v.id) LIKE '%xxx%' OR (length(v.id) = 64 AND REGEXP_LIKE(v.id, '^([0-9a-fA-F]{64})$') AND lower(v.id) NOT IN ('d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '9f89c84a559f573636a47ff8daed0d33', 'b602d594afd2b0b327e07a06f36ca6a7e42546d0', '12b9377cbe7e5c94e8a70d9d23929523d14afa954793130f8a3959c7b849aca8', 'cd9e459ea708a948d5c2f5a6ca8838cf', '91d3d1f86024e49f0e35314258b357a8944068a1', '84e0c0eafaa95a34c293f278ac52e45ce537bab5e752a00e6959a13ae103b65a'))) THEN 1 ELSE 0 END AS is_masked, v.id_rows
FROM (SELECT id_ip AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT (v.id IS NULL OR REGEXP_LIKE(v.id, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) UNION ALL SELECT 'UID2' AS kind, v.id, CASE WHEN (v.id LIKE '%*%' OR v.id LIKE '%#%' OR (length(v.id) > 2 AND replace(v.id, substr(v.id, 1, 1), '') = '' AND substr(v.id, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F', '-', '.', '_', '/', ' '))) THEN 1 ELSE 0 END AS is_masked, v.id_rows
FROM (SELECT id_uid2 AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT (v.id IS NULL OR REGEXP_LIKE(v.id, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) UNION ALL SELECT 'UUID2' AS kind, v.id, CASE WHEN (v.id LIKE '%*%' OR v.id LIKE '%#%' OR (length(v.id) > 2 AND replace(v.id, substr(v.id, 1, 1), '') = '' AND substr(v.id, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F', '-', '.', '_', '/', ' '))) THEN 1 ELSE 0 END AS is_masked, v.id_rows
FROM (SELECT id_uuid2 AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT (v.id IS NULL OR REGEXP_LIKE(v.id, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')))
SELECT kind, SUM(id_rows) AS value_count, SUM(is_masked * id_rows) AS masked_count,
MAX(CASE WHEN replace(replace(replace(replace(id, '0', ''), '-', ''), '.', ''), ':', '') = '' THEN 0 ELSE id_rows END) AS commonest
FROM found GROUP BY kind;

WITH sampled AS (SELECT * FROM (SELECT CAST(l."MAID" AS VARCHAR) AS id_maid, CAST(l."IP_ADDRESS" AS VARCHAR) AS id_ip, CAST(l."GROUPING_INDICATOR" AS VARCHAR) AS id_rampid FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" l WHERE TRUE LIMIT 200000) some_rows), found AS (SELECT 'MAID' AS kind, v.id, CASE WHEN (v.id LIKE '%*%' OR v.id LIKE '%#%' OR (length(v.id) > 2 AND replace(v.id, substr(v.id, 1, 1), '') = '' AND substr(v.id, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F', '-', '.', '_', '/', ' ')) OR lower(v.id) LIKE '%xxx%' OR (length(v.id) = 64 AND REGEXP_LIKE(v.id, '^([0-9a-fA-F]{64})$') AND lower(v.id) NOT IN ('d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '9f89c84a559f573636a47ff8daed0d33', 'b602d594afd2b0b327e07a06f36ca6a7e42546d0', '12b9377cbe7e5c94e8a70d9d23929523d14afa954793130f8a3959c7b849aca8', 'cd9e459ea708a948d5c2f5a6ca8838cf', '91d3d1f86024e49f0e35314258b357a8944068a1', '84e0c0eafaa95a34c293f278ac52e45ce537bab5e752a00e6959a13ae103b65a'))) THEN 1 ELSE 0 END AS is_masked, v.id_rows
FROM (SELECT id_maid AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT (v.id IS NULL OR REGEXP_LIKE(v.id, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) UNION ALL SELECT 'IP' AS kind, v.id, CASE WHEN (v.id LIKE '%*%' OR v.id LIKE '%#%' OR (length(v.id) > 2 AND replace(v.id, substr(v.id, 1, 1), '') = '' AND substr(v.id, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F', '-', '.', '_', '/', ' ')) OR lower(v.id) LIKE '%xxx%' OR (length(v.id) = 64 AND REGEXP_LIKE(v.id, '^([0-9a-fA-F]{64})$') AND lower(v.id) NOT IN ('d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '9f89c84a559f573636a47ff8daed0d33', 'b602d594afd2b0b327e07a06f36ca6a7e42546d0', '12b9377cbe7e5c94e8a70d9d23929523d14afa954793130f8a3959c7b849aca8', 'cd9e459ea708a948d5c2f5a6ca8838cf', '91d3d1f86024e49f0e35314258b357a8944068a1', '84e0c0eafaa95a34c293f278ac52e45ce537bab5e752a00e6959a13ae103b65a'))) THEN 1 ELSE 0 END AS is_masked, v.id_rows
FROM (SELECT id_ip AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT (v.id IS NULL OR REGEXP_LIKE(v.id, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')) UNION ALL SELECT 'RAMPID' AS kind, v.id, CASE WHEN (v.id LIKE '%*%' OR v.id LIKE '%#%' OR (length(v.id) > 2 AND replace(v.id, substr(v.id, 1, 1), '') = '' AND substr(v.id, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F', '-', '.', '_', '/', ' '))) THEN 1 ELSE 0 END AS is_masked, v.id_rows
FROM (SELECT id_rampid AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT (v.id IS NULL OR REGEXP_LIKE(v.id, '^([	- ]*(|0|[nN][uU][lL][lL]|[uU][nN][kK][nN][oO][wW][nN])[	- ]*)$')))
SELECT kind, SUM(id_rows) AS value_count, SUM(is_masked * id_rows) AS masked_count,
MAX(CASE WHEN replace(replace(replace(replace(id, '0', ''), '-', ''), '.', ''), ':', '') = '' THEN 0 ELSE id_rows END) AS commonest
FROM found GROUP BY kind;

-- reach/owned-rows.ts

SELECT o.advertiser, SUM(e.key_rows) AS row_count FROM (SELECT "KEY_NO", COUNT(*) AS key_rows FROM "AQUARIUS"."REACH_EXPOSURES" x GROUP BY "KEY_NO") e JOIN "aq_owned_1" o ON o.key_no = e."KEY_NO" WHERE o.owners = 1 GROUP BY o.advertiser;

-- reach/ownership.ts

CREATE TEMPORARY TABLE "aq_owned_1" AS SELECT agency, platform, dsp, io, li, own, k_io, advertiser, owners FROM (WITH log_keys AS (SELECT ROW_NUMBER() OVER (ORDER BY agency, platform, dsp, io, li, own) AS key_no, agency, platform, dsp, io, li, own,
NULLIF(COALESCE(REGEXP_SUBSTR(CAST(platform AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(platform AS VARCHAR), 1, 0)), '') AS k_platform, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_io, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(own AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(own AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_own
FROM (SELECT DISTINCT "AGENCY_ID" AS agency, "DSP_PLATFORM_TYPE" AS platform, "DSP_ADVERTISER_ID" AS dsp, "INSERTION_ORDER_ID" AS io, "LINE_ITEM_ID" AS li, "ADVERTISER_ID" AS own FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG") raw_keys WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?), mappings AS (
SELECT DISTINCT NULLIF(COALESCE(REGEXP_SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), 1, 0)), '') AS m_platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
), contenders AS (
SELECT key_no, k_own AS advertiser FROM log_keys WHERE k_own IS NOT NULL
UNION
SELECT c.key_no, c.advertiser FROM (SELECT k.key_no, m.m_advertiser AS advertiser
FROM log_keys k JOIN mappings m ON k.k_dsp = m.m_dsp WHERE m.m_advertiser IS NOT NULL) c JOIN log_keys k ON k.key_no = c.key_no WHERE k.k_own IS NULL
), judged AS (
SELECT key_no, advertiser, COUNT(*) OVER (PARTITION BY key_no) AS owners FROM contenders
)
SELECT * FROM judged JOIN log_keys USING (key_no));

CREATE TEMPORARY TABLE "aq_owned_1" AS SELECT agency, platform, dsp, io, li, own, k_io, advertiser, owners FROM (WITH log_keys AS (SELECT ROW_NUMBER() OVER (ORDER BY agency, platform, dsp, io, li, own) AS key_no, agency, platform, dsp, io, li, own,
NULLIF(COALESCE(REGEXP_SUBSTR(CAST(platform AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(platform AS VARCHAR), 1, 0)), '') AS k_platform, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_io, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(own AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(own AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_own
FROM (SELECT DISTINCT "AGENCY_ID" AS agency, "DSP_PLATFORM_TYPE" AS platform, "DSP_ADVERTISER_ID" AS dsp, "INSERTION_ORDER_ID" AS io, "LINE_ITEM_ID" AS li, CAST(NULL AS VARCHAR) AS own FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2") raw_keys WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?), mappings AS (
SELECT DISTINCT NULLIF(COALESCE(REGEXP_SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), 1, 0)), '') AS m_platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
), contenders AS (
SELECT key_no, k_own AS advertiser FROM log_keys WHERE k_own IS NOT NULL
UNION
SELECT c.key_no, c.advertiser FROM (SELECT k.key_no, m.m_advertiser AS advertiser
FROM log_keys k JOIN mappings m ON k.k_dsp = m.m_dsp WHERE m.m_advertiser IS NOT NULL) c JOIN log_keys k ON k.key_no = c.key_no WHERE k.k_own IS NULL
), judged AS (
SELECT key_no, advertiser, COUNT(*) OVER (PARTITION BY key_no) AS owners FROM contenders
)
SELECT * FROM judged JOIN log_keys USING (key_no));

CREATE TEMPORARY TABLE "aq_owned_1" AS SELECT agency, platform, dsp, io, li, own, k_io, advertiser, owners FROM (WITH log_keys AS (SELECT ROW_NUMBER() OVER (ORDER BY agency, platform, dsp, io, li, own) AS key_no, agency, platform, dsp, io, li, own,
NULLIF(COALESCE(REGEXP_SUBSTR(CAST(platform AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(platform AS VARCHAR), 1, 0)), '') AS k_platform, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_io, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(own AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(own AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS k_own
FROM (SELECT DISTINCT "AGENCY_ID" AS agency, "DSP_PLATFORM_TYPE" AS platform, "DSP_ADVERTISER_ID" AS dsp, "INSERTION_ORDER_ID" AS io, "LINE_ITEM_ID" AS li, CAST(NULL AS VARCHAR) AS own FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2") raw_keys WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?), mappings AS (
SELECT DISTINCT NULLIF(COALESCE(REGEXP_SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), 1, 0)), '') AS m_platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
), contenders AS (
SELECT key_no, k_own AS advertiser FROM log_keys WHERE k_own IS NOT NULL
UNION
SELECT c.key_no, c.advertiser FROM (SELECT key_no, m_advertiser AS advertiser FROM (
SELECT k.key_no, m.m_advertiser, (CASE WHEN m.m_li IS NULL THEN 0 ELSE 2 END + CASE WHEN m.m_io IS NULL THEN 0 ELSE 1 END) AS specificity, MAX((CASE WHEN m.m_li IS NULL THEN 0 ELSE 2 END + CASE WHEN m.m_io IS NULL THEN 0 ELSE 1 END)) OVER (PARTITION BY k.key_no) AS best
FROM log_keys k JOIN mappings m
ON k.k_platform = m.m_platform AND k.k_dsp = m.m_dsp
AND (m.m_io IS NULL OR m.m_io = k.k_io) AND (m.m_li IS NULL OR m.m_li = k.k_li)
WHERE m.m_advertiser IS NOT NULL
) WHERE specificity = best) c JOIN log_keys k ON k.key_no = c.key_no WHERE k.k_own IS NULL
), judged AS (
SELECT key_no, advertiser, COUNT(*) OVER (PARTITION BY key_no) AS owners FROM contenders
)
SELECT * FROM judged JOIN log_keys USING (key_no));

CREATE TEMPORARY TABLE "aq_owned_1" AS SELECT key_no, k_io, io_name, advertiser, owners FROM (WITH log_keys AS (SELECT KEY_NO AS key_no, PLATFORM AS k_platform, DSP_ADVERTISER_ID AS k_dsp, INSERTION_ORDER_ID AS k_io,
LINE_ITEM_ID AS k_li, ADVERTISER_ID AS k_own, INSERTION_ORDER_NAME AS io_name
FROM "AQUARIUS"."REACH_KEYS" WHERE SOURCE = ? AND AGENCY_ID = ?), mappings AS (
SELECT DISTINCT NULLIF(COALESCE(REGEXP_SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), 1, 0)), '') AS m_platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
), contenders AS (
SELECT key_no, k_own AS advertiser FROM log_keys WHERE k_own IS NOT NULL
UNION
SELECT c.key_no, c.advertiser FROM (SELECT k.key_no, m.m_advertiser AS advertiser
FROM log_keys k JOIN mappings m ON k.k_dsp = m.m_dsp WHERE m.m_advertiser IS NOT NULL) c JOIN log_keys k ON k.key_no = c.key_no WHERE k.k_own IS NULL
), judged AS (
SELECT key_no, advertiser, COUNT(*) OVER (PARTITION BY key_no) AS owners FROM contenders
)
SELECT * FROM judged JOIN log_keys USING (key_no)) ORDER BY advertiser, key_no;

CREATE TEMPORARY TABLE "aq_owned_1" AS SELECT key_no, k_io, io_name, advertiser, owners FROM (WITH log_keys AS (SELECT KEY_NO AS key_no, PLATFORM AS k_platform, DSP_ADVERTISER_ID AS k_dsp, INSERTION_ORDER_ID AS k_io,
LINE_ITEM_ID AS k_li, ADVERTISER_ID AS k_own, INSERTION_ORDER_NAME AS io_name
FROM "AQUARIUS"."REACH_KEYS" WHERE SOURCE = ? AND AGENCY_ID = ?), mappings AS (
SELECT DISTINCT NULLIF(COALESCE(REGEXP_SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), 1, 0)), '') AS m_platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
), contenders AS (
SELECT key_no, k_own AS advertiser FROM log_keys WHERE k_own IS NOT NULL
UNION
SELECT c.key_no, c.advertiser FROM (SELECT key_no, k_dsp AS advertiser FROM log_keys WHERE k_dsp IS NOT NULL) c JOIN log_keys k ON k.key_no = c.key_no WHERE k.k_own IS NULL
), judged AS (
SELECT key_no, advertiser, COUNT(*) OVER (PARTITION BY key_no) AS owners FROM contenders
)
SELECT * FROM judged JOIN log_keys USING (key_no)) ORDER BY advertiser, key_no;

CREATE TEMPORARY TABLE "aq_owned_1" AS SELECT key_no, k_io, io_name, advertiser, owners FROM (WITH log_keys AS (SELECT KEY_NO AS key_no, PLATFORM AS k_platform, DSP_ADVERTISER_ID AS k_dsp, INSERTION_ORDER_ID AS k_io,
LINE_ITEM_ID AS k_li, ADVERTISER_ID AS k_own, INSERTION_ORDER_NAME AS io_name
FROM "AQUARIUS"."REACH_KEYS" WHERE SOURCE = ? AND AGENCY_ID = ?), mappings AS (
SELECT DISTINCT NULLIF(COALESCE(REGEXP_SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), 1, 0)), '') AS m_platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
), contenders AS (
SELECT key_no, k_own AS advertiser FROM log_keys WHERE k_own IS NOT NULL
UNION
SELECT c.key_no, c.advertiser FROM (SELECT key_no, m_advertiser AS advertiser FROM (
SELECT k.key_no, m.m_advertiser, (CASE WHEN m.m_li IS NULL THEN 0 ELSE 2 END + CASE WHEN m.m_io IS NULL THEN 0 ELSE 1 END) AS specificity, MAX((CASE WHEN m.m_li IS NULL THEN 0 ELSE 2 END + CASE WHEN m.m_io IS NULL THEN 0 ELSE 1 END)) OVER (PARTITION BY k.key_no) AS best
FROM log_keys k JOIN mappings m
ON k.k_platform = m.m_platform AND k.k_dsp = m.m_dsp
AND (m.m_io IS NULL OR m.m_io = k.k_io) AND (m.m_li IS NULL OR m.m_li = k.k_li)
WHERE m.m_advertiser IS NOT NULL
) WHERE specificity = best) c JOIN log_keys k ON k.key_no = c.key_no WHERE k.k_own IS NULL
), judged AS (
SELECT key_no, advertiser, COUNT(*) OVER (PARTITION BY key_no) AS owners FROM contenders
)
SELECT * FROM judged JOIN log_keys USING (key_no)) ORDER BY advertiser, key_no;

CREATE TEMPORARY TABLE "aq_owned_1" AS SELECT key_no, k_io, io_name, advertiser, owners FROM (WITH log_keys AS (SELECT KEY_NO AS key_no, PLATFORM AS k_platform, DSP_ADVERTISER_ID AS k_dsp, INSERTION_ORDER_ID AS k_io,
LINE_ITEM_ID AS k_li, ADVERTISER_ID AS k_own, INSERTION_ORDER_NAME AS io_name
FROM "aq_reach_keys_1" WHERE SOURCE = ? AND AGENCY_ID = ?), mappings AS (
SELECT DISTINCT NULLIF(COALESCE(REGEXP_SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), 1, 0)), '') AS m_platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
), contenders AS (
SELECT key_no, k_own AS advertiser FROM log_keys WHERE k_own IS NOT NULL
UNION
SELECT c.key_no, c.advertiser FROM (SELECT k.key_no, m.m_advertiser AS advertiser
FROM log_keys k JOIN mappings m ON k.k_dsp = m.m_dsp WHERE m.m_advertiser IS NOT NULL) c JOIN log_keys k ON k.key_no = c.key_no WHERE k.k_own IS NULL
), judged AS (
SELECT key_no, advertiser, COUNT(*) OVER (PARTITION BY key_no) AS owners FROM contenders
)
SELECT * FROM judged JOIN log_keys USING (key_no)) ORDER BY advertiser, key_no;

CREATE TEMPORARY TABLE "aq_owned_1" AS SELECT key_no, k_io, io_name, advertiser, owners FROM (WITH log_keys AS (SELECT KEY_NO AS key_no, PLATFORM AS k_platform, DSP_ADVERTISER_ID AS k_dsp, INSERTION_ORDER_ID AS k_io,
LINE_ITEM_ID AS k_li, ADVERTISER_ID AS k_own, INSERTION_ORDER_NAME AS io_name
FROM "aq_reach_keys_1" WHERE SOURCE = ? AND AGENCY_ID = ?), mappings AS (
SELECT DISTINCT NULLIF(COALESCE(REGEXP_SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), 1, 0)), '') AS m_platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
), contenders AS (
SELECT key_no, k_own AS advertiser FROM log_keys WHERE k_own IS NOT NULL
UNION
SELECT c.key_no, c.advertiser FROM (SELECT key_no, k_dsp AS advertiser FROM log_keys WHERE k_dsp IS NOT NULL) c JOIN log_keys k ON k.key_no = c.key_no WHERE k.k_own IS NULL
), judged AS (
SELECT key_no, advertiser, COUNT(*) OVER (PARTITION BY key_no) AS owners FROM contenders
)
SELECT * FROM judged JOIN log_keys USING (key_no)) ORDER BY advertiser, key_no;

CREATE TEMPORARY TABLE "aq_owned_1" AS SELECT key_no, k_io, io_name, advertiser, owners FROM (WITH log_keys AS (SELECT KEY_NO AS key_no, PLATFORM AS k_platform, DSP_ADVERTISER_ID AS k_dsp, INSERTION_ORDER_ID AS k_io,
LINE_ITEM_ID AS k_li, ADVERTISER_ID AS k_own, INSERTION_ORDER_NAME AS io_name
FROM "aq_reach_keys_1" WHERE SOURCE = ? AND AGENCY_ID = ?), mappings AS (
SELECT DISTINCT NULLIF(COALESCE(REGEXP_SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), 1, 0)), '') AS m_platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
), contenders AS (
SELECT key_no, k_own AS advertiser FROM log_keys WHERE k_own IS NOT NULL
UNION
SELECT c.key_no, c.advertiser FROM (SELECT key_no, m_advertiser AS advertiser FROM (
SELECT k.key_no, m.m_advertiser, (CASE WHEN m.m_li IS NULL THEN 0 ELSE 2 END + CASE WHEN m.m_io IS NULL THEN 0 ELSE 1 END) AS specificity, MAX((CASE WHEN m.m_li IS NULL THEN 0 ELSE 2 END + CASE WHEN m.m_io IS NULL THEN 0 ELSE 1 END)) OVER (PARTITION BY k.key_no) AS best
FROM log_keys k JOIN mappings m
ON k.k_platform = m.m_platform AND k.k_dsp = m.m_dsp
AND (m.m_io IS NULL OR m.m_io = k.k_io) AND (m.m_li IS NULL OR m.m_li = k.k_li)
WHERE m.m_advertiser IS NOT NULL
) WHERE specificity = best) c JOIN log_keys k ON k.key_no = c.key_no WHERE k.k_own IS NULL
), judged AS (
SELECT key_no, advertiser, COUNT(*) OVER (PARTITION BY key_no) AS owners FROM contenders
)
SELECT * FROM judged JOIN log_keys USING (key_no)) ORDER BY advertiser, key_no;

SELECT COUNT(*) AS mapping_count, CAST(SUM(HASH(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), CAST("DSP_ADVERTISER_ID" AS VARCHAR), CAST("INSERTION_ORDER_ID" AS VARCHAR), CAST("LINE_ITEM_ID" AS VARCHAR), CAST("QUORUM_ADVERTISER_ID" AS VARCHAR))) AS VARCHAR) AS mapping_sum
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?;

SELECT SUM(CASE WHEN o.owners = 1 THEN 1 ELSE 0 END) AS own, SUM(CASE WHEN o.owners > 1 THEN 1 ELSE 0 END) AS contested FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN "aq_owned_1" o ON o.key_no = e."KEY_NO" WHERE o.advertiser = ? AND NULLIF(e."SEEN_AT", TIMESTAMP '9999-12-31 00:00:00') >= ?;

SELECT SUM(CASE WHEN o.owners = 1 THEN 1 ELSE 0 END) AS own, SUM(CASE WHEN o.owners > 1 THEN 1 ELSE 0 END) AS contested FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN "aq_owned_1" o ON o.key_no = e."KEY_NO" WHERE o.advertiser = ? AND TRUE;

SELECT SUM(CASE WHEN o.owners = 1 THEN 1 ELSE 0 END) AS own, SUM(CASE WHEN o.owners > 1 THEN 1 ELSE 0 END) AS contested FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li WHERE o.advertiser = ? AND TRUE;

SELECT SUM(CASE WHEN o.owners = 1 THEN 1 ELSE 0 END) AS own, SUM(CASE WHEN o.owners > 1 THEN 1 ELSE 0 END) AS contested FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li WHERE o.advertiser = ? AND l."AUCTION_TIMESTAMP" >= ?;

SELECT SUM(CASE WHEN o.owners = 1 THEN 1 ELSE 0 END) AS own, SUM(CASE WHEN o.owners > 1 THEN 1 ELSE 0 END) AS contested FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li AND l."ADVERTISER_ID" IS NOT DISTINCT FROM o.own WHERE o.advertiser = ? AND l."IMPRESSION_TIMESTAMP" >= ?;

SELECT SUM(CASE WHEN o.owners = 1 THEN 1 ELSE 0 END) AS own, SUM(CASE WHEN o.owners > 1 THEN 1 ELSE 0 END) AS contested FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN "aq_owned_1" o ON o.key_no = e."KEY_NO" WHERE o.advertiser = ? AND NULLIF(e."SEEN_AT", TIMESTAMP '9999-12-31 00:00:00') >= ?;

SELECT SUM(CASE WHEN o.owners = 1 THEN 1 ELSE 0 END) AS own, SUM(CASE WHEN o.owners > 1 THEN 1 ELSE 0 END) AS contested FROM (SELECT e.* FROM "AQUARIUS"."REACH_EXPOSURES" e WHERE NOT EXISTS (SELECT 1 FROM "AQUARIUS"."REACH_KEYS" k JOIN "aq_touched_1" t ON t.agency = k.RAW_AGENCY
WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ? AND t.day = CASE WHEN e.SEEN_AT >= TIMESTAMP '0001-01-02 00:00:00' AND e.SEEN_AT < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(e.SEEN_AT AS DATE) ELSE DATE '0001-01-01' END) UNION ALL SELECT * FROM "aq_reach_rows_1") e JOIN "aq_owned_1" o ON o.key_no = e."KEY_NO" WHERE o.advertiser = ? AND TRUE;

SELECT advertiser, SUM(CASE WHEN o.owners = 1 THEN 1 ELSE 0 END) AS own, SUM(CASE WHEN o.owners > 1 THEN 1 ELSE 0 END) AS contested FROM "aq_owned_1" o GROUP BY advertiser;

SELECT m_advertiser, SUM(CASE WHEN TRUE THEN 1 ELSE 0 END) AS usable, SUM(CASE WHEN TRUE THEN 0 ELSE 1 END) AS unreadable
FROM (SELECT DISTINCT NULLIF(COALESCE(REGEXP_SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), 1, 0)), '') AS m_platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?) WHERE m_advertiser IS NOT NULL AND m_dsp IS NOT NULL GROUP BY m_advertiser;

SELECT m_advertiser, SUM(CASE WHEN m_platform IS NOT NULL THEN 1 ELSE 0 END) AS usable, SUM(CASE WHEN m_platform IS NOT NULL THEN 0 ELSE 1 END) AS unreadable
FROM (SELECT DISTINCT NULLIF(COALESCE(REGEXP_SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST("DSP_PLATFORM_TYPE" AS VARCHAR), 1, 0)), '') AS m_platform,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("DSP_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_dsp,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("INSERTION_ORDER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_io,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("LINE_ITEM_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_li,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS m_advertiser
FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?) WHERE m_advertiser IS NOT NULL AND m_dsp IS NOT NULL GROUP BY m_advertiser;

-- reach/place-categories.ts

SELECT advertiser, category, COUNT(*) AS places FROM (
SELECT REGEXP_REPLACE(REGEXP_REPLACE(CAST(p."ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS advertiser, d.category AS category
FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" p LEFT JOIN (
SELECT REGEXP_REPLACE(REGEXP_REPLACE(CAST("SEGMENT_UNIQUE_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS place, MAX(CAST("CATEGORY" AS VARCHAR)) AS category
FROM "BASE_TABLES"."SEGMENT_METADATA" GROUP BY 1
) d ON d.place = CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(p."SEGMENT_UNIQUE_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(p."SEGMENT_UNIQUE_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(p."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
) GROUP BY advertiser, category ORDER BY advertiser, category;

-- reach/prepared-reach.ts

CREATE TEMPORARY TABLE "aq_reach_keys_1" AS SELECT * FROM "AQUARIUS"."REACH_KEYS";

CREATE TEMPORARY TABLE "aq_reach_rows_1" AS SELECT * FROM "AQUARIUS"."REACH_EXPOSURES" LIMIT 0;

-- reach/reach-status.ts

SELECT COUNT(*) AS row_count FROM "AQUARIUS"."REACH_EXPOSURES" WHERE KEY_NO IN (SELECT KEY_NO FROM "AQUARIUS"."REACH_KEYS" WHERE SOURCE = ?);

SELECT COUNT(*) AS row_count FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY";

SELECT COUNT(DISTINCT CASE WHEN KEPT AND DAY > DATE '0001-01-01' AND DAY <= CAST(CAST(? AS TIMESTAMP) AS DATE) THEN DAY END) AS days,
CAST(MIN(CASE WHEN KEPT AND DAY > DATE '0001-01-01' THEN DAY END) AS VARCHAR) AS first_day,
CAST(MAX(CASE WHEN KEPT AND DAY > DATE '0001-01-01' AND DAY <= CAST(CAST(? AS TIMESTAMP) AS DATE) THEN DAY END) AS VARCHAR) AS last_day,
SUM(CASE WHEN DAY > CAST(CAST(? AS TIMESTAMP) AS DATE) THEN SOURCE_ROWS ELSE 0 END) AS future_rows,
SUM(CASE WHEN DAY = DATE '0001-01-01' THEN SOURCE_ROWS ELSE 0 END) AS undated_rows
FROM "AQUARIUS"."REACH_DAYS" WHERE PRODUCT = ? AND SOURCE = ?;

-- reach/refresh.ts

CREATE TEMPORARY TABLE "aq_noted_days_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, COUNT(*) AS row_count,
MAX(l."INGESTION_TIMESTAMP") AS newest, CAST(SUM(HASH(l."AUCTION_TIMESTAMP")) AS VARCHAR) AS mark
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND ((l."AUCTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" < TIMESTAMP '0001-01-02 00:00:00' OR l."AUCTION_TIMESTAMP" >= TIMESTAMP '9999-12-31 00:00:00') AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) GROUP BY 1, 2;

CREATE TEMPORARY TABLE "aq_noted_days_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, COUNT(*) AS row_count,
MAX(l."INGESTION_TIMESTAMP") AS newest, CAST(SUM(HASH(l."AUCTION_TIMESTAMP")) AS VARCHAR) AS mark
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_touched_1")) GROUP BY 1, 2;

CREATE TEMPORARY TABLE "aq_noted_days_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, COUNT(*) AS row_count,
MAX(l."INGESTION_TIMESTAMP") AS newest, CAST(SUM(HASH(l."AUCTION_TIMESTAMP")) AS VARCHAR) AS mark
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) GROUP BY 1, 2;

CREATE TEMPORARY TABLE "aq_noted_days_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, COUNT(*) AS row_count,
MAX(l."INGESTION_TIMESTAMP") AS newest, CAST(SUM(HASH(l."AUCTION_TIMESTAMP")) AS VARCHAR) AS mark
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) GROUP BY 1, 2;

-- reach/site-rows.ts

CREATE TEMPORARY TABLE "aq_hosts_1" AS SELECT CAST('' AS VARCHAR) AS authority, CAST('' AS VARCHAR) AS advertiser LIMIT 0;

INSERT INTO "aq_hosts_1" VALUES (?, ?);

SELECT CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("Advertiser_id" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("Advertiser_id" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS advertiser_id, "URL" AS url
FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST("Agency_Id" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?;

SELECT DISTINCT COALESCE(REGEXP_SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ 	]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\\\ 	]*)', 1, 1, 'e', 2), SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), 1, 0)) AS authority
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(e."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?;

-- reach/summary-groups.ts

CREATE TEMPORARY TABLE "aq_summary_keys_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY agency, platform, dsp, io, li) AS INTEGER) AS key_no FROM (
SELECT *, REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, CASE WHEN length(NULLIF(COALESCE(REGEXP_SUBSTR(CAST(raw_platform AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(raw_platform AS VARCHAR), 1, 0)), '')) <= 18 THEN CAST(NULLIF(COALESCE(REGEXP_SUBSTR(CAST(raw_platform AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(raw_platform AS VARCHAR), 1, 0)), '') AS BIGINT) END AS platform,
COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS dsp, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS io, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS li
FROM (SELECT DISTINCT CAST(l."AGENCY_ID" AS VARCHAR) AS raw_agency, CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS raw_platform, CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS raw_dsp, CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS raw_io, CAST(l."LINE_ITEM_ID" AS VARCHAR) AS raw_li FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_summary_spelled_1"))) found
) named;

CREATE TEMPORARY TABLE "aq_summary_keys_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY agency, platform, dsp, io, li) AS INTEGER) AS key_no FROM (
SELECT *, REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, CASE WHEN length(NULLIF(COALESCE(REGEXP_SUBSTR(CAST(raw_platform AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(raw_platform AS VARCHAR), 1, 0)), '')) <= 18 THEN CAST(NULLIF(COALESCE(REGEXP_SUBSTR(CAST(raw_platform AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(raw_platform AS VARCHAR), 1, 0)), '') AS BIGINT) END AS platform,
COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS dsp, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS io, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS li
FROM (SELECT DISTINCT CAST(l."AGENCY_ID" AS VARCHAR) AS raw_agency, CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS raw_platform, CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS raw_dsp, CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS raw_io, CAST(l."LINE_ITEM_ID" AS VARCHAR) AS raw_li FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE)) found
) named;

CREATE TEMPORARY TABLE "aq_summary_keys_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY agency, platform, dsp, io, li) AS INTEGER) AS key_no FROM (
SELECT *, REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, CASE WHEN length(NULLIF(COALESCE(REGEXP_SUBSTR(CAST(raw_platform AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(raw_platform AS VARCHAR), 1, 0)), '')) <= 18 THEN CAST(NULLIF(COALESCE(REGEXP_SUBSTR(CAST(raw_platform AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(raw_platform AS VARCHAR), 1, 0)), '') AS BIGINT) END AS platform,
COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_dsp AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS dsp, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_io AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS io, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(raw_li AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS li
FROM (SELECT DISTINCT CAST(l."AGENCY_ID" AS VARCHAR) AS raw_agency, CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS raw_platform, CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS raw_dsp, CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS raw_io, CAST(l."LINE_ITEM_ID" AS VARCHAR) AS raw_li FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE)) found
) named;

CREATE TEMPORARY TABLE "aq_summary_rows_1" AS SELECT k.key_no, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, v0.value_no AS creative_no, v1.value_no AS site_no, v2.value_no AS zip_no
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_summary_keys_1" k ON k.raw_agency IS NOT DISTINCT FROM CAST(l."AGENCY_ID" AS VARCHAR) AND k.raw_platform IS NOT DISTINCT FROM CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AND k.raw_dsp IS NOT DISTINCT FROM CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AND k.raw_io IS NOT DISTINCT FROM CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AND k.raw_li IS NOT DISTINCT FROM CAST(l."LINE_ITEM_ID" AS VARCHAR) JOIN "aq_summary_values_1" v0 ON v0.found IS NOT DISTINCT FROM CAST(l."CREATIVE_ID" AS VARCHAR) JOIN "aq_summary_values_2" v1 ON v1.found IS NOT DISTINCT FROM CAST(l."SITE_DOMAIN" AS VARCHAR) JOIN "aq_summary_values_3" v2 ON v2.found IS NOT DISTINCT FROM CAST(l."USER_POSTAL_CODE" AS VARCHAR) WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_summary_spelled_1"));

CREATE TEMPORARY TABLE "aq_summary_rows_1" AS SELECT k.key_no, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, v0.value_no AS creative_no, v1.value_no AS site_no, v2.value_no AS zip_no
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_summary_keys_1" k ON k.raw_agency IS NOT DISTINCT FROM CAST(l."AGENCY_ID" AS VARCHAR) AND k.raw_platform IS NOT DISTINCT FROM CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AND k.raw_dsp IS NOT DISTINCT FROM CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AND k.raw_io IS NOT DISTINCT FROM CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AND k.raw_li IS NOT DISTINCT FROM CAST(l."LINE_ITEM_ID" AS VARCHAR) JOIN "aq_summary_values_1" v0 ON v0.found IS NOT DISTINCT FROM CAST(l."CREATIVE_ID" AS VARCHAR) JOIN "aq_summary_values_2" v1 ON v1.found IS NOT DISTINCT FROM CAST(l."SITE_DOMAIN" AS VARCHAR) JOIN "aq_summary_values_3" v2 ON v2.found IS NOT DISTINCT FROM CAST(l."USER_POSTAL_CODE" AS VARCHAR) WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE);

CREATE TEMPORARY TABLE "aq_summary_rows_1" AS SELECT k.key_no, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, v0.value_no AS creative_no, v1.value_no AS site_no, v2.value_no AS zip_no
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_summary_keys_1" k ON k.raw_agency IS NOT DISTINCT FROM CAST(l."AGENCY_ID" AS VARCHAR) AND k.raw_platform IS NOT DISTINCT FROM CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AND k.raw_dsp IS NOT DISTINCT FROM CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AND k.raw_io IS NOT DISTINCT FROM CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AND k.raw_li IS NOT DISTINCT FROM CAST(l."LINE_ITEM_ID" AS VARCHAR) JOIN "aq_summary_values_1" v0 ON v0.found IS NOT DISTINCT FROM CAST(l."CREATIVE_ID" AS VARCHAR) JOIN "aq_summary_values_2" v1 ON v1.found IS NOT DISTINCT FROM CAST(l."SITE_DOMAIN" AS VARCHAR) JOIN "aq_summary_values_3" v2 ON v2.found IS NOT DISTINCT FROM CAST(l."USER_POSTAL_CODE" AS VARCHAR) WHERE (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE);

CREATE TEMPORARY TABLE "aq_summary_values_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY value) AS INTEGER) AS value_no FROM (
SELECT found, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS value
FROM (SELECT DISTINCT CAST(l."CREATIVE_ID" AS VARCHAR) AS found FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_summary_spelled_1"))) texts
) named;

CREATE TEMPORARY TABLE "aq_summary_values_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY value) AS INTEGER) AS value_no FROM (
SELECT found, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS value
FROM (SELECT DISTINCT CAST(l."CREATIVE_ID" AS VARCHAR) AS found FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE)) texts
) named;

CREATE TEMPORARY TABLE "aq_summary_values_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY value) AS INTEGER) AS value_no FROM (
SELECT found, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS value
FROM (SELECT DISTINCT CAST(l."CREATIVE_ID" AS VARCHAR) AS found FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE)) texts
) named;

CREATE TEMPORARY TABLE "aq_summary_values_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY value) AS INTEGER) AS value_no FROM (
SELECT found, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS value
FROM (SELECT DISTINCT CAST(l."SITE_DOMAIN" AS VARCHAR) AS found FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_summary_spelled_1"))) texts
) named;

CREATE TEMPORARY TABLE "aq_summary_values_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY value) AS INTEGER) AS value_no FROM (
SELECT found, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS value
FROM (SELECT DISTINCT CAST(l."SITE_DOMAIN" AS VARCHAR) AS found FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE)) texts
) named;

CREATE TEMPORARY TABLE "aq_summary_values_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY value) AS INTEGER) AS value_no FROM (
SELECT found, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS value
FROM (SELECT DISTINCT CAST(l."SITE_DOMAIN" AS VARCHAR) AS found FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE)) texts
) named;

CREATE TEMPORARY TABLE "aq_summary_values_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY value) AS INTEGER) AS value_no FROM (
SELECT found, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS value
FROM (SELECT DISTINCT CAST(l."USER_POSTAL_CODE" AS VARCHAR) AS found FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_summary_spelled_1"))) texts
) named;

CREATE TEMPORARY TABLE "aq_summary_values_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY value) AS INTEGER) AS value_no FROM (
SELECT found, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS value
FROM (SELECT DISTINCT CAST(l."USER_POSTAL_CODE" AS VARCHAR) AS found FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE)) texts
) named;

CREATE TEMPORARY TABLE "aq_summary_values_1" AS SELECT *, CAST(DENSE_RANK() OVER (ORDER BY value) AS INTEGER) AS value_no FROM (
SELECT found, COALESCE(CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(found AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END, '') AS value
FROM (SELECT DISTINCT CAST(l."USER_POSTAL_CODE" AS VARCHAR) AS found FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE)) texts
) named;

INSERT INTO "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" ("AGENCY_ID", "LOG_DATE", "DSP_PLATFORM_TYPE", "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID", "LINE_ITEM_ID", "DIM_TYPE", "DIM_VALUE", "IMPRESSIONS", "BUILT_AT", "SOURCE_WATERMARK")
SELECT k.agency, g.day, k.platform, k.dsp, k.io, k.li, ?, '', g.impressions, ?, t.newest FROM (SELECT key_no, day, COUNT(*) AS impressions FROM "aq_summary_rows_1" GROUP BY 1, 2) g
JOIN (SELECT DISTINCT key_no, agency, platform, dsp, io, li FROM "aq_summary_keys_1") k ON k.key_no = g.key_no
JOIN "aq_summary_days_1" t ON t.agency = k.agency AND t.day = g.day;

INSERT INTO "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" ("AGENCY_ID", "LOG_DATE", "DSP_PLATFORM_TYPE", "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID", "LINE_ITEM_ID", "DIM_TYPE", "DIM_VALUE", "IMPRESSIONS", "BUILT_AT", "SOURCE_WATERMARK")
SELECT k.agency, g.day, k.platform, k.dsp, k.io, k.li, ?, v.value, g.impressions, ?, t.newest FROM (SELECT key_no, day, creative_no AS value_no, COUNT(*) AS impressions FROM "aq_summary_rows_1" GROUP BY 1, 2, 3) g
JOIN (SELECT DISTINCT key_no, agency, platform, dsp, io, li FROM "aq_summary_keys_1") k ON k.key_no = g.key_no
JOIN "aq_summary_days_1" t ON t.agency = k.agency AND t.day = g.day JOIN (SELECT DISTINCT value_no, value FROM "aq_summary_values_1") v ON v.value_no = g.value_no;

INSERT INTO "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" ("AGENCY_ID", "LOG_DATE", "DSP_PLATFORM_TYPE", "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID", "LINE_ITEM_ID", "DIM_TYPE", "DIM_VALUE", "IMPRESSIONS", "BUILT_AT", "SOURCE_WATERMARK")
SELECT k.agency, g.day, k.platform, k.dsp, k.io, k.li, ?, v.value, g.impressions, ?, t.newest FROM (SELECT key_no, day, site_no AS value_no, COUNT(*) AS impressions FROM "aq_summary_rows_1" GROUP BY 1, 2, 3) g
JOIN (SELECT DISTINCT key_no, agency, platform, dsp, io, li FROM "aq_summary_keys_1") k ON k.key_no = g.key_no
JOIN "aq_summary_days_1" t ON t.agency = k.agency AND t.day = g.day JOIN (SELECT DISTINCT value_no, value FROM "aq_summary_values_1") v ON v.value_no = g.value_no;

INSERT INTO "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" ("AGENCY_ID", "LOG_DATE", "DSP_PLATFORM_TYPE", "DSP_ADVERTISER_ID", "INSERTION_ORDER_ID", "LINE_ITEM_ID", "DIM_TYPE", "DIM_VALUE", "IMPRESSIONS", "BUILT_AT", "SOURCE_WATERMARK")
SELECT k.agency, g.day, k.platform, k.dsp, k.io, k.li, ?, v.value, g.impressions, ?, t.newest FROM (SELECT key_no, day, zip_no AS value_no, COUNT(*) AS impressions FROM "aq_summary_rows_1" GROUP BY 1, 2, 3) g
JOIN (SELECT DISTINCT key_no, agency, platform, dsp, io, li FROM "aq_summary_keys_1") k ON k.key_no = g.key_no
JOIN "aq_summary_days_1" t ON t.agency = k.agency AND t.day = g.day JOIN (SELECT DISTINCT value_no, value FROM "aq_summary_values_1") v ON v.value_no = g.value_no;

-- reach/summary-names.ts

CREATE TEMPORARY TABLE "aq_named_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS platform, CAST(l."CREATIVE_ID" AS VARCHAR) AS id_0, CAST(l."CREATIVE_NAME" AS VARCHAR) AS name_0, MAX(l."AUCTION_TIMESTAMP") AS seen_at FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l
WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_summary_spelled_1")) AND CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END > DATE '0001-01-01' AND (l."INGESTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" <= l."INGESTION_TIMESTAMP" + INTERVAL '1 day') GROUP BY 1, 2, 3, 4;

CREATE TEMPORARY TABLE "aq_named_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS platform, CAST(l."CREATIVE_ID" AS VARCHAR) AS id_0, CAST(l."CREATIVE_NAME" AS VARCHAR) AS name_0, MAX(l."AUCTION_TIMESTAMP") AS seen_at FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l
WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) AND CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END > DATE '0001-01-01' AND (l."INGESTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" <= l."INGESTION_TIMESTAMP" + INTERVAL '1 day') GROUP BY 1, 2, 3, 4;

CREATE TEMPORARY TABLE "aq_named_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS platform, CAST(l."CREATIVE_ID" AS VARCHAR) AS id_0, CAST(l."CREATIVE_NAME" AS VARCHAR) AS name_0, MAX(l."AUCTION_TIMESTAMP") AS seen_at FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l
WHERE (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) AND CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END > DATE '0001-01-01' AND (l."INGESTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" <= l."INGESTION_TIMESTAMP" + INTERVAL '1 day') GROUP BY 1, 2, 3, 4;

CREATE TEMPORARY TABLE "aq_named_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS platform, CAST(l."CREATIVE_ID" AS VARCHAR) AS id_0, CAST(l."CREATIVE_NAME" AS VARCHAR) AS name_0, MAX(l."AUCTION_TIMESTAMP") AS seen_at FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l
WHERE l."AGENCY_ID" IS NOT NULL AND CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END > DATE '0001-01-01' AND (l."INGESTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" <= l."INGESTION_TIMESTAMP" + INTERVAL '1 day') GROUP BY 1, 2, 3, 4;

CREATE TEMPORARY TABLE "aq_named_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS platform, CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS id_0, CAST(l."DSP_ADVERTISER_NAME" AS VARCHAR) AS name_0, CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS id_1, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS name_1, CAST(l."LINE_ITEM_ID" AS VARCHAR) AS id_2, CAST(l."LINE_ITEM_NAME" AS VARCHAR) AS name_2, MAX(l."AUCTION_TIMESTAMP") AS seen_at FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l
WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_summary_spelled_1")) AND CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END > DATE '0001-01-01' AND (l."INGESTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" <= l."INGESTION_TIMESTAMP" + INTERVAL '1 day') GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

CREATE TEMPORARY TABLE "aq_named_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS platform, CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS id_0, CAST(l."DSP_ADVERTISER_NAME" AS VARCHAR) AS name_0, CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS id_1, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS name_1, CAST(l."LINE_ITEM_ID" AS VARCHAR) AS id_2, CAST(l."LINE_ITEM_NAME" AS VARCHAR) AS name_2, MAX(l."AUCTION_TIMESTAMP") AS seen_at FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l
WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) AND CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END > DATE '0001-01-01' AND (l."INGESTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" <= l."INGESTION_TIMESTAMP" + INTERVAL '1 day') GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

CREATE TEMPORARY TABLE "aq_named_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS platform, CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS id_0, CAST(l."DSP_ADVERTISER_NAME" AS VARCHAR) AS name_0, CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS id_1, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS name_1, CAST(l."LINE_ITEM_ID" AS VARCHAR) AS id_2, CAST(l."LINE_ITEM_NAME" AS VARCHAR) AS name_2, MAX(l."AUCTION_TIMESTAMP") AS seen_at FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l
WHERE (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) AND CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END > DATE '0001-01-01' AND (l."INGESTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" <= l."INGESTION_TIMESTAMP" + INTERVAL '1 day') GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

CREATE TEMPORARY TABLE "aq_named_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CAST(l."DSP_PLATFORM_TYPE" AS VARCHAR) AS platform, CAST(l."DSP_ADVERTISER_ID" AS VARCHAR) AS id_0, CAST(l."DSP_ADVERTISER_NAME" AS VARCHAR) AS name_0, CAST(l."INSERTION_ORDER_ID" AS VARCHAR) AS id_1, CAST(l."INSERTION_ORDER_NAME" AS VARCHAR) AS name_1, CAST(l."LINE_ITEM_ID" AS VARCHAR) AS id_2, CAST(l."LINE_ITEM_NAME" AS VARCHAR) AS name_2, MAX(l."AUCTION_TIMESTAMP") AS seen_at FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l
WHERE l."AGENCY_ID" IS NOT NULL AND CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END > DATE '0001-01-01' AND (l."INGESTION_TIMESTAMP" IS NULL OR l."AUCTION_TIMESTAMP" <= l."INGESTION_TIMESTAMP" + INTERVAL '1 day') GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

CREATE TEMPORARY TABLE "aq_names_1" AS SELECT agency, platform, kind, id, name, seen_at FROM (
SELECT *, ROW_NUMBER() OVER (PARTITION BY agency, platform, kind, id ORDER BY seen_at DESC, name DESC) AS place FROM (
SELECT REGEXP_REPLACE(REGEXP_REPLACE(CAST(agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, CASE WHEN length(NULLIF(COALESCE(REGEXP_SUBSTR(CAST(platform AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(platform AS VARCHAR), 1, 0)), '')) <= 18 THEN CAST(NULLIF(COALESCE(REGEXP_SUBSTR(CAST(platform AS VARCHAR), '^[
]*0*(0|[1-9][0-9]*)(\\.0*)?[
]*$', 1, 1, 'e', 1), SUBSTR(CAST(platform AS VARCHAR), 1, 0)), '') AS BIGINT) END AS platform, kind,
CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(id AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(id AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS id, name, seen_at
FROM (SELECT agency, platform, ? AS kind, id_0 AS id, name_0 AS name, seen_at FROM "aq_named_1" UNION ALL SELECT agency, platform, ? AS kind, id_1 AS id, name_1 AS name, seen_at FROM "aq_named_1" UNION ALL SELECT agency, platform, ? AS kind, id_2 AS id, name_2 AS name, seen_at FROM "aq_named_1" UNION ALL SELECT agency, platform, ? AS kind, id_0 AS id, name_0 AS name, seen_at FROM "aq_named_2") found WHERE CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST(name AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST(name AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END IS NOT NULL
) named WHERE id IS NOT NULL
) placed WHERE place = 1;

CREATE TEMPORARY TABLE "aq_names_before_1" AS SELECT "AGENCY_ID" AS agency, "DSP_PLATFORM_TYPE" AS platform, "KIND" AS kind, "ID" AS id, CASE WHEN "SEEN_AT" >= TIMESTAMP '0001-01-02 00:00:00' AND "SEEN_AT" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST("SEEN_AT" AS DATE) ELSE DATE '0001-01-01' END AS day FROM "BASE_TABLES"."AD_IMPRESSION_NAME" WHERE ("AGENCY_ID", CASE WHEN "SEEN_AT" >= TIMESTAMP '0001-01-02 00:00:00' AND "SEEN_AT" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST("SEEN_AT" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_summary_days_1");

CREATE TEMPORARY TABLE "aq_names_found_1" AS SELECT a.* FROM "aq_names_1" a WHERE EXISTS (SELECT 1 FROM "aq_names_lost_1" b WHERE b.agency IS NOT DISTINCT FROM a.agency AND b.platform IS NOT DISTINCT FROM a.platform AND b.kind IS NOT DISTINCT FROM a.kind AND b.id IS NOT DISTINCT FROM a.id);

CREATE TEMPORARY TABLE "aq_names_lost_1" AS SELECT b.agency, b.platform, b.kind, b.id FROM "aq_names_before_1" b LEFT JOIN "aq_names_1" f ON f.agency IS NOT DISTINCT FROM b.agency AND f.platform IS NOT DISTINCT FROM b.platform AND f.kind IS NOT DISTINCT FROM b.kind AND f.id IS NOT DISTINCT FROM b.id
WHERE f.seen_at IS NULL OR CASE WHEN f.seen_at >= TIMESTAMP '0001-01-02 00:00:00' AND f.seen_at < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(f.seen_at AS DATE) ELSE DATE '0001-01-01' END < b.day;

DELETE FROM "BASE_TABLES"."AD_IMPRESSION_NAME" WHERE ("AGENCY_ID", CASE WHEN "SEEN_AT" >= TIMESTAMP '0001-01-02 00:00:00' AND "SEEN_AT" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST("SEEN_AT" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_summary_days_1");

DELETE FROM "BASE_TABLES"."AD_IMPRESSION_NAME" WHERE ("AGENCY_ID", COALESCE("DSP_PLATFORM_TYPE", -1), "KIND", "ID") IN (
SELECT f.agency, COALESCE(f.platform, -1), f.kind, f.id FROM "aq_names_1" f JOIN "BASE_TABLES"."AD_IMPRESSION_NAME" n ON f.agency IS NOT DISTINCT FROM n."AGENCY_ID" AND f.platform IS NOT DISTINCT FROM n."DSP_PLATFORM_TYPE" AND f.kind IS NOT DISTINCT FROM n."KIND" AND f.id IS NOT DISTINCT FROM n."ID"
WHERE f.seen_at > n."SEEN_AT" OR (f.seen_at = n."SEEN_AT" AND f.name > n."NAME"));

DELETE FROM "BASE_TABLES"."AD_IMPRESSION_NAME" WHERE ("AGENCY_ID", COALESCE("DSP_PLATFORM_TYPE", -1), "KIND", "ID") IN (
SELECT f.agency, COALESCE(f.platform, -1), f.kind, f.id FROM "aq_names_found_1" f JOIN "BASE_TABLES"."AD_IMPRESSION_NAME" n ON f.agency IS NOT DISTINCT FROM n."AGENCY_ID" AND f.platform IS NOT DISTINCT FROM n."DSP_PLATFORM_TYPE" AND f.kind IS NOT DISTINCT FROM n."KIND" AND f.id IS NOT DISTINCT FROM n."ID"
WHERE f.seen_at > n."SEEN_AT" OR (f.seen_at = n."SEEN_AT" AND f.name > n."NAME"));

INSERT INTO "BASE_TABLES"."AD_IMPRESSION_NAME" ("AGENCY_ID", "DSP_PLATFORM_TYPE", "KIND", "ID", "NAME", "SEEN_AT") SELECT f.agency, f.platform, f.kind, f.id, f.name, f.seen_at FROM "aq_names_1" f
WHERE NOT EXISTS (SELECT 1 FROM "BASE_TABLES"."AD_IMPRESSION_NAME" n WHERE f.agency IS NOT DISTINCT FROM n."AGENCY_ID" AND f.platform IS NOT DISTINCT FROM n."DSP_PLATFORM_TYPE" AND f.kind IS NOT DISTINCT FROM n."KIND" AND f.id IS NOT DISTINCT FROM n."ID");

INSERT INTO "BASE_TABLES"."AD_IMPRESSION_NAME" ("AGENCY_ID", "DSP_PLATFORM_TYPE", "KIND", "ID", "NAME", "SEEN_AT") SELECT f.agency, f.platform, f.kind, f.id, f.name, f.seen_at FROM "aq_names_found_1" f
WHERE NOT EXISTS (SELECT 1 FROM "BASE_TABLES"."AD_IMPRESSION_NAME" n WHERE f.agency IS NOT DISTINCT FROM n."AGENCY_ID" AND f.platform IS NOT DISTINCT FROM n."DSP_PLATFORM_TYPE" AND f.kind IS NOT DISTINCT FROM n."KIND" AND f.id IS NOT DISTINCT FROM n."ID");

SELECT COUNT(*) AS lost FROM "aq_names_lost_1";

-- reach/summary-product.ts

CREATE TEMPORARY TABLE "aq_summary_days_1" AS SELECT REGEXP_REPLACE(REGEXP_REPLACE(CAST(agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, day, MAX(newest) AS newest
FROM (SELECT agency, day, newest FROM (SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, COUNT(*) AS row_count,
MAX(l."INGESTION_TIMESTAMP") AS newest, CAST(SUM(HASH(l."AUCTION_TIMESTAMP")) AS VARCHAR) AS mark
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_summary_spelled_1")) GROUP BY 1, 2) UNION ALL SELECT agency, day, CAST(NULL AS TIMESTAMP) AS newest FROM "aq_summary_spelled_1") GROUP BY 1, 2;

CREATE TEMPORARY TABLE "aq_summary_days_1" AS SELECT REGEXP_REPLACE(REGEXP_REPLACE(CAST(agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, day, MAX(newest) AS newest
FROM (SELECT agency, day, newest FROM (SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, COUNT(*) AS row_count,
MAX(l."INGESTION_TIMESTAMP") AS newest, CAST(SUM(HASH(l."AUCTION_TIMESTAMP")) AS VARCHAR) AS mark
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) GROUP BY 1, 2)) GROUP BY 1, 2;

CREATE TEMPORARY TABLE "aq_summary_days_1" AS SELECT REGEXP_REPLACE(REGEXP_REPLACE(CAST(agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS agency, day, MAX(newest) AS newest
FROM (SELECT agency, day, newest FROM (SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, COUNT(*) AS row_count,
MAX(l."INGESTION_TIMESTAMP") AS newest, CAST(SUM(HASH(l."AUCTION_TIMESTAMP")) AS VARCHAR) AS mark
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (l."AUCTION_TIMESTAMP" >= DATE '2286-11-20' AND l."AUCTION_TIMESTAMP" < DATE '2286-11-20' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE) GROUP BY 1, 2)) GROUP BY 1, 2;

CREATE TEMPORARY TABLE "aq_summary_spelled_1" AS SELECT agency, day FROM "aq_touched_1" WHERE day BETWEEN DATE '2026-01-01' AND DATE '2026-01-01'
UNION SELECT m.agency, m.day FROM (SELECT AGENCY_ID AS agency, DAY AS day, SOURCE_ROWS AS row_count, SOURCE_WATERMARK AS newest, SOURCE_MARK AS mark, KEPT AS kept
FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ?) m JOIN "aq_touched_1" t ON t.day = m.day AND REGEXP_REPLACE(REGEXP_REPLACE(CAST(t.agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = REGEXP_REPLACE(REGEXP_REPLACE(CAST(m.agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')
WHERE t.day BETWEEN DATE '2026-01-01' AND DATE '2026-01-01';

DELETE FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY";

DELETE FROM "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" WHERE "LOG_DATE" BETWEEN DATE '2026-01-01' AND DATE '2026-01-01'
AND ("AGENCY_ID", "LOG_DATE") IN (SELECT agency, day FROM "aq_summary_days_1");

DELETE FROM "BASE_TABLES"."AD_IMPRESSION_NAME";

-- reach/touched-days.ts

CREATE TEMPORARY TABLE "aq_observed_1" AS SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, COUNT(*) AS row_count,
MAX(l."INGESTION_TIMESTAMP") AS newest, CAST(SUM(HASH(l."AUCTION_TIMESTAMP")) AS VARCHAR) AS mark
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND TRUE GROUP BY 1, 2;

CREATE TEMPORARY TABLE "aq_touched_1" AS SELECT COALESCE(d.agency, m.agency) AS agency, COALESCE(d.day, m.day) AS day,
COALESCE(d.row_count, 0) + 0 AS row_count
FROM "aq_observed_1" d FULL OUTER JOIN (SELECT AGENCY_ID AS agency, DAY AS day, SOURCE_ROWS AS row_count, SOURCE_WATERMARK AS newest, SOURCE_MARK AS mark, KEPT AS kept
FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ?) m ON m.agency = d.agency AND m.day = d.day
WHERE m.row_count IS NULL OR d.row_count IS NULL OR m.row_count <> d.row_count OR m.newest IS DISTINCT FROM d.newest OR m.mark <> d.mark OR (NOT m.kept AND NOT (FALSE));

SELECT CASE WHEN millisecond < newest THEN millisecond + INTERVAL '1 millisecond' ELSE newest END AS watermark
FROM (SELECT newest, DATE_TRUNC('millisecond', newest) AS millisecond
FROM (SELECT MAX(l."INGESTION_TIMESTAMP") AS newest FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE TRUE) ingested) truncated;

SELECT CAST(day AS VARCHAR) AS day, DATEDIFF('day', DATE '0001-01-01', day) AS day_no, SUM(row_count) AS row_count,
MAX(CASE WHEN FALSE THEN 1 ELSE 0 END) AS beyond
FROM "aq_touched_1" d GROUP BY d.day ORDER BY d.day;

SELECT COUNT(*) AS days FROM (SELECT AGENCY_ID AS agency, DAY AS day, SOURCE_ROWS AS row_count, SOURCE_WATERMARK AS newest, SOURCE_MARK AS mark, KEPT AS kept
FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ?);

SELECT COUNT(*) AS days FROM (SELECT AGENCY_ID AS agency, DAY AS day, SOURCE_ROWS AS row_count, SOURCE_WATERMARK AS newest, SOURCE_MARK AS mark, KEPT AS kept
FROM "AQUARIUS"."REACH_DAYS" WHERE "PRODUCT" = ? AND "SOURCE" = ?) WHERE newest > ?;

SELECT COUNT(*) AS fresh FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE l."INGESTION_TIMESTAMP" > ?;

SELECT COUNT(*) AS row_count FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2";

SELECT COUNT(*) AS row_count FROM "SEGMENT_DATA"."LIVERAMP_IMPRESSION_LOG";

-- reach/verify.ts

CREATE TEMPORARY TABLE "aq_sampled_days_1" AS SELECT k.agency, k.day, k.id FROM (SELECT AGENCY_ID AS agency, DAY AS day, REGEXP_REPLACE(REGEXP_REPLACE(CAST(AGENCY_ID AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS id
FROM "AQUARIUS"."REACH_DAYS" WHERE PRODUCT = 'SUMMARY' AND SOURCE = ? AND DAY > DATE '0001-01-01') k JOIN (
SELECT id, day FROM (SELECT DISTINCT id, day FROM (SELECT AGENCY_ID AS agency, DAY AS day, REGEXP_REPLACE(REGEXP_REPLACE(CAST(AGENCY_ID AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS id
FROM "AQUARIUS"."REACH_DAYS" WHERE PRODUCT = 'SUMMARY' AND SOURCE = ? AND DAY > DATE '0001-01-01') every_day WHERE TRUE) distinct_days ORDER BY MD5(concat(?, ' ', id, ' ', CAST(day AS VARCHAR))) LIMIT 2
) chosen ON chosen.id = k.id AND chosen.day = k.day;

SELECT CAST(MIN(day) AS VARCHAR) AS first, CAST(MAX(day) AS VARCHAR) AS last FROM "aq_sampled_days_1";

SELECT COUNT(*) AS row_count FROM (SELECT * FROM "aq_verdicts_1" EXCEPT SELECT * FROM "aq_verdicts_2") counted;

SELECT COUNT(*) AS row_count FROM (SELECT * FROM "aq_verdicts_1") counted;

WITH sampled AS (SELECT DISTINCT id, day FROM "aq_sampled_days_1"),
counted AS (SELECT REGEXP_REPLACE(REGEXP_REPLACE(CAST(agency AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') AS id, day, SUM(row_count) AS row_count FROM (SELECT CAST(l."AGENCY_ID" AS VARCHAR) AS agency, CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END AS day, COUNT(*) AS row_count
FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l WHERE (l."AUCTION_TIMESTAMP" >= DATE '2026-01-01' AND l."AUCTION_TIMESTAMP" < DATE '2026-01-01' + INTERVAL '1 day' AND CAST(l."AGENCY_ID" AS VARCHAR) IS NOT NULL AND (CAST(l."AGENCY_ID" AS VARCHAR), CASE WHEN l."AUCTION_TIMESTAMP" >= TIMESTAMP '0001-01-02 00:00:00' AND l."AUCTION_TIMESTAMP" < TIMESTAMP '9999-12-31 00:00:00' THEN CAST(l."AUCTION_TIMESTAMP" AS DATE) ELSE DATE '0001-01-01' END) IN (SELECT agency, day FROM "aq_sampled_days_1")) GROUP BY 1, 2) f GROUP BY 1, 2),
summed AS (
SELECT d.id, d.day, SUM(CASE WHEN s."DIM_TYPE" = ? THEN s."IMPRESSIONS" END) AS TOTAL, SUM(CASE WHEN s."DIM_TYPE" = ? THEN s."IMPRESSIONS" END) AS CREATIVE, SUM(CASE WHEN s."DIM_TYPE" = ? THEN s."IMPRESSIONS" END) AS SITE, SUM(CASE WHEN s."DIM_TYPE" = ? THEN s."IMPRESSIONS" END) AS ZIP FROM sampled d
JOIN "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" s ON s."AGENCY_ID" = d.id AND s."LOG_DATE" = d.day GROUP BY 1, 2
)
SELECT d.id AS id, CAST(d.day AS VARCHAR) AS day, c.row_count AS row_count, s.TOTAL AS "TOTAL", s.CREATIVE AS "CREATIVE", s.SITE AS "SITE", s.ZIP AS "ZIP"
FROM sampled d LEFT JOIN counted c ON c.id = d.id AND c.day = d.day LEFT JOIN summed s ON s.id = d.id AND s.day = d.day
ORDER BY d.id, d.day;

-- reach/visited.ts

CREATE TEMPORARY TABLE "aq_seen_homes_1" AS SELECT DISTINCT household FROM (SELECT value, household FROM (
SELECT CASE
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
END AS value, household FROM (
SELECT CAST("IP_ADDRESS" AS VARCHAR) AS raw, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("HOUSEHOLD_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("HOUSEHOLD_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS household FROM "HOUSEHOLD_CORE"."IP_HOUSEHOLD_LOOKUP"
)
) WHERE value IS NOT NULL AND household IS NOT NULL) WHERE value IN (SELECT value FROM "aq_seen_ips_1")
UNION SELECT household FROM (SELECT value, household FROM (
SELECT CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS value, household FROM (
SELECT CAST("MAID" AS VARCHAR) AS raw, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("HOUSEHOLD_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("HOUSEHOLD_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS household FROM "HOUSEHOLD_CORE"."MAID_HOUSEHOLD_LOOKUP"
)
) WHERE value IS NOT NULL AND household IS NOT NULL) WHERE value IN (SELECT value FROM "aq_seen_maids_1");

CREATE TEMPORARY TABLE "aq_seen_ips_1" AS SELECT DISTINCT value FROM (SELECT COALESCE(CASE
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
END, CASE
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
END) AS value FROM (SELECT DISTINCT CAST(e."CLIENT_IP" AS VARCHAR) AS raw, CAST(e."IP" AS VARCHAR) AS raw_alt
FROM "DERIVED_TABLES"."WEBPIXEL_EVENTS" e JOIN "aq_hosts_1" h ON h.authority = COALESCE(REGEXP_SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), '^[ 	]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\\\ 	]*)', 1, 1, 'e', 2), SUBSTR(lower(CAST(e."PAGE_URL" AS VARCHAR)), 1, 0))
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(e."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ? AND h.advertiser = ? AND e."EVENT_TIMESTAMP" BETWEEN ? AND ?)) WHERE value IS NOT NULL;

CREATE TEMPORARY TABLE "aq_seen_maids_1" AS SELECT DISTINCT value FROM (SELECT CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS value FROM (SELECT DISTINCT CAST(v."MAID" AS VARCHAR) AS raw FROM "BASE_TABLES"."STORE_VISITS" v
WHERE REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."AGENCY_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
AND REGEXP_REPLACE(REGEXP_REPLACE(CAST(v."QUORUM_ADVERTISER_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') = ?
AND CAST(v."STORE_VISIT_DATE" AS TIMESTAMP_NTZ) BETWEEN ? AND ?)) WHERE value IS NOT NULL;

CREATE TEMPORARY TABLE "aq_visited_ips_1" AS SELECT value FROM "aq_seen_ips_1" UNION SELECT value FROM (SELECT value, household FROM (
SELECT CASE
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
END AS value, household FROM (
SELECT CAST("IP_ADDRESS" AS VARCHAR) AS raw, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("HOUSEHOLD_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("HOUSEHOLD_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS household FROM "HOUSEHOLD_CORE"."IP_HOUSEHOLD_LOOKUP"
)
) WHERE value IS NOT NULL AND household IS NOT NULL) WHERE household IN (SELECT household FROM "aq_seen_homes_1");

CREATE TEMPORARY TABLE "aq_visited_maids_1" AS SELECT value FROM "aq_seen_maids_1" UNION SELECT value FROM (SELECT value, household FROM (
SELECT CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS value, household FROM (
SELECT CAST("MAID" AS VARCHAR) AS raw, CASE WHEN lower(REGEXP_REPLACE(REGEXP_REPLACE(CAST("HOUSEHOLD_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1')) IN ('', '0', 'null', 'unknown') THEN NULL ELSE REGEXP_REPLACE(REGEXP_REPLACE(CAST("HOUSEHOLD_ID" AS VARCHAR), '^[
]+|[
]+$', ''), '^([0-9]+)\\.0+$', '\\1') END AS household FROM "HOUSEHOLD_CORE"."MAID_HOUSEHOLD_LOOKUP"
)
) WHERE value IS NOT NULL AND household IS NOT NULL) WHERE household IN (SELECT household FROM "aq_seen_homes_1");

CREATE TEMPORARY TABLE "aq_visited_raw_1" AS SELECT CAST('' AS VARCHAR) AS raw LIMIT 0;

CREATE TEMPORARY TABLE "aq_visited_raw_1" AS SELECT raw FROM (SELECT raw, CASE
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
END AS value FROM (SELECT DISTINCT CAST(l."USER_IP_FROM_HTTP_REQUEST" AS VARCHAR) AS raw FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li
WHERE o.advertiser = ? AND o.owners = 1))
WHERE value IN (SELECT value FROM "aq_visited_ips_1");

CREATE TEMPORARY TABLE "aq_visited_raw_1" AS SELECT raw FROM (SELECT raw, CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}|[-{}	- ]*([0-9a-fA-F][-{}	- ]*){32})$') AND NOT REGEXP_LIKE(raw, '^([-{}	- ]*(0[-{}	- 00]*|1[-{}	- 11]*|2[-{}	- 22]*|3[-{}	- 33]*|4[-{}	- 44]*|5[-{}	- 55]*|6[-{}	- 66]*|7[-{}	- 77]*|8[-{}	- 88]*|9[-{}	- 99]*|[aA][-{}	- aA]*|[bB][-{}	- bB]*|[cC][-{}	- cC]*|[dD][-{}	- dD]*|[eE][-{}	- eE]*|[fF][-{}	- fF]*)|[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*5[-{}	- ]*6[-{}	- ]*7[-{}	- ]*8[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*1[-{}	- ]*2[-{}	- ]*3[-{}	- ]*4[-{}	- ]*[-{}	- 0-9a-fA-F]*|[-{}	- ]*[dD][-{}	- ]*4[-{}	- ]*1[-{}	- ]*[dD][-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*8[-{}	- ]*[fF][-{}	- ]*0[-{}	- ]*0[-{}	- ]*[bB][-{}	- ]*2[-{}	- ]*0[-{}	- ]*4[-{}	- ]*[eE][-{}	- ]*9[-{}	- ]*8[-{}	- ]*0[-{}	- ]*0[-{}	- ]*9[-{}	- ]*9[-{}	- ]*8[-{}	- ]*[eE][-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*4[-{}	- ]*2[-{}	- ]*7[-{}	- ]*[eE][-{}	- ]*|[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*9[-{}	- ]*[cC][-{}	- ]*8[-{}	- ]*4[-{}	- ]*[aA][-{}	- ]*5[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*7[-{}	- ]*3[-{}	- ]*6[-{}	- ]*3[-{}	- ]*6[-{}	- ]*[aA][-{}	- ]*4[-{}	- ]*7[-{}	- ]*[fF][-{}	- ]*[fF][-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*[aA][-{}	- ]*[eE][-{}	- ]*[dD][-{}	- ]*0[-{}	- ]*[dD][-{}	- ]*3[-{}	- ]*3[-{}	- ]*|[-{}	- ]*[cC][-{}	- ]*[dD][-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*4[-{}	- ]*5[-{}	- ]*9[-{}	- ]*[eE][-{}	- ]*[aA][-{}	- ]*7[-{}	- ]*0[-{}	- ]*8[-{}	- ]*[aA][-{}	- ]*9[-{}	- ]*4[-{}	- ]*8[-{}	- ]*[dD][-{}	- ]*5[-{}	- ]*[cC][-{}	- ]*2[-{}	- ]*[fF][-{}	- ]*5[-{}	- ]*[aA][-{}	- ]*6[-{}	- ]*[cC][-{}	- ]*[aA][-{}	- ]*8[-{}	- ]*8[-{}	- ]*3[-{}	- ]*8[-{}	- ]*[cC][-{}	- ]*[fF][-{}	- ]*)$') THEN lower(CASE WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$') THEN raw
WHEN REGEXP_LIKE(raw, '^([0-9a-fA-F]{32})$') THEN concat(substr(raw, 1, 8), '-', substr(raw, 9, 4), '-', substr(raw, 13, 4), '-', substr(raw, 17, 4), '-', substr(raw, 21, 12))
ELSE REGEXP_REPLACE(REGEXP_REPLACE(raw, '[-{}	- ]+', ''), '^([0-9a-fA-F]{8})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{4})([0-9a-fA-F]{12})$', '\\1-\\2-\\3-\\4-\\5') END) END AS value FROM (SELECT DISTINCT CAST(l."DEVICE_ID_RAW" AS VARCHAR) AS raw FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" l JOIN "aq_owned_1" o ON l."AGENCY_ID" IS NOT DISTINCT FROM o.agency AND l."DSP_PLATFORM_TYPE" IS NOT DISTINCT FROM o.platform AND l."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM o.dsp AND l."INSERTION_ORDER_ID" IS NOT DISTINCT FROM o.io AND l."LINE_ITEM_ID" IS NOT DISTINCT FROM o.li
WHERE o.advertiser = ? AND o.owners = 1))
WHERE value IN (SELECT value FROM "aq_visited_maids_1");

-- reach/work-table.ts

DROP TABLE "aq_any_1";

DROP TABLE IF EXISTS "aq_any_1";
