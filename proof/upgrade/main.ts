import { connectNumberOrders, readClientSettings } from '../../src/client';
import { runPlay } from '../cluster/acts';
import { Trial } from './trial';

runPlay({
  usage: `npm run upgrade                       versions of the worker come and go while orders are in flight, on Temporal and PostgreSQL
npm run upgrade -- --report <file>    write what must hold, and whether it did, as JSON
npm run upgrade:quick                 the same on the Temporal CLI's dev server, which needs no PostgreSQL`,
  logs: 'upgrade',
  devServer: true,
  acts: async (opened, { processes }) => {
    const settings = {
      ...opened.settings,
      NUMBER_ORDERS_DEPLOYMENT: 'number-orders',
      // With this an order begins a new run within minutes.
      NUMBER_ORDERS_CONTINUE_AS_NEW_MESSAGES: '5',
      NUMBER_ORDERS_REVIEW_POLL: '1 second',
    };
    const client = await connectNumberOrders(readClientSettings(settings));
    const trial = new Trial(opened, processes, settings, client);
    try {
      await trial.versionOneTakesOrders();
      await trial.versionTwoIsRolledOut();
      await trial.ordersOfVersionOneGoOn();
      await trial.versionTwoIsRolledBack();
      await trial.versionThreeTakesOver();
      await trial.versionOneIsDrained();
      await trial.nothingWasLost();
      return trial.claims;
    } finally {
      await client.close();
    }
  },
});
