import type { Command } from 'commander';
import { views } from '../../client';
import type { Cli } from '../cli';

export function addViewsCommand(program: Command, cli: Cli): void {
  program
    .command('views')
    .description("print queries for useful lists, for Temporal's Web UI and CLI")
    .option('--region <code>', 'for the list of a region', 'AU')
    .option('--ui <url>', "where Temporal's Web UI is: prints links to open and save there")
    .action(({ region, ui }: { region: string; ui?: string }) => {
      const namespace = cli.terminal.env.TEMPORAL_NAMESPACE ?? 'default';
      for (const { name, query } of views(region, new Date())) {
        const link = `${ui?.replace(/\/$/, '')}/namespaces/${namespace}/workflows?query=${encodeURIComponent(query)}`;
        cli.print(name, `  ${query}`, ...(ui === undefined ? [] : [`  ${link}`]), '');
      }
    });
}
