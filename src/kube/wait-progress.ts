import type { ObjectStatus } from './ready.js'

/** An object that is not yet as it is to be. All texts are the cluster's, and may hold anything. */
export interface WaitingFor {
  readonly kind: string
  /** Empty for kinds without namespaces. */
  readonly namespace: string
  readonly name: string
  readonly status: ObjectStatus
  /** What else is known of why: conditions that fail, containers that wait, warnings about the object and its Pods. */
  readonly reasons: readonly string[]
  /** For how long it has been waited for, in milliseconds. */
  readonly age: number
}

/** What was seen when all objects were looked at. */
export interface WaitLook {
  /** What is waited for: that objects are ready (or have run, or are as some condition says), or that they are gone. */
  readonly goal: 'ready' | 'gone'
  /** How many objects are looked at. */
  readonly total: number
  readonly waiting: readonly WaitingFor[]
  /** Why there may be no reasons, such as that the user may not read events. */
  readonly trouble?: string
}

/** Told how waiting goes, one wait after another. */
export interface WaitProgress {
  /** After each look, but the last. */
  readonly looked: (look: WaitLook) => void
  /**
   * At the end of a wait.
   *
   * @param isMet whether all is as it is to be
   */
  readonly ended: (isMet: boolean) => void
}
