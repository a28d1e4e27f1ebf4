/** How much a message weighs: what convention asks for, what breaks with it, what will fail. */
export type Severity = 'INFO' | 'WARNING' | 'ERROR'

/** What a rule found: where, seen from the chart, and what. */
export interface LintMessage {
  readonly severity: Severity
  readonly path: string
  readonly text: string
}

/** A message as Helm prints it: `[WARNING] templates/a.yaml: …`. */
export function messageLine ({ severity, path, text }: LintMessage): string {
  return `[${severity}] ${path}: ${text}`
}

/** Collects what the rules find in one chart. */
export class Findings {
  readonly messages: LintMessage[] = []

  /**
   * Notes what a rule found.
   *
   * @param complaint undefined when it found nothing
   * @returns whether it found nothing
   */
  note (severity: Severity, path: string, complaint: string | undefined): boolean {
    if (complaint !== undefined) this.messages.push({ severity, path, text: complaint })
    return complaint === undefined
  }
}
