import type { z } from 'zod';

/** One environment variable. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  schema: Schema;
  meaning: string;
  /** As one would write it in the environment. Without a default a setting is required, unless its schema is optional. */
  default?: string;
  /** May come from a file named by the variable with `_FILE` appended. */
  secret?: true;
  /** Credentials, KYC or keys go over it: not in the clear to another host, unless NUMBER_ORDERS_PLAIN_HTTP_HOSTS lists it. */
  encrypted?: true;
  /** Makes no sense unless these are set as well. */
  needs?: readonly string[];
}

export const setting = <Schema extends z.ZodType>(
  schema: Schema,
  meaning: string,
  more: Pick<Setting, 'default' | 'secret' | 'encrypted' | 'needs'> = {},
): Setting<Schema> => ({ schema, meaning, ...more });
