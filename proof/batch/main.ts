import { runTrial } from '../chaos/program';
import { runBatch } from './run';

runTrial({
  usage: `npm run batch-proof                          500 orders from one CSV file, while everything breaks
npm run batch-proof -- --orders <n>          so many
npm run batch-proof -- --seed <n>            the same choices as a run before, which has printed it
npm run batch-proof -- --workers <n>         3 when left out
npm run batch-proof -- --server dev          on the Temporal CLI's dev server, which needs no PostgreSQL
npm run batch-proof -- --report <file>       write what is printed as JSON, too`,
  logs: 'batch',
  orders: 500,
  run: runBatch,
});
