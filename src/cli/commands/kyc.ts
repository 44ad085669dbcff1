import { access, constants, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import { titleAndId, titled, type KycAnswer, type Registration } from '@number-orders/contract';
import type { Cli } from '../cli';
import { idOf } from '../id-of-title';
import { readJson } from '../read-json';
import { renderViolations } from '../render-order';
import { toJson } from '../terminal';
import { UsageError } from '../usage-error';

const MIME_TYPES: Record<string, string> = {
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
};

interface AttachOptions {
  id: string;
  mime?: string;
  documentType?: string;
  json?: true;
}

export function addKycCommands(program: Command, cli: Cli): void {
  program
    .command('register <reference> <file>')
    .description('send KYC fields: a JSON file with either "data" or "requestDetails" ("-": stdin)')
    .option('--json', 'print JSON')
    .action(async (reference: string, file: string, { json }: { json?: true }) => {
      const registration = (await readJson(cli.terminal, file)) as Registration;
      const answer = await cli.withOrders((orders) => orders.register(reference, registration));
      printAnswer(cli, 'Registration', answer, json);
    });

  program
    .command('attach <reference> <file>')
    .description('put a document into the store and send it')
    .requiredOption('--id <attachmentId>', 'which attachment it is: its id, or a unique part of its title')
    .option('--mime <type>', 'its media type; told from .pdf, .png and .jpg when left out')
    .option('--document-type <type>', 'one of the types the requirement allows')
    .option('--json', 'print JSON')
    .action(async (reference: string, file: string, { id, mime, documentType, json }: AttachOptions) => {
      const mimeType = mime ?? MIME_TYPES[extname(file).toLowerCase()];
      if (!mimeType) throw new UsageError('The media type cannot be told from the file name: add --mime.');
      await requireReadable(file);
      const document = {
        fileName: basename(file),
        mimeType,
        ...(documentType !== undefined && { documentType }),
        content: file,
      };
      await cli.withOrders(async (orders) => {
        const { requirements } = await orders.order(reference);
        const documents = (requirements?.attachments ?? []).map((attachment) => titled(requirements, attachment.id));
        const attachmentId = idOf(documents, id);
        const answer = await orders.attach(reference, { ...document, attachmentId });
        printAnswer(cli, `Attachment ${titleAndId(titled(requirements, attachmentId))}`, answer, json);
      });
    });
}

async function requireReadable(file: string): Promise<void> {
  try {
    await access(file, constants.R_OK);
    if ((await stat(file)).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} cannot be read (${code}): check the path.`);
  }
}

function printAnswer(cli: Cli, what: string, answer: KycAnswer, json: true | undefined): void {
  if (json) cli.terminal.out(toJson(answer));
  else {
    const reason = answer.reason === undefined ? '' : `: ${answer.reason}`;
    cli.print(`${what} ${answer.status}${reason}`, ...renderViolations(answer.violations).map((line) => `  ${line}`));
  }
  if (answer.status === 'REFUSED') cli.exitCode = 1;
}
