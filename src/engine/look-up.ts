import type { Dict } from '../go/value.js'

/**
 * What templates find with `lookup`: an object of the cluster, or a list of them when the name is empty; an empty map when there is none.
 * Templates run without waiting, so whoever implements it has fetched before.
 */
export type LookUp = (apiVersion: string, kind: string, namespace: string, name: string) => Dict
