/**
 * Trusted Types, in browsers that have them: no text of this page becomes markup or code, and workers are scripts of this server.
 * Imported first, for its effect; the server's content security policy asks for it.
 */
type Rules = { readonly createHTML: (text: string) => string; readonly createScriptURL: (url: string) => string };
type Policies = { readonly createPolicy: (name: 'default', rules: Rules) => unknown };

const { trustedTypes } = globalThis as { readonly trustedTypes?: Policies };

trustedTypes?.createPolicy('default', {
  // The component library sets its style sheets in this way; without a tag a text cannot become an element.
  createHTML(text) {
    if (text.includes('<')) throw new TypeError('this page makes no markup of texts');
    return text;
  },
  createScriptURL(url) {
    const { origin } = new URL(url, location.href);
    if (origin !== location.origin) throw new TypeError(`a script of ${origin} is not this server's`);
    return url;
  },
});
