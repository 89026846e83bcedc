/** A sheet that writes down what is painted on it as an SVG text, for export. */
import type { Sheet, Size } from './sheet.ts';

export type SvgSheet = Sheet & {
  /** Everything painted so far as a document of its own. */
  markup(title: string): string;
};

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? '');

/** Hundredths of a pixel are more than anybody sees. */
const short = (value: number): string => String(Math.round(value * 100) / 100);

const anchors = { left: 'start', center: 'middle', right: 'end' } as const;

/** Makes an empty sheet; `widthOf` measures text, which only a browser can do exactly. */
export function svgSheet(size: Size, font: string, widthOf: Sheet['widthOf']): SvgSheet {
  const marks: string[] = [];
  let path = '';
  let clips = 0;
  const add = (
    element: string,
    attributes: Readonly<Record<string, string | number | undefined>>,
    content = '',
  ): void => {
    const written = Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [` ${name}="${typeof value === 'number' ? short(value) : escaped(value)}"`],
    );
    marks.push(`<${element}${written.join('')}${content === '' ? '/>' : `>${content}</${element}>`}`);
  };
  const opacity = (alpha: number | undefined): number | undefined => (alpha === 1 ? undefined : alpha);
  return {
    size,
    widthOf,
    begin() {
      path = '';
    },
    moveTo(x, y) {
      path += `M${short(x)} ${short(y)}`;
    },
    lineTo(x, y) {
      path += `L${short(x)} ${short(y)}`;
    },
    stroke({ colour, width, dash = [], alpha }) {
      if (path === '') return;
      add('path', {
        d: path,
        fill: 'none',
        stroke: colour,
        'stroke-width': width,
        'stroke-linejoin': 'round',
        'stroke-linecap': 'round',
        'stroke-dasharray': dash.length === 0 ? undefined : dash.map(short).join(' '),
        opacity: opacity(alpha),
      });
    },
    fill(colour, alpha) {
      if (path !== '') add('path', { d: path, fill: colour, opacity: opacity(alpha) });
    },
    rect({ left, top, width, height }, colour, alpha) {
      add('rect', { x: left, y: top, width, height, fill: colour, opacity: opacity(alpha) });
    },
    dot: (x, y, radius, colour, alpha) =>
      add('circle', { cx: x, cy: y, r: radius, fill: colour, opacity: opacity(alpha) }),
    image: (picture, { left, top, width, height }) =>
      add('image', {
        x: left,
        y: top,
        width,
        height,
        href: picture.toDataURL(),
        preserveAspectRatio: 'none',
        style: 'image-rendering: pixelated',
      }),
    text(x, y, text, { colour, size: letters, weight, align = 'left', upwards = false }) {
      add(
        'text',
        {
          x,
          y,
          fill: colour,
          'font-size': letters,
          'font-weight': weight,
          'text-anchor': anchors[align],
          'dominant-baseline': 'central',
          transform: upwards ? `rotate(-90 ${short(x)} ${short(y)})` : undefined,
        },
        escaped(text),
      );
    },
    clipped({ left, top, width, height }, paint) {
      clips++;
      marks.push(
        `<clipPath id="clip-${clips}"><rect x="${short(left)}" y="${short(top)}" width="${short(width)}" height="${short(height)}"/></clipPath>`,
        `<g clip-path="url(#clip-${clips})">`,
      );
      paint();
      marks.push('</g>');
    },
    markup: (title) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${short(size.width)}" height="${short(size.height)}" ` +
      `viewBox="0 0 ${short(size.width)} ${short(size.height)}" font-family="${escaped(font)}" role="img">` +
      `<title>${escaped(title)}</title>${marks.join('')}</svg>\n`,
  };
}
