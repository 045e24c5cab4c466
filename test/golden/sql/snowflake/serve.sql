-- A question mark is a bound value.

-- serve/check-ready.ts

SELECT 1 AS one;
