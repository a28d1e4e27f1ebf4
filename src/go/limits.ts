/**
 * How deeply lists and maps may nest in what is read, written or printed. Go allows 10,000 levels to its JSON and YAML readers; no chart and
 * no custom resource comes near a hundred. Reading this deep takes about a third of Node's stack, so that it also fits where a template calls it.
 */
export const maxDepth = 500
