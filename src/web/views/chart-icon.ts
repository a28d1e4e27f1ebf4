import type { ChartVersion } from '../chart.js'
import { element } from '../dom.js'
import { iconUrl } from '../safe-url.js'

/** How many colours style.css has for letters. */
const tones = 6

/** A chart's icon; a letter when it has none that may be shown, or it cannot be read. It is decoration: the name stands beside it. */
export function chartIcon ({ name, icon }: Pick<ChartVersion, 'name' | 'icon'>): HTMLElement {
  const frame = element('span', { class: `icon tone-${toneOf(name)}`, 'aria-hidden': 'true' })
  const src = iconUrl(icon)
  if (src === undefined) {
    frame.textContent = letterOf(name)
    return frame
  }
  const image = element('img', { src, alt: '', loading: 'lazy', decoding: 'async', referrerpolicy: 'no-referrer' })
  image.addEventListener('error', () => {
    frame.textContent = letterOf(name)
  })
  frame.append(image)
  return frame
}

/** Always the same colour for a name. */
function toneOf (name: string): number {
  return Array.from(name, letter => letter.charCodeAt(0)).reduce((sum, code) => (sum * 31 + code) % 9973, 7) % tones
}

function letterOf (name: string): string {
  return String.fromCodePoint(name.codePointAt(0) ?? 0x20).toUpperCase()
}
