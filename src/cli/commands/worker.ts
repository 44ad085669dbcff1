import type { Command } from 'commander';
import type { Cli } from '../cli';

export function addWorkerCommand(program: Command, cli: Cli): void {
  program
    .command('worker')
    .description('run a worker, configured by the environment, until SIGTERM or SIGINT')
    .action(async () => {
      // Loaded when asked for: a worker's native parts would slow every other command down.
      const { runWorker } = await import('../../worker.js');
      await runWorker(cli.terminal.env);
    });
}
