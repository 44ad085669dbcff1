import { describeUnsoldRegion, type NumberOrderRequest, type Violation } from '@number-orders/contract';
import { SinchError, type AvailableRegion, type SinchClient } from '../sinch';

/** A short limit: an order would find out by itself. */
const WITHIN_MS = 10_000;

/** The violations of the requested region and number type. None if Sinch does not say what it sells. */
export async function violationsOfRegion(
  sinch: SinchClient,
  { regionCode, numberType }: Pick<NumberOrderRequest, 'regionCode' | 'numberType'>,
): Promise<Violation[]> {
  const regions = await regionsOf(sinch);
  if (regions.length === 0) return [];
  const region = regions.find((each) => each.regionCode === regionCode);
  if (!region) return [{ field: 'regionCode', description: describeUnsoldRegion(regionCode) }];
  const { types } = region;
  if (types.length === 0 || types.includes(numberType)) return [];
  const description = `must be another: Sinch sells no ${numberType} numbers in ${regionCode}, but ${types.join(', ')}`;
  return [{ field: 'numberType', description }];
}

async function regionsOf(sinch: SinchClient): Promise<AvailableRegion[]> {
  try {
    return await sinch.listAvailableRegions({ signal: AbortSignal.timeout(WITHIN_MS) });
  } catch (error) {
    if (error instanceof SinchError) return [];
    throw error;
  }
}
