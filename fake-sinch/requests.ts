import { z } from 'zod';

import { type FieldViolation, invalidArgument } from './errors';
import { NUMBER_TYPES } from './types';

const regionCode = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code');
const numberType = z.enum(NUMBER_TYPES);
const capabilities = z.array(z.enum(['SMS', 'VOICE']));
const searchPattern = z.enum(['START', 'CONTAINS', 'END']);
const text = z.string().min(1);

export const lookupRequest = z.object({ regionCode, numberType });

export const createRequest = z
  .object({
    regionCode,
    numberType,
    smsConfiguration: z.object({ servicePlanId: text, campaignId: text.optional() }).optional(),
    voiceConfiguration: z
      .discriminatedUnion('type', [
        z.object({ type: z.literal('RTC'), appId: text }),
        z.object({ type: z.literal('EST'), trunkId: text }),
        z.object({ type: z.literal('FAX'), serviceId: text }),
      ])
      .optional(),
    callbackUrl: z.url({ protocol: /^https?$/ }).optional(),
    numberOrderOption: z
      .object({
        phoneNumbers: z.array(z.string().regex(/^\+[1-9][0-9]{6,14}$/, 'must be in E.164 format')).length(1),
      })
      .optional(),
    quantityOrderOption: z
      .object({
        requestedQuantity: z.number().int().min(1).max(100),
        numberPattern: z.object({ pattern: text, searchPattern: searchPattern.optional() }).optional(),
        sequential: z.boolean().optional(),
        capabilities: capabilities.optional(),
      })
      .optional(),
  })
  .refine((request) => (request.numberOrderOption === undefined) !== (request.quantityOrderOption === undefined), {
    path: ['numberOrderOption'],
    message: 'exactly one of numberOrderOption and quantityOrderOption must be given',
  })
  .refine((request) => request.regionCode === 'US' || request.smsConfiguration?.campaignId === undefined, {
    path: ['smsConfiguration', 'campaignId'],
    message: 'is for US numbers only',
  });

export const registrationRequest = z.object({ requestDetails: z.record(z.string(), z.unknown()) });

export const callbackConfigurationRequest = z.object({ hmacSecret: z.string().regex(/^[a-zA-Z0-9-]{32,64}$/) });

export const regionsRequest = z.object({ types: z.array(numberType) });

export const searchRequest = z.object({
  regionCode,
  type: numberType,
  'numberPattern.pattern': text.optional(),
  'numberPattern.searchPattern': searchPattern.optional(),
  capabilities: capabilities.optional(),
  size: z.coerce.number().int().positive().default(10),
});

export const listRequest = z.object({
  regionCode: regionCode.optional(),
  type: numberType.optional(),
  pageSize: z.coerce.number().int().positive().default(10),
  pageToken: z
    .string()
    .regex(/^[0-9]+$/)
    .optional(),
});

/** @throws ApiError 400, a field violation for each thing wrong; never repeats a value */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidArgument(...result.error.issues.map(violation));
}

function violation({ path, message }: z.core.$ZodIssue): FieldViolation {
  // An index says nothing the name of its list does not: `numberOrderOption.phoneNumbers`.
  const field = path.filter((step) => typeof step === 'string').join('.');
  return { field: field === '' ? 'body' : field, description: message };
}
