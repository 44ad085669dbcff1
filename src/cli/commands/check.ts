import type { Command } from 'commander';
import { readRequest, titleAndId, type NumberOrderRequest } from '@number-orders/contract';
import { evaluate } from '../../requirements/evaluate';
import { orNone } from '../../sinch';
import type { Cli } from '../cli';
import { readJson } from '../read-json';
import { renderViolations } from '../render-order';
import { violationsOfRegion } from '../sold-regions';
import { toJson } from '../terminal';

/** Tells what an order would wait for, and what Sinch would refuse, before it is started. Nothing is reserved. */
export function addCheckCommand(program: Command, cli: Cli): void {
  program
    .command('check <file>')
    .description("check the order in a JSON file against Sinch's requirements; nothing is ordered")
    .option('--json', 'print JSON')
    .action(async (file: string, { json }: { json?: true }) => {
      const request = readRequest(await readJson(cli.terminal, file));
      const { missing, missingTitles, violations } = request.violations
        ? { ...NOTHING_MISSING, violations: request.violations }
        : await evaluateAtSinch(cli, request.value);
      // Missing KYC may arrive later. Wrong KYC would be refused.
      if (violations.length > 0) cli.exitCode = 1;
      if (json) {
        cli.terminal.out(toJson({ missing, missingTitles, violations }));
        return;
      }
      cli.print(...renderViolations(violations));
      if (missing.length > 0) cli.print(`Still to come: ${missingTitles.map(titleAndId).join(', ')}`);
      if (violations.length === 0)
        cli.print('Nothing that Sinch would refuse, as far as its requirements can be read.');
    });
}

const NOTHING_MISSING = { missing: [], missingTitles: [] };

async function evaluateAtSinch(cli: Cli, { regionCode, numberType, project, ...kyc }: NumberOrderRequest) {
  const sinch = cli.sinch(project);
  const violations = await violationsOfRegion(sinch, { regionCode, numberType });
  if (violations.length > 0) return { ...NOTHING_MISSING, violations };
  const requirements = await orNone(sinch.lookupNumberRequirements({ regionCode, numberType }));
  return evaluate(requirements ?? null, kyc);
}
