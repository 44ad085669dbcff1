import { connectNumberOrders, readClientSettings } from '../../src/client';
import { runPlay } from '../cluster/acts';
import { BadDay } from './bad-day';

runPlay({
  usage: `npm run restore                       Temporal's database is restored from a backup while orders are in flight
npm run restore -- --report <file>    write what must hold, and whether it did, as JSON`,
  logs: 'restore',
  devServer: false,
  acts: async (opened, { processes }) => {
    const client = await connectNumberOrders(readClientSettings(opened.settings));
    const day = new BadDay(opened, processes, client.orders);
    try {
      await day.ordersBegin();
      await day.isBackedUp();
      await day.goesOn();
      await day.everythingDies();
      await day.isRestored();
      await day.ordersGoOn();
      await day.lostOrdersAreStartedAgain();
      await day.isHeldAgainstSinch();
      return day.claims;
    } finally {
      await client.close();
    }
  },
});
