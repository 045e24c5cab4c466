/**
 * How many guesses it takes to find a password for somebody who begins with what people choose: the commonest passwords and words, names,
 * keyboard walks, repetitions, sequences and dates, also put together or spelt with digits. `names` are words of the person's own.
 */
export async function guessesOf(password: string, names: readonly string[]): Promise<number> {
  dictionaries ??= load();
  return (await dictionaries).check(password, [...names]).guesses;
}

let dictionaries: ReturnType<typeof load> | undefined;

/** Loaded when the first password is set: the dictionaries take a second and some 50 MB. */
async function load() {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: 128,
  });
}
