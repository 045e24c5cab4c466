import type { Role } from './principal.ts';

/** Who may call what: the one table. A route that does not stand here is refused when the API is made. */
export const ACCESS: Readonly<Record<string, Role | 'public'>> = {
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  // The figures are of all agencies.
  'GET /metrics': 'admin',
  'GET /api/openapi.json': 'public',
  'GET /api/docs': 'public',
  'GET /api/delivery/runs': 'viewer',
  'GET /api/delivery/runs/:id': 'viewer',
  'GET /api/delivery/runs/:id/rejections': 'viewer',
  'GET /api/delivery/runs/:id/rejections.csv': 'viewer',
  'GET /api/delivery/runs/:id/progress': 'viewer',
  'POST /api/delivery/runs/:id/cancel': 'operator',
  'POST /api/delivery/runs/:id/retry': 'operator',
  'POST /api/delivery/runs/:id/approve': 'operator',
  'POST /api/delivery/runs/:id/reject': 'operator',
  'POST /api/delivery/run': 'operator',
  'GET /api/delivery/deliveries': 'viewer',
  'GET /api/delivery/deliveries/:id': 'viewer',
  'POST /api/delivery/deliveries/:id/pause': 'operator',
  'POST /api/delivery/deliveries/:id/resume': 'operator',
  'GET /api/delivery/destinations': 'viewer',
  'GET /api/delivery/alerts': 'viewer',
  'GET /api/delivery/audit': 'operator',
  // Any command of the command line.
  'POST /api/commands': 'admin',
};

/** Routes that only this program's own command line calls; they are in no document. */
export const INTERNAL: ReadonlySet<string> = new Set(['POST /api/commands']);

/** The key of a route in the table. HEAD is answered by what answers GET. */
export function accessKey(method: string, path: string): string {
  return `${method === 'HEAD' ? 'GET' : method} ${path}`;
}
