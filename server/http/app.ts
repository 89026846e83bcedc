/** The HTTP side of the lab: health, metrics, the API, and the page. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { type Express, type NextFunction, type Request, type Response, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Mnist } from '../../shared/core/dataset.ts';
import { imagesFolder, majorityPath } from '../../shared/protocol/images.ts';
import { refused } from '../../shared/protocol/refusal.ts';
import { api, type ApiParts, requestRefusal } from './api.ts';
import { serveImages } from './images.ts';
import { reachRoutes } from './reach.ts';
import { serveMajority } from './majority.ts';
import type { Metrics } from './metrics.ts';
import { openapi } from './openapi.ts';
import { refuse } from './route.ts';

export type AppParts = ApiParts & {
  readonly metrics: Metrics;
  /** What the server cannot do without, by its name, and how to find out whether it is there. */
  readonly parts: Readonly<Record<string, () => Promise<void>>>;
  readonly mnist: Mnist;
  readonly trustProxy: boolean | number | string;
  /** Served over https, so that browsers may be told to insist on it. */
  readonly secure: boolean;
  readonly logRequests: RequestHandler;
  readonly log: { readonly error: (fields: object, text: string) => void };
  /** The built page's folder, or how to serve it while it is being developed. */
  readonly page:
    | { readonly kind: 'built'; readonly folder: string }
    | { readonly kind: 'development'; readonly serve: RequestHandler };
};

/** Puts the routes together. */
export function httpApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', parts.trustProxy);
  // Simple queries only: nested objects from brackets would be one more thing to guard against.
  app.set('query parser', 'simple');
  app.get('/healthz', (_request, response) => void response.json({ ok: true }));
  app.get('/readyz', (_request, response) => {
    void standing(parts.parts).then((found) => {
      const away = Object.keys(found).filter((name) => found[name] === 'away');
      if (away.length === 0) response.json({ ok: true, ...found });
      else refuse(response, refused('unavailable', `${away.join(' and ')} cannot be used just now`).error);
    });
  });
  app.get('/metrics', (_request, response, next) => {
    parts.metrics.text().then((text) => response.type(parts.metrics.contentType).send(text), next);
  });
  app.use(parts.logRequests);
  app.use(headers(parts));
  app.use(compression({ filter: isCompressible }));
  app.get('/api/openapi.json', (_request, response) => void response.json(openapi));
  app.get(majorityPath, serveMajority(parts.mnist));
  app.get(`${imagesFolder}/:part.bin`, serveImages(parts.mnist));
  app.use(reachRoutes(parts.now));
  app.use('/api', api(parts));
  if (parts.page.kind === 'built') servePage(app, parts.page.folder);
  else app.use(parts.page.serve);
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const refusal = requestRefusal(error);
    if (refusal !== null && !response.headersSent) return refuse(response, refusal);
    parts.log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a request failed');
    if (response.headersSent) return next(error);
    refuse(response, refused('unavailable', 'the server cannot answer this just now; try again').error);
  });
  return app;
}

/** A part that says nothing for so long is away, in ms. */
const PATIENCE_MS = 3000;

/** Looks which parts answer. */
async function standing(parts: AppParts['parts']): Promise<Record<string, 'ready' | 'away'>> {
  const found = Object.entries(parts).map(([name, check]) => {
    const { promise: silence, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(reject, PATIENCE_MS);
    return Promise.race([check(), silence])
      .then(
        () => [name, 'ready'] as const,
        () => [name, 'away'] as const,
      )
      .finally(() => clearTimeout(timer));
  });
  return Object.fromEntries(await Promise.all(found));
}

/** Lines of JSON are text, which the list of types that compression knows does not say. */
const isCompressible = (request: Request, response: Response): boolean =>
  String(response.getHeader('content-type')).startsWith('application/x-ndjson') ||
  compression.filter(request, response);

/**
 * Security headers. Over plain http, as phones reach a laptop on the local network, neither upgrade-insecure-requests nor HSTS
 * may be sent: browsers would then load no script.
 */
function headers(parts: AppParts): RequestHandler {
  const development = parts.page.kind === 'development';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...(development ? ["'unsafe-inline'"] : [])],
        // The component library sets styles from script.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        // client/shell/trusted-scripts.ts is the one policy; tools of development know nothing of it.
        ...(development ? {} : { requireTrustedTypesFor: ["'script'"], trustedTypes: ['default'] }),
        ...(parts.secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: parts.secure,
    crossOriginOpenerPolicy: parts.secure,
    originAgentCluster: parts.secure,
  });
}

/** Files with a hash in their name never change; the page itself is asked for anew each time. */
function servePage(app: Express, folder: string): void {
  const assets = join(folder, 'assets');
  app.use('/assets', express.static(assets, { immutable: true, maxAge: '1y', index: false, fallthrough: false }));
  app.use(express.static(folder, { index: false, maxAge: 0 }));
  app.get('/{*any}', (_request, response, next) => {
    const index = join(folder, 'index.html');
    if (existsSync(index)) response.set('Cache-Control', 'no-cache').sendFile(index);
    else next(new Error(`the page has not been built: ${index} is missing; run npm run build`));
  });
}
