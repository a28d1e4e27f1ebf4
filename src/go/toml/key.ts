const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'], ['\\', '\\\\'], ['\b', '\\b'], ['\t', '\\t'], ['\n', '\\n'], ['\f', '\\f'], ['\r', '\\r']
])

/**
 * A text as a basic string of TOML.
 *
 * @param text any text
 * @returns it in double quotes, with what may not stand in them escaped
 */
export function quoteToml (text: string): string {
  return `"${text.replace(/["\\\x00-\x1f\x7f]/g, character =>
    escapes.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
}

/**
 * A key as it is written.
 *
 * @param path the names from the document's top down
 * @returns them with dots between, quoted where a bare key cannot say it
 */
export function keyText (path: readonly string[]): string {
  return path.map(name => /^[A-Za-z0-9_-]+$/.test(name) ? name : quoteToml(name)).join('.')
}
