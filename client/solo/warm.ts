/**
 * Fetches, while the server is there, every piece of the page that a room in it may come to need, so that it works when the server
 * is gone. A test sees to it that no piece is forgotten.
 */
const pieces: readonly (() => Promise<unknown>)[] = [
  () => import('../board/board-settings.tsx'),
  () => import('../board/proposal-form.tsx'),
  () => import('../board/sweep-card.tsx'),
  () => import('../board/sweep-form.tsx'),
  () => import('../challenges/map-card.tsx'),
  () => import('../challenges/match-card.tsx'),
  () => import('../challenges/rescue-card.tsx'),
  () => import('../figures/chain/class-chain.tsx'),
  () => import('../figures/chain/own-chain.tsx'),
  () => import('../figures/chain/screen-chains.tsx'),
  () => import('../figures/circuit/circuit-lab.tsx'),
  () => import('../figures/luck/luck.tsx'),
  () => import('../figures/map/chaos-map.tsx'),
  () => import('../figures/matrix/matrix-lab.tsx'),
  () => import('../figures/multiplier/multiplier-lab.tsx'),
  () => import('../figures/regions/regions-figure.tsx'),
  () => import('../figures/remedies/remedies-lab.tsx'),
  () => import('../figures/slope/sigma-prime.tsx'),
  () => import('../figures/start/start-lab.tsx'),
  () => import('../figures/surface/surface.tsx'),
  () => import('../plots/compare/compare-card.tsx'),
  () => import('../plots/heat/heat-card.tsx'),
  () => import('../plots/outcome/outcome-card.tsx'),
  () => import('../plots/sees/sees-card.tsx'),
  () => import('../plots/why/why-card.tsx'),
  () => import('../polls/poll-form.tsx'),
  () => import('../runs/runs-card.tsx'),
  () => import('../runs/runs-screen.tsx'),
  () => import('katex'),
  () => import('katex/dist/katex.min.css').then(fetchFonts),
];

/** Scripts of workers: they come from the browser's cache then, in which such files stay for ever. */
const scripts: readonly (() => Promise<{ readonly default: string }>)[] = [
  () => import('../figures/start/start-worker.ts?worker&url'),
  () => import('../verify/worker.ts?worker&url'),
];

/** Fetches all of it; rejects where something cannot be had. */
export async function warm(): Promise<void> {
  await Promise.all([...pieces.map((piece) => piece()), ...scripts.map(fetchScript)]);
}

async function fetchScript(find: (typeof scripts)[number]): Promise<void> {
  const { default: script } = await find();
  const response = await fetch(script);
  if (!response.ok) throw new Error(`${script}: ${response.status}`);
  await response.arrayBuffer();
}

/** Faces are fetched by browsers when they are first drawn with. */
async function fetchFonts(): Promise<void> {
  const faces = [...document.fonts].filter(({ family }) => /katex/i.test(family));
  await Promise.all(faces.map((face) => face.load()));
}
