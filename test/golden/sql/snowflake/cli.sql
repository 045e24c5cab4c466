-- A question mark is a bound value.

-- cli/actions/verify-reach.ts

CREATE TEMPORARY TABLE "aq_verdicts_1" AS SELECT segment, id_type, id_value, last_seen, reason, suppressed, COUNT(*) AS verdicts
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_key), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
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
AND TRUE)
GROUP BY raw, raw_alt, COALESCE(io, '_none')))))
GROUP BY segment, id_value, misfit))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT TRUE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, MAX(segment_name) AS segment_name, CAST(NULL AS VARCHAR) AS id_key,
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
AND TRUE)
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
AND TRUE AND l."UID2" IS NOT NULL)
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
AND TRUE AND l."UUID2" IS NOT NULL)
GROUP BY raw, raw_alt, COALESCE(io, '_none')))))
GROUP BY segment, id_value, misfit)) found) f)) classified GROUP BY segment, id_type, id_value, last_seen, reason, suppressed;

CREATE TEMPORARY TABLE "aq_verdicts_1" AS SELECT segment, id_type, id_value, last_seen, reason, suppressed, COUNT(*) AS verdicts
FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, (s0.listed_key IS NOT NULL OR s1.listed_key IS NOT NULL OR s2.listed_key IS NOT NULL OR s3.listed_key IS NOT NULL) AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN (NOT TRUE AND id_type = 'MAID') THEN 'UNKNOWN_TYPE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_key), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, CASE WHEN told_idfa AND NOT told_gaid THEN 'IDFA' WHEN told_gaid AND NOT told_idfa THEN 'GAID' ELSE 'MAID' END AS id_type, id_key AS id_value
FROM (SELECT *, COALESCE(BOOLOR_AGG(is_idfa) OVER (PARTITION BY id_key), FALSE) AS told_idfa, COALESCE(BOOLOR_AGG(is_gaid) OVER (PARTITION BY id_key), FALSE) AS told_gaid FROM (SELECT segment, segment_name, value AS id_key, CAST(NULL AS VARCHAR) AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN seen_at <= ? THEN CASE device_type WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."DEVICE" AS value, e."DEVICE_MISFIT" AS misfit, e."DEVICE_REASON" AS reason,
e."DEVICE_TYPE" AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."DEVICE" IS NOT NULL OR e."DEVICE_MISFIT" IS NOT NULL))
GROUP BY value, misfit, COALESCE(io, '_none'))))) found) f LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s0 ON s0.listed_key = SHA2(f.id_value, 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s1 ON s1.listed_key = SHA2(upper(f.id_value), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s2 ON s2.listed_key = SHA2(replace(f.id_value, '-', ''), 256) LEFT JOIN (SELECT DISTINCT entry_key AS listed_key FROM "aq_suppressed_1" WHERE entry_form = ? AND entry_class IN (?)) s3 ON s3.listed_key = SHA2(upper(replace(f.id_value, '-', '')), 256)) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN (NOT TRUE AND id_value LIKE '%:%') THEN 'IPV6' WHEN NOT TRUE THEN 'IP_NOT_ALLOWED' WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."IP" AS value, e."IP" AS misfit, e."IP_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."IP" IS NOT NULL OR e."IP" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UID2" AS value, e."UID2" AS misfit, e."UID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."UID2" IS NOT NULL OR e."UID2" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f) UNION ALL SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
FROM (SELECT f.*, FALSE AS is_listed FROM (SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, CASE WHEN shape_reason IS NOT NULL THEN shape_reason WHEN last_seen IS NULL THEN 'FUTURE' WHEN NOT id_type IN ('', ?, ?) THEN 'TYPE_NOT_WANTED' WHEN COALESCE(BOOLOR_AGG(has_opted_out) OVER (PARTITION BY id_text), FALSE) THEN 'CONSENT' END AS reason FROM (SELECT *, ? AS id_type, id_text AS id_value FROM (SELECT segment, segment_name, CAST(NULL AS VARCHAR) AS id_key, CASE WHEN facts < 16 THEN value END AS id_text,
CASE WHEN facts >= 16 THEN CASE WHEN BITAND(facts, 16) <> 0 THEN 'BLANK' WHEN BITAND(facts, 32) <> 0 THEN 'SYNTHETIC' WHEN BITAND(facts, 64) <> 0 THEN 'ZERO_ID' WHEN BITAND(facts, 128) <> 0 THEN 'MALFORMED' WHEN BITAND(facts, 256) <> 0 THEN 'NON_PUBLIC_IP' END END AS shape_reason, last_seen,
BITAND(facts, 1) <> 0 AS is_idfa, BITAND(facts, 2) <> 0 AS is_gaid, BITAND(facts, 4) <> 0 AS has_visited, BITAND(facts, 8) <> 0 AS has_opted_out
FROM (SELECT COALESCE(io, '_none') AS segment, MAX(io_name) AS segment_name, value, MAX(CASE WHEN seen_at <= ? THEN seen_at END) AS last_seen,
BITOR_AGG(CASE reason WHEN 1 THEN 16 WHEN 2 THEN 32 WHEN 3 THEN 64 WHEN 4 THEN 128 WHEN 5 THEN 256 ELSE 0 END + CASE WHEN opted_out THEN 8 ELSE 0 END) AS facts
FROM (SELECT o.k_io AS io, o.io_name AS io_name, e."UUID2" AS value, e."UUID2" AS misfit, e."UUID2_REASON" AS reason,
NULL AS device_type,
e."SEEN_AT" AS seen_at, FALSE AS visited, (e."CONSENT" >= 1) AS opted_out
FROM "AQUARIUS"."REACH_EXPOSURES" e JOIN (SELECT key_no, k_io, io_name FROM "aq_owned_1" WHERE advertiser = ? AND owners = 1) o ON o.key_no = e."KEY_NO" WHERE TRUE AND (e."UUID2" IS NOT NULL OR e."UUID2" IS NOT NULL))
GROUP BY value, COALESCE(io, '_none')))) found) f)) classified GROUP BY segment, id_type, id_value, last_seen, reason, suppressed;
