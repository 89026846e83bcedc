/**
 * Where a picture has letters that look different elsewhere. Latin letters come from one font on all machines; Chinese comes from
 * what a machine has, or is boxes where it has none. So a comparison leaves it out, and what it pushes aside: the rest of its line.
 */
import type { Mask } from '../../support/pictures/difference.ts';

declare global {
  /** For the test that looks at the page. */
  var foreignText: () => Mask[];
}

const chinese = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
/** Not in the gallery's font either. Beside a number of an axis it moves nothing; a cell of a table is laid out by it. */
const raisedMinus = '⁻';

/** Begins to note what canvases write; what is in the page can be asked for at any time. */
export function noteText(): void {
  const written = new Map<HTMLCanvasElement, Mask[]>();
  const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function clear(...area) {
    written.delete(this.canvas);
    clearRect.apply(this, area);
  };
  CanvasRenderingContext2D.prototype.fillText = function note(text, x, y, ...most) {
    fillText.call(this, text, x, y, ...most);
    if (chinese.test(text))
      written.set(this.canvas, [...(written.get(this.canvas) ?? []), writtenAt(this, text, x, y)]);
  };
  globalThis.foreignText = () => [
    ...inPage(),
    ...written.entries().flatMap(([canvas, boxes]) => boxes.map((box) => onPage(canvas, box))),
  ];
}

const restOfLine = ({ left, top, height }: Omit<Mask, 'width'>): Mask => ({
  left,
  top,
  height,
  width: window.innerWidth - left,
});

/** The box of a text in device pixels of its canvas, to the end of its line; upright text has a line of its own. */
function writtenAt(context: CanvasRenderingContext2D, text: string, x: number, y: number): Mask {
  const { width } = context.measureText(text);
  const size = Number.parseFloat(/([\d.]+)px/.exec(context.font)?.[1] ?? '16');
  const start = { left: 0, start: 0, center: -width / 2, right: -width, end: -width }[context.textAlign];
  const transform = context.getTransform();
  const one = new DOMPoint(x + start, y - size).matrixTransform(transform);
  const other = new DOMPoint(x + start + width, y + size).matrixTransform(transform);
  const box = {
    left: Math.min(one.x, other.x),
    top: Math.min(one.y, other.y),
    width: Math.abs(other.x - one.x),
    height: Math.abs(other.y - one.y),
  };
  return transform.b === 0 ? { ...box, width: context.canvas.width - box.left } : box;
}

function onPage(canvas: HTMLCanvasElement, { left, top, width, height }: Mask): Mask {
  const place = canvas.getBoundingClientRect();
  const scale = place.width / canvas.width;
  return {
    left: place.left + left * scale,
    top: place.top + top * scale,
    width: width * scale,
    height: height * scale,
  };
}

function inPage(): Mask[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const boxes: Mask[] = [];
  while (walker.nextNode() !== null) {
    const text = walker.currentNode.textContent ?? '';
    const holder = walker.currentNode.parentElement;
    if (holder === null) continue;
    if (chinese.test(text)) boxes.push(restOfLine(holder.getBoundingClientRect()));
    else if (text.includes(raisedMinus) && holder.closest('td') !== null) boxes.push(holder.getBoundingClientRect());
  }
  return boxes.map(({ left, top, width, height }) => ({ left, top, width, height }));
}
