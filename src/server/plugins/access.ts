import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Access } from '../../access/access.js'
import type { Action, Question, Subject } from '../../access/decide.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The name of the user or token that proved itself, for the log; '' for everybody else, and where nobody was asked. */
    subject: string
    /** Whether the same credentials allow something else too: for routes that tell of several repositories at once. */
    permits: (this: FastifyRequest, question: Question) => boolean
  }
}

/**
 * Asks for credentials before a route's handler, its validation or its body: what a route needs is its `config.action`, whose charts it is about is
 * `request.tenant`. A path that matches no route is not found for everybody. Whoever may not gets 401, as from ChartMuseum; there is no 403.
 *
 * @param access who may do what; without it, everybody may do everything
 */
export function guard (app: FastifyInstance, access: Access | undefined): void {
  const subjects = new WeakMap<FastifyRequest, Subject>()
  app.decorateRequest('subject', '')
  app.decorateRequest('permits', function (question) {
    return access === undefined || access.permits(subjects.get(this) ?? { kind: 'anonymous' }, question)
  })
  if (access === undefined) return
  app.addHook('onRequest', async (request, reply) => await admit(request, reply, { access, subjects }))
}

interface Surroundings {
  readonly access: Access
  readonly subjects: WeakMap<FastifyRequest, Subject>
}

async function admit (request: FastifyRequest, reply: FastifyReply, { access, subjects }: Surroundings): Promise<FastifyReply | undefined> {
  const action = request.is404 ? 'none' : actionOf(request)
  if (action === 'none') return undefined
  const { authorization } = request.headers
  const decision = await access.decide(authorization, { action, tenant: request.tenant })
  subjects.set(request, decision.subject)
  request.subject = decision.subject.kind === 'anonymous' ? '' : decision.subject.name
  if (decision.allowed) return undefined
  for (const challenge of decision.challenges) reply.raw.appendHeader('www-authenticate', challenge)
  return reply.code(401).send({ error: 'unauthorized' })
}

/** A route that does not say what it needs keeps the server from starting; until then it needs the most. */
function actionOf (request: FastifyRequest): Action | 'none' {
  return request.routeOptions.config.action ?? 'push'
}
