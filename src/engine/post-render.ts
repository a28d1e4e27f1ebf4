import { Document, isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments, Scalar, visit, YAMLMap, type ParsedNode } from 'yaml'
import { messageOf } from '../errors.js'
import { compareBytes } from '../go/bytes.js'
import { YamlError } from '../go/errors.js'
import { unmarshalYaml } from '../go/yaml.js'
import { trimSpace } from '../sprig/unicode.js'
import { EngineError } from './errors.js'
import { splitManifests } from './split-manifests.js'
import { isPartial } from './templates.js'

/** Where a document comes from is written into it on its way through a post-renderer. */
const annotation = 'postrenderer.helm.sh/postrender-filename'

/**
 * All rendered documents as one stream for a post-renderer, each with an annotation that says which file it is of (Helm 4's annotateAndMerge).
 * Comments and styles stay; indentation is two, lists at their key's column.
 *
 * @param files texts by path
 * @throws {EngineError} post-render: `parsing PATH: MalformedYAMLError: …`
 */
export function mergeFiles (files: ReadonlyMap<string, string>): string {
  const documents: string[] = []
  for (const path of [...files.keys()].sort(compareBytes)) {
    const text = files.get(path) ?? ''
    if (isPartial(path) || trimSpace(text) === '') continue
    for (const part of splitManifests(text)) documents.push(...annotated(part, path))
  }
  return documents.join('---\n')
}

function annotated (text: string, path: string): string[] {
  return objectsOf(text, complaint => `parsing ${path}: ${complaint}`).map(document => {
    const value = new Scalar(path)
    value.type = Scalar.QUOTE_SINGLE
    annotationsOf(document).set(new Scalar(annotation), value)
    return textOf(document)
  })
}

/**
 * What a post-renderer gave, as files again: each document belongs to the file its annotation names, or to one of its own (Helm 4's
 * splitAndDeannotate).
 *
 * @param text YAML documents
 * @returns texts by path
 * @throws {EngineError} post-render: `error parsing YAML: MalformedYAMLError: …`
 */
export function splitFiles (text: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const [i, document] of objectsOf(text, complaint => `error parsing YAML: ${complaint}`).entries()) {
    const path = takeAnnotation(document) ?? `generated-by-postrender-${i}.yaml`
    const before = files.get(path)
    files.set(path, before === undefined ? textOf(document) : `${before}---\n${textOf(document)}`)
  }
  return files
}

type YamlDocument = Document<ParsedNode | YAMLMap>

/** The objects of a text: documents of comments only are none, and the items of a `kind: List` are taken for objects of their own. */
function objectsOf (text: string, worded: (complaint: string) => string): YamlDocument[] {
  // Scalars are not read, so that each comes out as it was written.
  const parsed = parseAllDocuments(text, { schema: 'failsafe', version: '1.1', prettyErrors: false, logLevel: 'silent', lineCounter: new LineCounter() })
  const documents: YamlDocument[] = []
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const [error] = document.errors
    if (error !== undefined) throw new EngineError('post-render', worded(`MalformedYAMLError: ${complaintOf(text, error)}`), { cause: error })
    if (!isMap(document.contents)) continue
    settleComments(document, text)
    documents.push(...itemsOf(document))
  }
  return documents
}

/** A comment below a key without a value belongs to the next key, as in go-yaml; this reader takes it for the empty value's. */
function settleComments (document: YamlDocument, text: string): void {
  visit(document, {
    Map: (_, { items }) => {
      for (const [i, { key, value }] of items.entries()) {
        const next = items[i + 1]?.key
        if (!isScalar(key) || !isScalar(value) || !isScalar(next) || value.source !== '' || !key.range) continue
        const comment = value.comment ?? value.commentBefore
        if (comment == null || /^[ \t]*:[ \t]*#/.test(text.slice(key.range[1]))) continue
        next.commentBefore = [comment, next.commentBefore].filter(each => each != null).join('\n')
        value.comment = value.commentBefore = null
      }
    }
  })
}

/** The words of Go's parser for what is wrong, where it sees it too. */
function complaintOf (text: string, error: Error): string {
  for (const part of splitManifests(text)) {
    try {
      unmarshalYaml(part)
    } catch (thrown) {
      if (thrown instanceof YamlError) return thrown.message.replace('error converting YAML to JSON: ', '').replace('yaml: line 1: ', 'yaml: ')
      throw thrown
    }
  }
  return `yaml: ${messageOf(error)}`
}

function itemsOf (document: YamlDocument): YamlDocument[] {
  const { contents } = document
  if (!isMap(contents) || contents.get('kind') !== 'List') return [document]
  const items = contents.get('items')
  return isSeq(items) ? items.items.filter(isMap).map(item => wrapped(item)) : []
}

function wrapped (contents: YAMLMap): YamlDocument {
  const document: YamlDocument = new Document<YAMLMap>(undefined, { schema: 'failsafe', version: '1.1' })
  document.contents = contents
  return document
}

/** The map of annotations, made when absent. */
function annotationsOf (document: YamlDocument): YAMLMap {
  return mapAt(mapAt(document.contents, 'metadata'), 'annotations')
}

function mapAt (parent: unknown, key: string): YAMLMap {
  if (!isMap(parent)) throw new TypeError('only maps are annotated')
  const found = parent.get(key)
  if (isMap(found)) return found
  const made = new YAMLMap()
  parent.set(parent.items.find(pair => isScalar(pair.key) && pair.key.value === key)?.key ?? new Scalar(key), made)
  return made
}

/** Takes the annotation away, and the maps that were made for it. */
function takeAnnotation ({ contents }: YamlDocument): string | undefined {
  if (!isMap(contents)) return undefined
  const metadata = contents.get('metadata')
  const annotations = isMap(metadata) ? metadata.get('annotations') : undefined
  if (!isMap(metadata) || !isMap(annotations)) return undefined
  const path = annotations.get(annotation)
  annotations.delete(annotation)
  if (annotations.items.length === 0) metadata.delete('annotations')
  if (metadata.items.length === 0) contents.delete('metadata')
  return typeof path === 'string' && path !== '' ? path : undefined
}

/** The document as kyaml writes it. Empty lines go. */
function textOf (document: YamlDocument): string {
  visit(document, {
    Node: (_, node) => { if (isNode(node)) node.spaceBefore = false },
    Pair: (_, { key }) => { if (isNode(key)) key.spaceBefore = false }
  })
  const text = document.toString({ indent: 2, indentSeq: false, lineWidth: 0, flowCollectionPadding: false, directives: false })
  return text.endsWith('\n') ? text : `${text}\n`
}
