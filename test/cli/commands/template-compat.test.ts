import t from 'tap'
import { templateSessions } from '../../compat/template-cases.js'
import { compareSession, recordedSessions } from './file-sessions.js'

const recorded = recordedSessions('template')

for (const session of templateSessions) {
  t.test(`${session.name}: as recorded from Helm`, async t => await compareSession(t, session, recorded.get(session.name)))
}
