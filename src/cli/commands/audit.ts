import { Option, type Command } from 'commander';
import type { AuditEntry } from '../../client';
import type { Cli } from '../cli';
import { toCsv } from '../csv';
import { toJson } from '../terminal';

export function addAuditCommand(program: Command, cli: Cli): void {
  program
    .command('audit <reference>')
    .description('export who did what to an order, when and why: names, ids and authors, never KYC')
    .addOption(new Option('--format <format>').choices(['json', 'csv']).default('json'))
    .action(async (reference: string, { format }: { format: 'json' | 'csv' }) => {
      const entries = await cli.withOrders((orders) => orders.audit(reference));
      cli.terminal.out(format === 'json' ? toJson(entries) : toCsv([COLUMNS, ...entries.map(rowOf)]));
    });
}

const COLUMNS = ['time', 'kind', 'name', 'author', 'reason', 'about', 'answer', 'client', 'runId', 'eventId'];

function rowOf(entry: AuditEntry): string[] {
  const { time, kind, name, author = '', reason = '', about = {}, answer = '', client = '', runId, eventId } = entry;
  const things = Object.entries(about).map(([field, value]) => `${field}=${value}`);
  return [time, kind, name, author, reason, things.join(' '), answer, client, runId, String(eventId)];
}
