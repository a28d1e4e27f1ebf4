import type { Test } from 'tap'
import { recordedCases } from '../compat/case-file.js'
import { answer, recordedAnswer } from './case-chart.js'

/**
 * Renders every case of a case file, and compares with what Helm answered: outputs byte for byte, errors word for word.
 *
 * @param t the test to compare in
 * @param file the case file's name without `.yaml`
 */
export function compareRecorded (t: Test, file: string): void {
  for (const found of recordedCases(file)) t.strictSame(answer(found), recordedAnswer(found), found.name)
}
