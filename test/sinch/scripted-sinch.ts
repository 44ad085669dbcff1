import {
  type CallReport,
  type CreateNumberOrderRequest,
  SinchClient,
  type SinchClientOptions,
  SinchError,
} from '../../src/sinch';
import { json, ScriptedServer, type Step } from '../support/scripted-server';

const TOKEN_PATH = '/oauth2/token';

/** A scripted server in Sinch's place, with a token endpoint, and a client that calls it. */
export class ScriptedSinch {
  readonly calls: CallReport[] = [];
  readonly client: SinchClient;

  static async start(options: Partial<SinchClientOptions> = {}): Promise<ScriptedSinch> {
    return new ScriptedSinch(await ScriptedServer.start(), options);
  }

  private constructor(
    readonly server: ScriptedServer,
    private readonly options: Partial<SinchClientOptions>,
  ) {
    this.tokens(token('token-1'));
    this.client = this.newClient();
  }

  /** Another client, with the first one's options where it has none of its own. */
  newClient(options: Partial<SinchClientOptions> = {}): SinchClient {
    return new SinchClient({
      projectId: 'project-1',
      keyId: 'key',
      keySecret: 'secret',
      numbersUrl: this.server.url,
      authUrl: `${this.server.url}${TOKEN_PATH}`,
      onCall: (call) => this.calls.push(call),
      ...this.options,
      ...options,
    });
  }

  /** The API's answers, one after the other, the last one for ever. */
  answers(...steps: Step[]): void {
    this.server.script('*', ...steps);
  }

  tokens(...steps: Step[]): void {
    this.server.script(TOKEN_PATH, ...steps);
  }

  get apiRequests() {
    return this.server.requests.filter(({ url }) => url !== TOKEN_PATH);
  }

  get tokenRequests() {
    return this.server.to(TOKEN_PATH);
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

export function token(name: string, expiresIn = 3600): Step {
  return json(200, { access_token: name, token_type: 'bearer', expires_in: expiresIn });
}

export function order(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    projectId: 'project-1',
    idNumberOrder: 'order-1',
    regionCode: 'AU',
    numberType: 'MOBILE',
    state: 'CREATED',
    orderNumbers: [{ phoneNumber: '+61400000001', capabilities: ['SMS'] }],
    expireTime: '2026-01-03T00:00:00Z',
    createTime: '2026-01-01T00:00:00Z',
    ...overrides,
  };
}

export const creation: CreateNumberOrderRequest = {
  regionCode: 'AU',
  numberType: 'MOBILE',
  numberOrderOption: { phoneNumbers: ['+61400000001'] },
};

/** The SinchError a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<SinchError> {
  const outcome = await call.then(
    () => 'an answer',
    (error: unknown) => error,
  );
  if (outcome instanceof SinchError) return outcome;
  throw new Error('expected a SinchError', { cause: outcome });
}
