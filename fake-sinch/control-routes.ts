import { z } from 'zod';

import type { Control } from './control';
import { faultSchema, type Fault } from './faults';
import { type Call, readJson, type Route } from './http';
import { randomFaultsSchema } from './random-faults';
import { parse } from './requests';
import { settingsChangeSchema } from './settings';
import { NUMBER_TYPES, ORDER_STATES, type NumberRequirements } from './types';

const regionCode = z.string().regex(/^[A-Z]{2}$/);
const type = z.enum(NUMBER_TYPES);
const linking = z.enum(['SUCCEED', 'FAIL', 'STUCK']).optional();

const planSchema = z.strictObject({
  review: z.array(z.enum(['APPROVE', 'REJECT', 'ASK', 'BLOCK', 'BLOCK_THEN_APPROVE', 'STUCK'])).optional(),
  message: z.string().optional(),
  sms: linking,
  voice: linking,
  smsErrorCodes: z.array(z.string().min(1)).optional(),
  reservationSeconds: z.number().nonnegative().optional(),
});

const clockSchema = z.strictObject({
  set: z.union([z.string(), z.number()]).optional(),
  advanceMs: z.number().optional(),
  running: z.boolean().optional(),
});

const orderSchema = z.strictObject({
  plan: planSchema.optional(),
  state: z.enum(ORDER_STATES).optional(),
  message: z.string().optional(),
  shownState: z.string().min(1).optional(),
  vanished: z.boolean().optional(),
});

const amounts = { setup: z.string(), monthly: z.string() };

const numbersSchema = z.strictObject({
  add: z
    .array(
      z.strictObject({
        phoneNumber: z.string().regex(/^\+[1-9][0-9]{6,14}$/),
        regionCode,
        type,
        capabilities: z.array(z.enum(['SMS', 'VOICE'])),
      }),
    )
    .default([]),
  remove: z.array(z.string()).default([]),
  take: z.array(z.string()).default([]),
  free: z.array(z.string()).default([]),
  prices: z.array(z.strictObject({ phoneNumber: z.string(), currencyCode: z.string(), ...amounts })).default([]),
});

const requirementsSchema = z.strictObject({ regionCode, numberType: type, requirements: z.json().nullable() });

const callbacksSchema = z.strictObject({
  drop: z.number().int().nonnegative().optional(),
  double: z.number().int().nonnegative().optional(),
  flush: z.boolean().optional(),
});

/** The control over HTTP; docs/fake-sinch.md shows each endpoint. */
export function controlRoutes(control: Control): Route[] {
  const get = (path: string, handle: () => unknown): Route => ({
    method: 'GET',
    path: new RegExp(`^/__control/${path}$`),
    handle,
  });
  const post = <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    handle: (body: z.output<Schema>, call: Call) => unknown,
  ): Route => ({
    method: 'POST',
    path: new RegExp(`^/__control/${path}$`),
    handle: async (call) => handle(parse(schema, await readJson(call.request)), call),
  });

  return [
    get('health', () => ({ status: 'OK' })),
    get('audit', () => control.audit()),
    get('settings', () => control.settings),
    get('clock', () => control.clock),
    post('settings', settingsChangeSchema, (change) => {
      control.configure(change);
      return control.settings;
    }),
    post('clock', clockSchema, ({ set, advanceMs, running }) => {
      if (running === false) control.stopClock();
      if (set !== undefined) control.setClock(set);
      if (advanceMs !== undefined) control.advance(advanceMs);
      if (running === true) control.resumeClock();
      return control.clock;
    }),
    post('faults', faultSchema, (fault: Fault) => {
      control.fault(fault);
    }),
    post('faults/random', randomFaultsSchema, (options) => {
      control.faultAtRandom(options);
    }),
    {
      method: 'DELETE',
      path: /^\/__control\/faults$/,
      handle: () => {
        control.clearFaults();
      },
    },
    {
      method: 'DELETE',
      path: /^\/__control\/tokens$/,
      handle: () => {
        control.revokeTokens();
      },
    },
    post('orders/next', planSchema, (plan) => {
      control.planNextOrder(plan);
    }),
    post('orders/([^/]+)', orderSchema, ({ plan, state, message, shownState, vanished }, { params: [id = ''] }) => {
      if (plan) control.planOrder(id, plan);
      if (state) control.moveOrder(id, state, message);
      if (shownState !== undefined) control.showState(id, shownState);
      if (vanished !== undefined) control.vanishOrder(id, vanished);
    }),
    post('numbers', numbersSchema, ({ add, remove, take, free, prices }) => {
      for (const number of add) control.addNumber(number);
      for (const phoneNumber of remove) control.removeNumber(phoneNumber);
      control.takeNumbers(...take);
      control.freeNumbers(...free);
      for (const { phoneNumber, ...price } of prices) control.setPrice(phoneNumber, price);
    }),
    post('requirements', requirementsSchema, ({ regionCode, numberType, requirements }) => {
      // Any shape may be set on purpose: what reads it is what is being tested.
      control.setRequirements(regionCode, numberType, (requirements ?? undefined) as NumberRequirements | undefined);
    }),
    post('callbacks', callbacksSchema, async ({ drop, double, flush }) => {
      if (drop !== undefined) control.dropCallbacks(drop);
      if (double !== undefined) control.doubleCallbacks(double);
      if (flush === true) await control.flushCallbacks();
    }),
  ];
}
