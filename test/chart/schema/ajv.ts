import draft04 from 'ajv-draft-04'

/** ajv for draft 4: a module of CommonJS that exports its class as `default`. */
export const AjvDraft04 = draft04.default
