/**
 * `npm run bench`: the figures that the project promises, part by part: `core` (throughput of training, against this machine's
 * limit and with `--peers` against what a user would pick instead), `estimates` (seconds foretold and taken), `scheduler` (how
 * soon a stop is obeyed, who gets how much time), `fanout` (what a tick costs the server), `class` (a whole class that joins,
 * answers and watches) and, only when they are chosen, `page` (what the plots cost the page) and two parts of it alone, `start` (how
 * soon a class sees something) and `history` (how soon a long history is opened and zoomed into). `--only core,fanout` or `--scheduler` choose; `--json` prints all figures
 * for programs.
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchClass, printClass } from './class.ts';
import { coreInItsProcess, printCore } from './core.ts';
import { benchEstimates, printEstimates } from './estimates.ts';
import { benchFanout, printFanout } from './fanout.ts';
import { benchHistory, historyReport } from './history.ts';
import { benchPage, pageReport } from './page.ts';
import { benchScheduler, printScheduler } from './scheduler.ts';
import { benchStart, startReport } from './start.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    core: { type: 'boolean', default: false },
    estimates: { type: 'boolean', default: false },
    scheduler: { type: 'boolean', default: false },
    fanout: { type: 'boolean', default: false },
    class: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    history: { type: 'boolean', default: false },
    start: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    peers: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
    throttle: { type: 'string', default: '4' },
    students: { type: 'string', default: '200' },
    clients: { type: 'string', default: '200,500,1000' },
  },
});

const page = { minutes: Math.max(1, Number(options.minutes)), throttle: Math.max(1, Number(options.throttle)) };

const parts = {
  core: () => run(coreInItsProcess(options), printCore),
  estimates: () => run(benchEstimates(), printEstimates),
  scheduler: () => run(benchScheduler(), printScheduler),
  fanout: () => run(benchFanout(options.clients.split(',').map(Number)), printFanout),
  class: () => run(benchClass({ students: Number(options.students), seconds: 60 }), printClass),
  page: () => run(benchPage(page), (found) => pageReport(found, page)),
  history: () => run(benchHistory(page.throttle), (found) => historyReport(found, page.throttle)),
  start: () => run(benchStart(), startReport),
};
type Part = keyof typeof parts;
const names = Object.keys(parts).filter((name): name is Part => Object.hasOwn(parts, name));

/** Prints a part's figures as soon as they are there, and returns them. */
async function run<Figures>(
  figures: Figures | Promise<Figures>,
  print: (figures: Figures) => string,
): Promise<Figures> {
  const found = await figures;
  if (!options.json) console.log(`${print(found)}\n`);
  return found;
}

const listed = options.only?.split(',') ?? [];
const unknown = listed.find((name) => !names.some((known) => known === name));
if (unknown !== undefined) {
  process.stderr.write(`there is no part ${unknown}; there are ${names.join(', ')}\n`);
  process.exit(2);
}
const chosen = names.filter((name) => listed.includes(name) || options[name]);
// The page alone takes a quarter of an hour, so it and its parts are measured when they are asked for.
const usual = names.filter((name) => !['page', 'history', 'start'].includes(name));
const figures: Partial<Record<Part, unknown>> = {};
for (const name of chosen.length > 0 ? chosen : usual) figures[name] = await parts[name]();
if (options.json) {
  const machine = {
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
  console.log(JSON.stringify({ machine, ...figures }, null, 2));
}
// The threads of some parts are still there.
process.exit(0);
