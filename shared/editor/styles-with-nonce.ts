/**
 * Koenig's parts bring style elements of their own; the page's policy takes those that carry its nonce, and no others.
 * Called before anything of Koenig is drawn.
 */
export function giveStylesNonce(nonce: string): void {
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
}
