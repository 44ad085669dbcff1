import type { Command } from 'commander';
import { validateRequest, type NumberOrderRequest, type ViewRequirements } from '../../contract';
import { evaluate } from '../../requirements/evaluate';
import { SinchError } from '../../sinch';
import type { Cli } from '../cli';
import { readJson } from '../read-json';
import { toJson } from '../terminal';

/** Tells before an order is started what it would wait for and what Sinch would refuse. Nothing is reserved. */
export function addCheckCommand(program: Command, cli: Cli): void {
  program
    .command('check <file>')
    .description("hold the order that a JSON file describes against Sinch's requirements; nothing is ordered")
    .option('--json', 'print JSON')
    .action(async (file: string, { json }: { json?: true }) => {
      const request = await readJson(cli.terminal, file);
      const malformed = validateRequest(request);
      const { missing, violations } =
        malformed.length > 0 ? { missing: [], violations: malformed } : await evaluateAtSinch(cli, request);
      // What is missing may come later by a message; what is wrong would be refused.
      if (violations.length > 0) cli.exitCode = 1;
      if (json) {
        cli.terminal.out(toJson({ missing, violations }));
        return;
      }
      cli.print(...violations.map(({ field, description }) => `${field} ${description}`));
      if (missing.length > 0) cli.print(`Still to come: ${missing.join(', ')}`);
      if (violations.length === 0) cli.print('Nothing Sinch would refuse.');
    });
}

async function evaluateAtSinch(cli: Cli, request: unknown) {
  const { regionCode, numberType, ...kyc } = request as NumberOrderRequest;
  let requirements: ViewRequirements | null;
  try {
    requirements = await cli.sinch().lookupNumberRequirements({ regionCode, numberType });
  } catch (error) {
    if (!(error instanceof SinchError && error.type === 'SinchNotFound')) throw error;
    requirements = null;
  }
  return evaluate(requirements, kyc);
}
