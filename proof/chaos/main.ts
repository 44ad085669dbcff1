import { runTrial } from './program';
import { runChaos } from './run';

runTrial({
  usage: `npm run chaos                          1,000 orders on Temporal and PostgreSQL, while everything breaks
npm run chaos -- --orders <n>          so many
npm run chaos -- --seed <n>            the same choices as a run before, which has printed it
npm run chaos -- --workers <n>         3 when left out
npm run chaos -- --server dev          on the Temporal CLI's dev server, which needs no PostgreSQL
npm run chaos -- --report <file>       write what is printed as JSON, too`,
  logs: 'chaos',
  orders: 1_000,
  run: runChaos,
});
