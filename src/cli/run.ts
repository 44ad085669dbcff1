import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { InvalidRequestError } from '../client';
import { ConfigurationError } from '../config/settings';
import { Cli } from './cli';
import { addAuditCommand } from './commands/audit';
import { addBatchCommands } from './commands/batch';
import { addCallbacksCommand } from './commands/callbacks';
import { addCheckCommand } from './commands/check';
import { addCodecCommand } from './commands/codec';
import { addDoctorCommand } from './commands/doctor';
import { addFollowCommands } from './commands/follow';
import { addIntakeCommand } from './commands/intake';
import { addKeysCommands } from './commands/keys';
import { addKycCommands } from './commands/kyc';
import { addNexusEndpointCommand } from './commands/nexus-endpoint';
import { addNumberCommands } from './commands/numbers';
import { addOperatorCommands } from './commands/operate';
import { addReconcileCommand } from './commands/reconcile';
import { addProfileCommands } from './commands/profiles';
import { addReplayCommand } from './commands/replay';
import { addStartCommand } from './commands/start';
import { addSweepCommand } from './commands/sweep';
import { addViewsCommand } from './commands/views';
import { addWorkerCommand } from './commands/worker';
import { printable, type Terminal } from './terminal';
import { UsageError } from './usage-error';

/**
 * Runs one command.
 * @param args the arguments after the program's name
 * @returns the exit code: 0; 1 when it failed; 2 when the call must be changed
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const cli = new Cli(terminal);
  const program = new Command('number-orders')
    .description("Orders phone numbers through Sinch's Number Order API. Settings: docs/settings.md")
    .version(version)
    .showHelpAfterError('(add --help for usage)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) });
  addWorkerCommand(program, cli);
  addCallbacksCommand(program, cli);
  addCodecCommand(program, cli);
  addIntakeCommand(program, cli);
  addCheckCommand(program, cli);
  addStartCommand(program, cli);
  addKycCommands(program, cli);
  addFollowCommands(program, cli);
  addBatchCommands(program, cli);
  addProfileCommands(program, cli);
  addAuditCommand(program, cli);
  addViewsCommand(program, cli);
  addOperatorCommands(program, cli);
  addNumberCommands(program, cli);
  addReconcileCommand(program, cli);
  addSweepCommand(program, cli);
  addNexusEndpointCommand(program, cli);
  addKeysCommands(program, cli);
  addReplayCommand(program, cli);
  addDoctorCommand(program, cli);
  try {
    await program.parseAsync(args, { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    // Commander has already said what is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    terminal.err(`${messageOf(error)}\n`);
    const askDifferently = [UsageError, InvalidRequestError, ConfigurationError].some((kind) => error instanceof kind);
    return askDifferently ? 2 : 1;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n').map(printable).join('\n') : 'Something went wrong.';
}
