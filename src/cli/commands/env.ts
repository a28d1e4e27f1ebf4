import type { Command } from '../command.js'
import { environmentOf } from '../environment.js'

/** `portolan env`: the settings in use, as environment variables. */
export const env: Command = {
  name: 'env',
  usage: '',
  summary: 'client environment information',
  description: 'Prints the settings in use as the environment variables that set them, or the value of the one that is named.',
  arguments: { min: 0, max: 1 },
  flags: [],
  run: async (context, [name], flags) => {
    const variables = await environmentOf(context, flags)
    context.stdout.write(name === undefined
      ? [...variables].map(([key, value]) => `${key}="${value}"\n`).join('')
      : `${variables.get(name) ?? ''}\n`)
  }
}
