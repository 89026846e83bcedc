/**
 * The headless commands: `lab run`, `lab verify`, `lab replay`, `lab backup`, `lab worker`. Data goes to stdout, everything else to stderr; see
 * CONTRACT 1 and 3.
 */
import { backupCommand, backupUsage } from './backup.ts';
import { replayCommand, replayUsage } from './replay.ts';
import { runCommand, runUsage } from './run.ts';
import { UsageError, type Streams } from './streams.ts';
import { verifyCommand, verifyUsage } from './verify.ts';
import { workerCommand, workerUsage } from './worker.ts';

type Command = { readonly usage: string; readonly act: (args: string[], streams: Streams) => Promise<number> };

const commands = new Map<string, Command>([
  ['run', { usage: runUsage, act: runCommand }],
  ['verify', { usage: verifyUsage, act: verifyCommand }],
  ['replay', { usage: replayUsage, act: replayCommand }],
  ['worker', { usage: workerUsage, act: workerCommand }],
  ['backup', { usage: backupUsage, act: backupCommand }],
]);

async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands.get(name);
  const help = name === '--help' || name === 'help' || args.includes('--help');
  if (help || command === undefined) {
    const usage = command === undefined ? [...commands.values()].map((one) => one.usage).join('\n') : command.usage;
    const complaint = help || name === '' ? '' : `lab: ${name} is not a command\n`;
    process.stderr.write(`${complaint}${usage}\n`);
    return help ? 0 : 2;
  }
  try {
    return await command.act(args, { stdout: process.stdout, stderr: process.stderr });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`lab ${name}: ${message}\n`);
    if (error instanceof UsageError && error.showUsage) process.stderr.write(`${command.usage}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main();
