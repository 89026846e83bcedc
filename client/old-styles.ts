/**
 * Styles for browsers of 2020: what they cannot read of a selector (`:where()`, `:is()`, lists in `:not()`, `:focus-visible`) and of a value (`dvh`, `color-mix()`, `inset`) is said
 * once more in older words, for them alone. Used by the build; knows nothing of Vite but the shape of a PostCSS plugin.
 */

/** Chrome has had both since version 88, and what it stands for here; newer browsers pass over everything inside. */
const onlyOld = 'not (aspect-ratio: 1)';

const newer = /:(?:where|is)\(|:not\([^()]*,|:focus-visible/;

/** Returns a selector in older words, one for each of its readings; null where it can be read as it is, or cannot be said. */
export function inOldWords(selector: string): readonly string[] | null {
  if (!newer.test(selector) || selector.includes(':has(')) return null;
  return expanded(selector.replaceAll(':focus-visible', ':focus'));
}

function expanded(selector: string): readonly string[] | null {
  // Innermost first: what stands in the parentheses has none of its own kind.
  const negated = /:not\(:(?:is|where)\((?<list>(?:[^()]|\([^()]*\))*)\)\)/.exec(selector);
  if (negated !== null) return replaced(selector, negated, [noneOf(negated.groups?.['list'] ?? '')]);
  const list = /:not\((?<list>(?:[^()]|\([^()]*\))*,(?:[^()]|\([^()]*\))*)\)/.exec(selector);
  if (list !== null) return replaced(selector, list, [noneOf(list.groups?.['list'] ?? '')]);
  const either = /:(?:where|is)\((?<list>(?:(?!:(?:where|is)\()(?:[^()]|\((?:[^()]|\([^()]*\))*\)))*)\)/.exec(selector);
  if (either === null) return [selector];
  const parts = partsOf(either.groups?.['list'] ?? '');
  const before = selector.slice(0, either.index);
  // The name of an element cannot stand behind something else, nor can a way to another element.
  const follows = before !== '' && !/[\s>+~(,]$/.test(before);
  if (follows && parts.some((part) => /^[a-z*]/i.test(part) || /[\s>+~]/.test(part))) return null;
  return replaced(selector, either, parts);
}

function replaced(selector: string, { 0: found, index }: RegExpExecArray, parts: readonly string[]) {
  const readings = parts.map((part) =>
    expanded(selector.slice(0, index) + part + selector.slice(index + found.length)),
  );
  return readings.some((reading) => reading === null) ? null : readings.flatMap((reading) => reading ?? []);
}

const noneOf = (list: string): string =>
  partsOf(list)
    .map((part) => `:not(${part})`)
    .join('');

/** The parts of a list, at commas that stand in no parentheses. */
const partsOf = (list: string): string[] => list.split(/,(?![^()]*\))/).map((part) => part.trim());

/** Properties for both ends of a line or all sides, and what they were called one by one. */
const sides: Readonly<Record<string, readonly string[]>> = {
  'padding-inline': ['padding-left', 'padding-right'],
  'margin-inline': ['margin-left', 'margin-right'],
  inset: ['top', 'right', 'bottom', 'left'],
};

function withoutParentheses(value: string): string {
  const less = value.replaceAll(/\([^()]*\)/g, '');
  return less === value ? value : withoutParentheses(less);
}

/** Returns what stands before a declaration for those who cannot read it: names and values; nothing where they can. */
export function declaredBefore(prop: string, value: string): readonly (readonly [prop: string, value: string])[] {
  const older = value
    .replaceAll(/(?<=\d)dvh\b/g, 'vh')
    // Thinned out it would be nothing at all; the full colour is something.
    .replaceAll(/color-mix\(in srgb, (?<full>var\(--[\w-]+\)) [\d.]+%, transparent\)/g, '$<full>');
  // What a property of one's own holds is read only where it is used.
  if (prop.startsWith('--')) return [];
  const names = sides[prop];
  // Of two values each side has its own.
  if (names !== undefined && withoutParentheses(older).includes(' ')) return [];
  if (names !== undefined) return names.map((name) => [name, older]);
  return older === value ? [] : [[prop, older]];
}

type Declaration = {
  readonly prop: string;
  readonly value: string;
  cloneBefore(overrides: { prop: string; value: string }): unknown;
};
type Rule = {
  readonly selectors: string[];
  readonly parent: { readonly type: string; readonly name?: string } | undefined;
  clone(overrides: { selectors: string[] }): Rule;
  after(node: unknown): unknown;
};
type Root = {
  walkRules(visit: (rule: Rule) => void): void;
  walkDecls(visit: (declaration: Declaration) => void): void;
};
type Helpers = { readonly AtRule: new (parts: { name: string; params: string }) => { append(node: unknown): unknown } };

/** The plugin: behind every such rule stands its twin for old browsers, before every such value an older one. */
export const oldStyles = {
  postcssPlugin: 'old-styles',
  OnceExit(root: Root, { AtRule }: Helpers): void {
    const declarations: Declaration[] = [];
    root.walkDecls((declaration) => declarations.push(declaration));
    for (const declaration of declarations) {
      for (const [prop, value] of declaredBefore(declaration.prop, declaration.value))
        declaration.cloneBefore({ prop, value });
    }
    const rules: Rule[] = [];
    root.walkRules((rule) => rules.push(rule));
    for (const rule of rules) {
      if (rule.parent?.name?.endsWith('keyframes') === true) continue;
      const said = rule.selectors.map(inOldWords);
      if (said.every((one) => one === null)) continue;
      // In a list one part that cannot be read makes the whole rule unreadable, so the others are said again, too.
      const selectors = rule.selectors.flatMap(
        (one, n) => said[n] ?? (newer.test(one) || one.includes(':has(') ? [] : [one]),
      );
      const only = new AtRule({ name: 'supports', params: onlyOld });
      only.append(rule.clone({ selectors }));
      rule.after(only);
    }
  },
};
