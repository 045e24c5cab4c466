import { wordsOf } from '../../../lib/format.ts';

/** What was done, in words. An action that is not known is shown as it is. */
const WORDS: Readonly<Record<string, string>> = {
  'run.trigger': 'Run started by hand',
  'run.retry': 'Run tried again',
  'run.cancel': 'Run cancelled',
  'run.approve': 'Run approved',
  'run.reject': 'Run refused',
  'delivery.pause': 'Delivery paused',
  'delivery.resume': 'Delivery resumed',
  'delivery.resync': 'Delivery sent whole next time',
  'suppression.add': 'People suppressed',
  'suppression.remove': 'Suppression taken away',
  'suppression.syncDrop': 'Suppression lists taken from the drop',
  'taxonomy.create': 'Segments made at a partner',
  'taxonomy.rename': 'Segments renamed at a partner',
  'taxonomy.price': 'Segments priced at a partner',
  'destination.test': 'Destination tested',
  'destination.hostKeys': 'Host keys compared',
  'file.download': 'File opened',
  'alert.acknowledge': 'Alert taken on',
  'user.create': 'User invited',
  'user.change': 'User changed',
  'user.link': 'Link made for a user',
  'user.password': 'Password set',
  'key.create': 'Key made',
  'key.revoke': 'Key revoked',
  'session.revoke': 'Session ended',
  'session.refuse': 'Sign-in refused',
  'session.signIn': 'Signed in',
  'session.signOut': 'Signed out',
  'user.acceptLink': 'Link used',
};

export function activityWords(action: string): string {
  return WORDS[action] ?? wordsOf(action.replace('.', ' '));
}

/** By what way somebody did it. */
export const VIA_WORDS = { cli: 'command line', api: 'page or API', engine: 'the program itself' } as const;
