import type { SafeUrl } from './safe-url.js'

type PlainAttribute = 'id' | 'class' | 'for' | 'type' | 'name' | 'value' | 'placeholder' | 'title' | 'alt' | 'role' | 'tabindex' | 'datetime' | 'scope' |
  'rel' | 'target' | 'download' | 'loading' | 'referrerpolicy' | 'decoding' | 'autocomplete' | 'spellcheck' | 'enterkeyhint' |
  'aria-label' | 'aria-labelledby' | 'aria-describedby' | 'aria-live' | 'aria-current' | 'aria-busy' | 'aria-hidden' | 'aria-keyshortcuts'

/** Attributes of an element: none that runs anything, and links only after a check. */
export type Attributes = { readonly [Name in PlainAttribute]?: string | undefined } & {
  readonly href?: SafeUrl | undefined
  readonly src?: SafeUrl | undefined
}

/** What an element holds: texts become text nodes, whatever they look like; what is not there is left out. */
export type Child = Node | string | undefined

/**
 * Makes an element. This is the one place where the page makes elements, and it never reads HTML.
 *
 * @param tag such as `p`
 * @param attributes those that are undefined are left out
 * @param children in their order
 */
export function element<Tag extends keyof HTMLElementTagNameMap> (tag: Tag, attributes: Attributes = {}, children: readonly Child[] = []): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value)
  }
  made.append(...present(children))
  return made
}

/** Puts other children in the place of an element's own. */
export function replaceChildren (parent: Element, children: readonly Child[]): void {
  parent.replaceChildren(...present(children))
}

/** A link out of the page: whoever is there learns nothing of this page, and cannot reach it. */
export function outsideLink (href: SafeUrl, text: string): HTMLAnchorElement {
  return element('a', { href, rel: 'noopener noreferrer nofollow', target: '_blank' }, [text])
}

/** A button that does something when pressed. */
export function button (text: string, attributes: Attributes, press: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, [text])
  made.addEventListener('click', press)
  return made
}

function present (children: readonly Child[]): Array<Node | string> {
  return children.filter(child => child !== undefined)
}
