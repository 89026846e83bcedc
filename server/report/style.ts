/** How the report looks, on a screen and on A4. It is always light: it is paper. */
import { markup } from './html.ts';

export const style = markup`
  :root { color-scheme: light; --ink: #1b1e22; --soft: #565d66; --line: #c9ccca; --wash: #f1f2ef; --accent: #3452ac; } *
  { box-sizing: border-box; } body { margin: 0; background: #fff; color: var(--ink); font: 16px/1.6 system-ui,
  -apple-system, Segoe UI, Roboto, Noto Sans, PingFang SC, Hiragino Sans GB, Microsoft YaHei, Noto Sans CJK SC,
  sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; } main { max-width: 44rem; margin: 0 auto;
  padding: 2.5rem 1.25rem 4rem; } h1 { font-size: 2.25rem; line-height: 1.2; margin: 0 0 .5rem; } h2 { font-size:
  1.375rem; line-height: 1.3; margin: 2.75rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; } h4 {
  font-size: .875rem; margin: 1rem 0 .25rem; } p { margin: .5rem 0; } a { color: var(--accent); } .kind { color:
  var(--soft); letter-spacing: .04em; margin: 0; } .soft { color: var(--soft); } header { border-bottom: 1px solid
  var(--line); padding-bottom: 1rem; } .short { background: var(--wash); border-radius: 8px; padding: .25rem 1.25rem
  .75rem; margin-top: 1.5rem; } .short h2 { margin-top: .75rem; font-size: 1.125rem; } ul { padding-left: 1.25rem;
  margin: .5rem 0; } .lineage { color: var(--soft); } .question { font-size: 1.125rem; } .waits { border-left: 4px solid
  var(--line); padding-left: 1rem; color: var(--soft); } figure { margin: 1rem 0; } figcaption { font-size: .9375rem;
  margin-top: .25rem; } .figure { display: block; width: 100%; height: auto; font: 12px system-ui, -apple-system, Segoe
  UI, Roboto, Noto Sans, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif; fill: var(--ink); } .figure .grid {
  stroke: #e2e4e2; } .figure .axis { stroke: #8b9096; fill: none; } .figure .lane { fill: var(--wash); } .figure .curve
  { fill: none; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; } .figure .end { text-anchor: end; }
  .figure .middle { text-anchor: middle; } .figure .small { font-size: 11px; } .figure .soft { fill: var(--soft); }
  .figure .strong { font-weight: 650; } .figure .halo { paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round; } table { border-collapse: collapse; width: 100%; font-size: .9375rem; margin:
  .75rem 0; } th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-bottom: 1px
  solid var(--line); font-weight: 400; } thead th { color: var(--soft); font-size: .875rem; } .spread th[scope=row] {
  width: 15rem; } .spread th, .spread td { border: 0; padding: .125rem .75rem .125rem 0; } .spread .truth th, .spread
  .truth td { font-weight: 650; } .spread em { font-style: normal; color: var(--accent); font-size: .875rem; } .bar {
  display: inline-block; height: .75rem; min-width: 1px; background: #8f9bbd; border-radius: 2px; vertical-align: -1px;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; } .truth .bar { background: var(--accent); } .facts {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .5rem 1.5rem; margin: 1rem 0;
  font-size: .9375rem; } .facts dt { color: var(--soft); font-size: .8125rem; } .facts dd { margin: 0; } .facts .code { grid-column: span 2; } .facts .code dd { font: .8125rem/1.9 ui-monospace, monospace; } pre {
  white-space: pre-wrap; overflow-wrap: anywhere; background: var(--wash); border-radius: 8px; padding: .75rem 1rem;
  margin: .25rem 0 1rem; font-size: .8125rem; line-height: 1.5; } .again h3 { margin-top: 1rem; } .hidden { position:
  absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } footer {
  border-top: 1px solid var(--line); margin-top: 3rem; font-size: .875rem; } @media (max-width: 40rem) { td, th { overflow-wrap: anywhere; font-size: .875rem; } .spread th[scope=row] { width: 40%; } th, td { padding-right: .5rem; } }
@media print { @page { size: A4; margin:
  18mm 17mm; } body { font-size: 10.5pt; line-height: 1.45; } main { max-width: none; padding: 0; } h1 { font-size:
  22pt; } h2 { font-size: 14pt; } h2, h3, h4 { break-after: avoid; } figure, .guess table, .facts, tr, li, pre {
  break-inside: avoid; } .short, .lane, pre { print-color-adjust: exact; -webkit-print-color-adjust: exact; } a { color:
  inherit; text-decoration: none; } }
`;
