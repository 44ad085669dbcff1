import type { Command } from 'commander';
import type { Cli } from '../cli';
import { examine } from '../doctor';

export function addDoctorCommand(program: Command, cli: Cli): void {
  program
    .command('doctor')
    .description('check Temporal, search attributes, workers, Sinch credentials and the store; say how to fix each')
    .action(async () => {
      for await (const { name, ok, warning, detail } of examine(cli.terminal.env)) {
        const [first = '', ...rest] = detail.split('\n');
        const verdict = ok ? (warning ? 'warn' : 'ok  ') : 'FAIL';
        cli.print(`${verdict}  ${name.padEnd(18)}${first}`, ...rest.map((line) => `${' '.repeat(24)}${line}`));
        if (!ok) cli.exitCode = 1;
      }
    });
}
