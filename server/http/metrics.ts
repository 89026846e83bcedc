/** Counts what an operator watches, in Prometheus' text format. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { estimateSeconds, type RatesOfEngines } from '../../shared/core/cost.ts';
import { presetOf } from '../../shared/experiments/presets.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';

export type Gauges = {
  readonly rooms: () => number;
  readonly people: () => number;
  readonly runs: () => number;
  readonly workers: () => number;
  readonly rates: () => RatesOfEngines;
};

export type Metrics = ReturnType<typeof openMetrics>;

const chapter = parseConfiguration(presetOf('book-4')?.configuration, defaultLimits);

/** Makes the server's own registry of metrics; gauges are read when somebody asks. */
export function openMetrics(gauges: Gauges) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('deltaroom_rooms_open', 'Rooms held open by this server', gauges.rooms);
  gauge('deltaroom_connections', 'Connections of people to this server', gauges.people);
  gauge('deltaroom_runs_training', 'Runs in training now', gauges.runs);
  gauge(
    'deltaroom_workers',
    'Training workers that are heard of; none where the server trains by itself',
    gauges.workers,
  );
  new Gauge({
    name: 'deltaroom_chapter_experiment_seconds',
    help: 'Estimate of what one idle training thread takes for the experiment book-4, by engine, from the calibration',
    labelNames: ['engine'],
    registers,
    collect() {
      if (!chapter.ok) throw new Error('invariant violation: the experiment book-4 is not valid');
      for (const [engine, rates] of Object.entries(gauges.rates()))
        this.set({ engine }, estimateSeconds(chapter.value, rates));
    },
  });
  const commands = new Counter({
    name: 'deltaroom_commands_total',
    help: 'Commands judged, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const ackSeconds = new Histogram({
    name: 'deltaroom_command_seconds',
    help: 'From a command to its durable answer',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers,
  });
  const stopSeconds = new Histogram({
    name: 'deltaroom_stop_seconds',
    help: 'From the stop of a run to the end of its training',
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
    registers,
  });
  const lateSeconds = new Histogram({
    name: 'deltaroom_tick_delay_seconds',
    help: 'How much later than it should the clock of the rooms went, by which ticks are sent',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
    registers,
  });
  const measurements = new Counter({ name: 'deltaroom_measurements_total', help: 'Measurements stored', registers });
  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    command(ok: boolean, ms: number) {
      commands.inc({ outcome: ok ? 'accepted' : 'refused' });
      ackSeconds.observe(ms / 1000);
    },
    measured: (count: number) => measurements.inc(count),
    late: (ms: number) => lateSeconds.observe(ms / 1000),
    halted: (ms: number) => stopSeconds.observe(ms / 1000),
  };
}
