/** What a request wants to do: `pull` reads, `push` uploads or deletes (ChartMuseum's words, and the registry's). */
export type Action = 'pull' | 'push'

/** Both of them: what a user may do unless told otherwise. */
export const everyAction: readonly Action[] = ['pull', 'push']

/** What is asked: may this be done with this tenant's charts? */
export interface Question {
  readonly action: Action
  /** The tenant as the URL has it, such as `org1/repo1`; empty at depth 0 and on routes without one. */
  readonly tenant: string
}

/** Who asks, as far as credentials prove it. */
export type Subject =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user', readonly name: string, readonly actions: readonly Action[] }
  | { readonly kind: 'token', readonly name: string, readonly claims: Claims }

/** The claims of a token whose signature and times were checked. */
export type Claims = Readonly<Record<string, unknown>>

/** What a token is asked for. */
export interface Wanted {
  readonly action: Action
  /** The tenant as tokens call it. */
  readonly namespace: string
}

/** Whether a token's claims allow something. */
export type ActionRule = (claims: Claims, wanted: Wanted) => boolean

/** What holds for everybody. */
export interface Policy {
  /** What needs no credentials. */
  readonly anonymous: readonly Action[]
  /** What a token's claims allow. */
  readonly rule: ActionRule
  /** Whether tenants of several depths are served: the name that stands for the root then belongs to the root alone. */
  readonly dynamicDepth: boolean
}

/** What tokens call the tenant of depth 0, and routes that have none. */
const rootNamespace = 'repo'

/**
 * The one decision on access: every protocol's routes come here.
 *
 * @param subject who asks
 * @param question what for
 * @param policy what holds for everybody
 */
export function decide (subject: Subject, question: Question, policy: Policy): boolean {
  if (policy.anonymous.includes(question.action)) return true
  switch (subject.kind) {
    case 'anonymous': return false
    case 'user': return subject.actions.includes(question.action)
    case 'token': return tokenMay(subject.claims, question, policy)
  }
}

/** A tenant that is really called `repo` would share the root's tokens where both are served: no token reaches it there. */
function tokenMay (claims: Claims, question: Question, { rule, dynamicDepth }: Policy): boolean {
  if (dynamicDepth && question.tenant === rootNamespace) return false
  return rule(claims, { action: question.action, namespace: namespaceOf(question) })
}

/**
 * What tokens and challenges call a question's tenant.
 *
 * @param question whose tenant
 */
export function namespaceOf ({ tenant }: Question): string {
  return tenant === '' ? rootNamespace : tenant
}
