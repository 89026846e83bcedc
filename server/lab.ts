/** The lab as one object: store, rooms, training, HTTP and sockets, put together and taken apart in the right order. */
import { createServer, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { Request, RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from 'pino';
import type { RatesOfEngines } from '../shared/core/cost.ts';
import { engineFor, secondsBy } from '../shared/core/kernels/choice.ts';
import type { Config } from './config.ts';
import { readMnist } from './data/mnist.ts';
import { httpApp, type AppParts } from './http/app.ts';
import { openMetrics } from './http/metrics.ts';
import { Admission } from './rooms/admission.ts';
import { Registry } from './rooms/registry.ts';
import { newId } from './rooms/secrets.ts';
import { watchStore } from './rooms/watch-store.ts';
import { openSockets } from './sockets.ts';
import { machineTime } from './time.ts';
import { openTogether } from './together.ts';
import { roomLog } from './store/events.ts';
import { runStore } from './store/runs.ts';
import { RunKeeper } from '../shared/training/keeper.ts';
import { Looks } from '../shared/training/looks.ts';
import { openTrainingPlace } from './training/place.ts';
import { TrainingPool } from './training/pool.ts';

/** Whoever sends a request slowly is cut: its head within 10 s, all of it within 20. */
const requestTimes = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 2000 };
const SWEEP_MS = 60_000;
const REMOVE_MS = 3_600_000;

export type Lab = {
  readonly port: number;
  readonly lanUrl: string | null;
  /** Where its data is, as a person is told. */
  readonly place: string;
  readonly close: () => Promise<void>;
};
/** Serves the page; in development it needs the HTTP server, for the channel of hot reload. */
export type PageSource = (http: Server) => Promise<{ page: AppParts['page']; close: () => Promise<void> }>;

/** Starts the lab; rejects with a sentence for people where the folder or the port cannot be had. */
export async function startLab(config: Config, logger: Logger, pageSource: PageSource): Promise<Lab> {
  const together = await openTogether(config, newId(), logger);
  const { database, link, knowsWhoIsHere } = together;
  const now = Date.now;
  const log = roomLog(database, together.isShared);
  const runs = runStore(database);
  const { limits, maxRooms, retentionDays } = config;
  const acting = { chance: Math.random, later: machineTime.later };
  const place = await openTrainingPlace(config, together, logger);
  let rates: RatesOfEngines = {};
  let calibrationBegan = 0;
  const registry = new Registry({
    log,
    runs,
    limits,
    maxRooms,
    retentionDays,
    engineFor,
    secondsOf: (configuration) => secondsBy(place.speed(rates).rates, configuration),
    now,
    acting,
    onFault: (error) => logger.error({ error: String(error) }, 'a listener of a room failed'),
    link,
    knowsWhoIsHere,
    isAttended: () => place.workers()?.length !== 0,
  });
  const removeOld = async (): Promise<void> => {
    const removed = await registry.removeOld();
    if (removed > 0)
      logger.info({ removed }, `${removed} rooms were removed, ${retentionDays} days after their last use`);
  };
  const admission = new Admission(registry, log, now);
  const metrics = openMetrics({
    rooms: () => registry.rooms,
    people: () => sockets.people(),
    runs: () => place.workers()?.reduce((sum, { live }) => sum + live, 0) ?? keeper.live,
    rates: () => place.speed(rates).rates,
    workers: () => place.workers()?.length ?? 0,
  });
  const mnist = readMnist();
  const keeper: RunKeeper = new RunKeeper(
    runs,
    (events) => new TrainingPool(place.threads, mnist, events),
    {
      measured: (key, points, front) => {
        metrics.measured(points.length);
        registry.reports
          .measured(key, points, front)
          .catch((error: unknown) => logger.error({ error: String(error) }, 'frames lost'));
      },
      ended: (claim, end) => registry.reports.ended(claim, end),
      swept: (claim, points) => registry.reports.swept(claim, points),
      sweepFailed: (claim) => registry.reports.sweepFailed(claim),
      halted: metrics.halted,
      left: () => undefined,
      calibrated: (found) => {
        rates = found;
        logger.info(
          { ms: Math.round(performance.now() - calibrationBegan) },
          `calibrated: runs of ${Object.keys(found).join(', ')} can be estimated in seconds`,
        );
      },
    },
    logger,
    machineTime,
    place.quietMs,
  );
  const http = createServer(requestTimes);
  const { page, close: closePage } = await pageSource(http);
  const secure = config.publicUrl?.startsWith('https:') ?? false;
  let lanUrl: string | null = null;
  const baseUrl = (request: Request, forOthers: boolean): string =>
    baseUrlOf(request, config, forOthers ? lanUrl : null);
  const logRequests: RequestHandler = pinoHttp({ logger, useLevel: 'debug' });
  const { trustProxy } = config;
  const parts = { store: () => runs.check(), ...(link === null ? {} : { redis: link.check }) };
  const app = httpApp({
    registry,
    admission,
    runs,
    looks: new Looks({ store: runs, keeper, log: logger }),
    now,
    baseUrl,
    speed: () => place.speed(rates),
    metrics,
    parts,
    mnist,
    trustProxy,
    secure,
    logRequests,
    log: logger,
    page,
  });
  http.on('request', app);
  const sockets = openSockets(http, {
    admission,
    now,
    allowOrigin: (origin, host) => allowOrigin(origin, host, config),
    addressOf: (socket) => addressOf(socket, app.get('trust proxy fn') as Trust),
    log: logger,
    counted: metrics,
  });
  const port = await listen(http, config);
  lanUrl = lanAddressOf(config, port);
  calibrationBegan = performance.now();
  keeper.calibrate();
  await removeOld();
  const stopKeepingUp = together.isShared ? watchStore(registry, together, logger) : () => undefined;
  const due = await place.start(registry, keeper);
  if (due > 0) logger.info({ due }, `${due} runs go on`);
  const sweeping = setInterval(() => registry.sweep(), SWEEP_MS);
  const removing = setInterval(() => {
    removeOld().catch((error: unknown) => logger.error({ error: String(error) }, 'old rooms could not be removed'));
  }, REMOVE_MS);
  return {
    port,
    lanUrl,
    place: together.place,
    close: async () => {
      clearInterval(sweeping);
      clearInterval(removing);
      stopKeepingUp();
      // Nobody new comes in; io.close, below, waits for what is under way.
      http.close();
      await place.close();
      await registry.close();
      await keeper.close();
      await sockets.close();
      await closePage();
      await together.close();
    },
  };
}

function listen(http: Server, { port, host }: Config): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  http.once('error', (error: NodeJS.ErrnoException) => {
    const where = host === undefined ? `port ${port}` : `port ${port} of ${host}`;
    if (error.code === 'EADDRINUSE')
      reject(new Error(`The ${where} is taken by another program; set PORT to another one.`));
    else if (error.code === 'EACCES')
      reject(new Error(`This user may not listen on ${where}; set PORT to one above 1023.`));
    else reject(new Error(`The ${where} cannot be listened on (${error.message}); check HOST and PORT.`));
  });
  http.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
    const address = http.address();
    resolve(typeof address === 'object' && address !== null ? address.port : port);
  });
  return promise;
}

