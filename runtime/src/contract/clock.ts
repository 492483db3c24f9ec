/** Room `contract`: the time of those who are given no other. */

/** Milliseconds since 1970, UTC. */
export type Now = () => number;

export const wallClock: Now = () => Date.now();
