import { relative, join } from 'node:path';
import { sharedModules } from '../../src/worker/workflow-code';

const workflows = join(__dirname, '../../src/workflows');
const shared = () => sharedModules().map((path) => relative(workflows, path).replace(/\.ts$/, ''));

describe('the modules that the orders of a worker share', () => {
  it('are found in every room, so that 10,000 orders do not load the policy 10,000 times', () => {
    const rooms = new Map<string, number>();
    for (const module of shared()) {
      const room = module.includes('/') ? module.slice(0, module.indexOf('/')) : '.';
      rooms.set(room, (rooms.get(room) ?? 0) + 1);
    }
    expect([...rooms.keys()].sort()).toEqual(
      ['.', 'calls', 'display', 'inbox', 'kyc', 'notifications', 'order', 'reservation', 'stages'].sort(),
    );
    // Changes with each module that is added: nothing may fall out of it unseen.
    expect(shared()).toHaveLength(62);
  });

  it('are none that keeps something of an order', () => {
    expect(shared().filter((module) => /^(index|number-order|interceptors\/)/.test(module))).toEqual([]);
  });
});
