/** An instruction of a Dockerfile, such as `COPY --from=build /a ./b`. */
export interface Instruction {
  /** In capitals. */
  readonly name: string
  /** Its `--name=value` options. */
  readonly options: ReadonlyMap<string, string>
  /** What stands after the options, in one line. */
  readonly text: string
  /** The words of the text: those of its JSON list, or what blanks divide (quotes hold together). */
  readonly words: readonly string[]
}

/** What stands from one FROM to the next. */
export interface Stage {
  readonly image: string
  /** What `AS` calls it; empty when it has no name. */
  readonly name: string
  readonly instructions: readonly Instruction[]
}

/**
 * Reads a Dockerfile, as far as ours needs it: comments, continued lines, options, JSON lists.
 *
 * @throws when an instruction stands before the first FROM
 */
export function parseDockerfile (text: string): Stage[] {
  const stages: Array<Stage & { instructions: Instruction[] }> = []
  for (const line of logicalLines(text)) {
    const instruction = parseInstruction(line)
    const stage = stages.at(-1)
    if (instruction.name === 'FROM') stages.push({ image: instruction.words[0] ?? '', name: instruction.words[2] ?? '', instructions: [] })
    else if (stage === undefined) throw new Error(`${instruction.name} before FROM`)
    else stage.instructions.push(instruction)
  }
  return stages
}

/** The instructions of one kind. */
export function named (stage: Stage, name: string): Instruction[] {
  return stage.instructions.filter(instruction => instruction.name === name)
}

/** The variables that a stage's ENV instructions set. */
export function variablesOf (stage: Stage): Map<string, string> {
  return new Map(named(stage, 'ENV').flatMap(({ words }) => words.map((word): [string, string] => [word.replace(/=.*$/s, ''), word.replace(/^[^=]*=/, '')])))
}

function logicalLines (text: string): string[] {
  const lines = text.split('\n').filter(line => !/^\s*#/.test(line)).join('\n').replace(/\\\n\s*/g, '').split('\n')
  return lines.map(line => line.trim()).filter(line => line !== '')
}

function parseInstruction (line: string): Instruction {
  const name = /^\S+/.exec(line)?.[0] ?? ''
  let text = line.slice(name.length).trimStart()
  const options = new Map<string, string>()
  for (let found = option(text); found !== undefined; found = option(text)) {
    options.set(found.name, found.value)
    text = text.slice(found.length).trimStart()
  }
  return { name: name.toUpperCase(), options, text, words: wordsOf(text) }
}

function option (text: string): { name: string, value: string, length: number } | undefined {
  const match = /^--([a-z-]+)=(\S+)/.exec(text)
  return match === null ? undefined : { name: match[1] ?? '', value: match[2] ?? '', length: match[0].length }
}

/** A JSON list may stand behind the word CMD, as in HEALTHCHECK. */
function wordsOf (text: string): string[] {
  const list = /^(?:CMD\s+)?(\[.*\])$/s.exec(text)?.[1]
  if (list !== undefined) return JSON.parse(list) as string[]
  return [...text.matchAll(/(?:"[^"]*"|[^\s"])+/g)].map(([word]) => word.replaceAll('"', ''))
}
