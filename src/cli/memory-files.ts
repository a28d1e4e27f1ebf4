import type { CliContext } from './command.js'

/** The files that hold the releases when there is no cluster (HELM_DRIVER=memory with HELM_MEMORY_DRIVER_DATA); empty when there is one. */
export function memoryFiles ({ env }: CliContext): string {
  return env['HELM_DRIVER'] === 'memory' ? env['HELM_MEMORY_DRIVER_DATA'] ?? '' : ''
}
