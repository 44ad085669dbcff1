import { AsyncLocalStorage } from 'node:async_hooks';
import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import { PROJECT_HEADER, type FailureType } from '@number-orders/contract';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { createActivities, type Activities } from '.';
import type { Beginning } from './before-reservation';
import type { ActivityPorts } from './ports';

const RETRY_MS = 60_000;

/** The project of the running call; undefined: the default one. */
const projectOfCall = new AsyncLocalStorage<string | undefined>();

/** Reads the order's project from the call's header. */
export const projectInterceptor: ActivityInterceptorsFactory = () => ({
  inbound: {
    execute: (input, next) => {
      const header = input.headers[PROJECT_HEADER];
      const project = header && defaultPayloadConverter.fromPayload<string>(header);
      return projectOfCall.run(project, () => next(input));
    },
  },
});

export interface ProjectsOptions {
  /** The default project's ports. */
  ports: ActivityPorts;
  /** The named projects' ports: activities of one project cannot reach those of another. */
  projects: ReadonlyMap<string, ActivityPorts>;
  /** Called when an order names a project without settings. */
  onUnknown: () => void;
}

type Call = (...args: unknown[]) => unknown;

/** Every activity of the service. Each call gets only the ports of its order's project. */
export function createActivitiesOfProjects({ ports, projects, onUnknown }: ProjectsOptions): Activities {
  const own = createActivities(ports);
  const named = new Map([...projects].map(([name, theirs]) => [name, createActivities(theirs)]));
  const dispatch =
    (name: keyof Activities): Call =>
    (...args) => {
      const project = projectOfCall.getStore();
      const activities = project === undefined ? own : named.get(project);
      if (activities) return (activities[name] as Call)(...args);
      onUnknown();
      return withoutProject(name, own);
    };
  const names = Object.keys(own) as (keyof Activities)[];
  return Object.fromEntries(names.map((name) => [name, dispatch(name)])) as unknown as Activities;
}

/** Lets an order begin, so that people see what it waits for. Sends nothing. */
async function withoutProject(name: keyof Activities, own: Activities): Promise<unknown> {
  const { sinchTaskQueue: _ofTheDefault, ...policy } = await own.readPolicy();
  if (name === 'readPolicy') return policy;
  if (name === 'beginOrder') return { policy, unknownProject: true } satisfies Beginning;
  throw ApplicationFailure.create({
    type: 'SinchProjectUnknown' satisfies FailureType,
    message: "The worker has no settings of the order's Sinch project: add it to SINCH_PROJECTS",
    nextRetryDelay: RETRY_MS,
  });
}
