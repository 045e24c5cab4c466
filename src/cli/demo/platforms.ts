/** Names of DSP platforms: a first filling of REF_DSP_PLATFORM, which is the truth from then on. */
export const PLATFORMS: readonly (readonly [id: number, name: string, shortName: string, category: string])[] = [
  [6, 'The Trade Desk', 'TTD', 'DSP'],
  [8, 'DV360', 'DV360', 'DSP'],
  [9, 'DCM/GAM', 'DCM', 'AD_SERVER'],
  [11, 'Xandr', 'XANDR', 'DSP'],
  [12, 'Simpli.fi', 'SIMPLIFI', 'DSP'],
  [13, 'Adelphic', 'ADELPHIC', 'DSP'],
  [14, 'Beeswax', 'BEESWAX', 'DSP'],
  [15, 'Xtreme Reach', 'XR', 'AD_SERVER'],
  [16, 'StackAdapt', 'STACKADAPT', 'DSP'],
  [20, 'SpringServe', 'SPRINGSERVE', 'AD_SERVER'],
  [21, 'FreeWheel', 'FREEWHEEL', 'AD_SERVER'],
  [22, 'MNTN', 'MNTN', 'DSP'],
  [23, 'Yahoo', 'YAHOO', 'DSP'],
  [25, 'Amazon DSP', 'AMAZON', 'DSP'],
];
