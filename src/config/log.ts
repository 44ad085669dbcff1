import type { SettingValues } from './read-settings';
import type { LogSettings } from './types';

export const LOG = ['NUMBER_ORDERS_LOG_LEVEL', 'NUMBER_ORDERS_LOG_FORMAT'] as const;

export function logSettings(values: SettingValues<(typeof LOG)[number]>): LogSettings {
  const { NUMBER_ORDERS_LOG_LEVEL: level, NUMBER_ORDERS_LOG_FORMAT: format } = values;
  return { level, ...(format && { format }) };
}
