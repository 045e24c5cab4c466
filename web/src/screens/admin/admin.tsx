import { Navigate } from '@tanstack/react-router';
import { useIsAdministrator } from './use-administrator.ts';

/** Leads to the first screen of the area that is for them. */
export function Admin() {
  return <Navigate to={useIsAdministrator() ? '/admin/users' : '/admin/changes'} replace />;
}
