import { listQuery } from './list-orders';

/** A useful list as a query of Temporal's visibility, for its Web UI and CLI. */
export interface View {
  name: string;
  query: string;
}

const DUE_WITHIN_HOURS = 6;

/**
 * The views an operator begins the day with.
 * @param region ISO 3166-1 alpha-2, of the view by region
 * @param now visibility queries have no clock, so "due soon" becomes a fixed time
 */
export function views(region: string, now: Date): View[] {
  const soon = new Date(now.getTime() + DUE_WITHIN_HOURS * 3_600_000);
  return [
    {
      name: `waiting for KYC, due within ${DUE_WITHIN_HOURS} h`,
      query: listQuery({ stage: 'AWAITING_KYC', expiresBefore: soon }),
    },
    { name: 'action required', query: listQuery({ stage: 'ACTION_REQUIRED', open: true }) },
    { name: 'unconfirmed', query: listQuery({ stage: 'UNCONFIRMED', open: true }) },
    { name: `open in ${region}`, query: listQuery({ region, open: true }) },
  ];
}
