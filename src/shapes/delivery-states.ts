/** `on`: runs by itself; `paused`: waits for a person; `blocked`: on, but something must be changed first; `off`: not switched on. */
export const DELIVERY_STATES = ['on', 'paused', 'blocked', 'off'] as const;
