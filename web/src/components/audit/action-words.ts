import { wordsOf } from '../../lib/format.ts';

/** What was done, in words. An action that is not known is shown as it is. */
const WORDS: Readonly<Record<string, string>> = {
  'advertiser.create': 'Advertiser created',
  'config.update': 'Configuration changed',
  'config.import_legacy': 'Imported from the earlier system',
  'campaign.map': 'Campaign mapped',
  'campaign.remap': 'Campaign given to another advertiser',
  'campaign.unmap': 'Campaign mapping removed',
  'campaigns.map': 'Campaigns mapped',
  'domain.configure': 'Domain added',
  'domain.remove': 'Domain removed',
  'domain.reassign': 'Domain given to another advertiser',
  'domain.ignore': 'Domain ignored',
  'domain.unignore': 'Domain no longer ignored',
  'domain.platform': 'Platform of a domain set',
  'poi.assign': 'Places assigned',
  'poi.remove': 'Places removed',
  'poi.repair': 'Places repaired',
  'storelist.upload': 'Store list handed in',
  'storelist.settle': 'Store list settled',
  'change.undo': 'Change undone',
};

/** The actions of the configuration's history. */
export const CONFIG_ACTIONS = Object.keys(WORDS);

export function actionWords(action: string): string {
  return WORDS[action] ?? wordsOf(action.replace('.', ' '));
}
