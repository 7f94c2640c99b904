/** Gives numbers from 0 up to, but not including, 1: `Math.random`, or what a test puts in its place. */
export type Random = () => number;
