/** What is recorded: a schema (its text, or what becomes JSON), and a values file. */
export type SchemaCase = readonly [schema: unknown, values: string]

export type SchemaCases = Readonly<Record<string, SchemaCase>>

/** What was recorded of a case: the text of the schema, the values, and Helm's complaint if it had any. */
export interface RecordedSchemaCase {
  readonly schema: string
  readonly values: string
  readonly error?: string
}
