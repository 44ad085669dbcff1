import type { z } from 'zod';

/** One environment variable. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  schema: Schema;
  meaning: string;
  /** As written in the environment. Without a default a setting is required, unless its schema is optional. */
  default?: string;
  /** May come from a file named by the variable with `_FILE` appended. */
  secret?: true;
  /** It carries credentials, KYC or keys: unencrypted only to hosts in NUMBER_ORDERS_PLAIN_HTTP_HOSTS. */
  encrypted?: true;
  /** Requires these settings as well. */
  needs?: readonly string[];
}

export const setting = <Schema extends z.ZodType>(
  schema: Schema,
  meaning: string,
  more: Pick<Setting, 'default' | 'secret' | 'encrypted' | 'needs'> = {},
): Setting<Schema> => ({ schema, meaning, ...more });
