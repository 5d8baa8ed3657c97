// Numbers drawn at random, which can be drawn again.

// Another seed in each run, told in the output; KALENDS_TEST_SEED=<number> repeats a run.
export function drawer(t) {
  const wanted = process.env.KALENDS_TEST_SEED;
  const seed = wanted === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(wanted);
  t.diagnostic(`KALENDS_TEST_SEED=${seed}`);
  // mulberry32, from 0 to below 1.
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
