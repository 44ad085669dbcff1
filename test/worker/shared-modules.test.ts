import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sharedModules } from '../../src/worker/workflow-code';

const workflows = join(__dirname, '../../src/workflows');
const shared = () => sharedModules().map((path) => relative(workflows, path));

describe('the modules that the orders of a worker share', () => {
  it('come from every folder, so that 10,000 orders do not load the policy 10,000 times', () => {
    const ofOneOrder = /^(index\.ts|number-order\.ts|interceptors\/)/;
    const rest = readdirSync(workflows, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !ofOneOrder.test(file),
    );
    expect(rest.length).toBeGreaterThan(50);
    expect(shared().sort()).toEqual(rest.sort());
  });

  it('do not include one that holds state of an order', () => {
    expect(shared().filter((module) => /^(index|number-order|interceptors\/)/.test(module))).toEqual([]);
  });
});
