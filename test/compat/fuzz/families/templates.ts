import { exampleValues } from '../expressions.js'
import type { Random } from '../random.js'
import { templateText } from '../statements.js'
import { mutate } from '../texts.js'
import type { Family, TemplateTrial } from '../trial.js'

const slips = ['{{', '}}', '{{-', '-}}', '(', ')', '|', '"', '`', '\'', '$', '.', ',', ':=', '=', ' ', '\n', '/*', '*/', 'end', '{{ end }}', '{{ else }}', '{{ if }}', '{{ range }}', '{{break}}', 'define "x"', 'else if', 'nil', '0x', '1.', '..', '@', '\\', 'é', '\u0000', '{{ template }}', '{{ block }}', '$x', '.x', '08', '1_', '!', '&', '%', 'true', '{{ end }}{{ end }}', 'continue', '🙂']

function withOwnNames (text: string, random: Random): string {
  const id = random.int(1_000_000_000)
  return text.replace(/"(t\d|b\d+)"/g, `"$1-${id}"`)
}

function trial (family: string, text: string, random: Random): TemplateTrial {
  return { kind: 'template', family, template: withOwnNames(text, random), values: exampleValues(random) }
}

/** Templates of all statements; and such with slips of the hand, for the words of the parser's errors. */
export const templateFamilies: readonly Family[] = [
  { name: 'templates', weight: 30, generate: random => trial('templates', templateText(random), random) },
  { name: 'broken', weight: 10, generate: random => trial('broken', mutate(random, templateText(random), slips), random) }
]
