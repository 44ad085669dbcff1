import fc from 'fast-check';

/** Draws the same inputs each time, so that what passed once passes again. FAST_CHECK_SEED=$RANDOM looks further. */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_128) });

export default fc;
