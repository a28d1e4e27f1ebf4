import type { FastifyInstance } from 'fastify'
import { marshalYaml } from '../../go/yaml.js'
import { RequestError } from '../errors.js'
import type { ServerOptions } from '../options.js'

/** GET and HEAD /artifacthub-repo.yml: whose repository this is, to Artifact Hub; there only where an id is known. */
export function artifactHubRoutes (app: FastifyInstance, { artifactHubIds }: ServerOptions): void {
  if (artifactHubIds.size === 0) return
  app.route({
    method: ['GET', 'HEAD'],
    url: '/artifacthub-repo.yml',
    config: { action: 'pull' },
    handler: async (request, reply) => {
      const id = artifactHubIds.get(request.tenant)
      if (id === undefined) throw new RequestError('not-found', 'Artifact Hub repository ID not found')
      return reply.type('application/x-yaml').send(marshalYaml(new Map([['repositoryID', id]])))
    }
  })
}
