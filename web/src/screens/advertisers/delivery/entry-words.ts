/** The words of an entry's choices as people read them. */
const WORDS: Readonly<Record<string, string>> = {
  EXPOSED: 'Everybody who was exposed',
  SITE_VISITORS: 'Who visited the site',
  CONVERTERS: 'Who converted',
  STORE_VISITORS: 'Who visited a store',
  EXPOSED_NOT_VISITED: 'Exposed, but did not visit',
  full: 'The whole audience each time',
  incremental: 'What was added and removed',
  merged: 'One segment',
  split: 'One segment for each insertion order',
};

export function choiceWords(word: string): string {
  return WORDS[word] ?? word;
}
