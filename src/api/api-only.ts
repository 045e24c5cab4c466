/** Endpoints that no page uses, and why there are such: programs and operators do. docs/api.md has them. */
export const API_ONLY: Readonly<Record<string, string>> = {
  'GET /healthz': 'for whatever watches the process',
  'GET /readyz': 'for whatever watches the process',
  'GET /metrics': 'for Prometheus',
  'GET /api/openapi.json': 'for programs that generate a client',
  'GET /api/docs': 'a page of its own',
  'POST /api/commands': "for this program's own command line",
  'GET /api/config/report-types': 'pages ask for the list that config-fields names, which is this one',
  'POST /api/config/import-legacy': 'done once, with a report that is read before: by the command line or a script',
  'POST /api/config/map-campaigns': 'for scripts that map many campaigns at once',
};