/** How express sees TRUST_PROXY: whether the address that is so many hops away is a trusted proxy. */
type Trust = (address: string, hop: number) => boolean;

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/i.test(host);

/** The first IPv4 address of this machine on a network, for phones; null where the server listens on loopback only. */
function lanAddressOf(config: Config, port: number): string | null {
  const { host } = config;
  if (host !== undefined && host !== '0.0.0.0' && host !== '::')
    return isLoopback(host) ? null : `http://${host}:${port}`;
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outside = addresses.find((address) => address.family === 'IPv4' && !address.internal);
  return outside === undefined ? null : `http://${outside.address}:${port}`;
}

/** The public address if it is set, else the one the request came to; a loopback one is of no use to others. */
function baseUrlOf(request: Request, config: Config, lanUrl: string | null): string {
  if (config.publicUrl !== null) return config.publicUrl;
  if (lanUrl !== null && isLoopback(request.hostname)) return lanUrl;
  return `${request.protocol}://${request.host}`;
}

/** Pages of this server may connect, and those of allowed origins; programs send no origin. */
function allowOrigin(origin: string | undefined, host: string | undefined, config: Config): boolean {
  if (origin === undefined) return true;
  if (config.allowedOrigins.includes(origin)) return true;
  if (config.publicUrl !== null && new URL(config.publicUrl).origin === origin) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

/** The first address, seen from here, that is no trusted proxy: for sockets as express has it for requests. */
function addressOf(socket: { headers: Record<string, unknown>; address: string }, trusted: Trust): string {
  const named = socket.headers['x-forwarded-for'];
  const hops = typeof named === 'string' ? named.split(',').map((hop) => hop.trim()) : [];
  const way = [socket.address, ...hops.toReversed()];
  return way.find((address, index) => index === way.length - 1 || !trusted(address, index)) ?? socket.address;
}
