/**
 * Puts a text on the clipboard. Browsers lend the clipboard itself to secure pages only (HTTPS, or this machine); on others the text is copied
 * the old way, from a selection.
 *
 * @returns whether it is there
 */
export async function copyText (text: string): Promise<boolean> {
  if (!window.isSecureContext) return copySelection(text)
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Forbidden for this page, by a policy or by the reader; the old way may still be allowed.
    return copySelection(text)
  }
}

function copySelection (text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'unseen'
  const focused = document.activeElement
  document.body.append(field)
  field.select()
  // There is no other way on a page that is not secure, however old this one is.
  const copied = runCopy(document)
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}

function runCopy (page: { execCommand (name: 'copy'): boolean }): boolean {
  return page.execCommand('copy')
}
