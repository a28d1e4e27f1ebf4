import type { Definition } from './definitions.js'
import { definitions } from './definitions.js'

/** The table of settings that stands in the README, as Markdown (a test compares the two). */
export function describeSettings (): string {
  const rows = Object.values<Definition>(definitions).map(definition => {
    const flag = definition.short === undefined ? `\`--${definition.flag}\`` : `\`--${definition.flag}\`, \`-${definition.short}\``
    const file = definition.file === undefined ? '' : `\`${definition.file}\``
    const initial = definition.default === '' ? '' : `\`${definition.default}\``
    return `| ${flag} | \`${definition.env}\` | ${file} | ${initial} | ${definition.help} |`
  })
  return ['| Flag | Variable | File key | Default | Meaning |', '|---|---|---|---|---|', ...rows].join('\n') + '\n'
}
