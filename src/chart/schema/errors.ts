import { CodedError } from '../../errors.js'

/**
 * What is wrong with a schema, or with the values it is for:
 *
 * - `invalid-schema`: values.schema.json is no JSON, breaks a rule of its draft, or names what it does not hold
 * - `invalid-values`: values do not fit it
 * - `refused`: it names a document that would have to be fetched or read: that is never done
 * - `too-complex`: checking it would pass a limit on steps, depth or size
 */
export type SchemaErrorCode = 'invalid-schema' | 'invalid-values' | 'refused' | 'too-complex'

/** Every error that reading a schema and checking values by it raises on purpose; worded as Helm words it. */
export class SchemaError extends CodedError<SchemaErrorCode> {}
