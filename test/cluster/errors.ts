import { CodedError } from '../../src/errors.js'

/** What can go wrong with the test cluster. */
export type ClusterErrorCode =
  | 'build-failed' // Go is missing, or the programs do not build
  | 'no-repository' // the folder with package.json was not found
  | 'not-ready' // a part of the cluster took too long
  | 'program-ended' // a program ended though nobody had stopped it
  | 'request-failed' // the API server refused what the launcher asked

/** A test cluster could not be built, started or kept. */
export class ClusterError extends CodedError<ClusterErrorCode> {}
