/**
 * How deeply lists and maps may nest in what is read, written or printed. Go allows 10,000 levels to its JSON and YAML readers; no
 * chart comes near a tenth of it, and the recursion here must fit the stack wherever it starts.
 */
export const maxDepth = 1000
