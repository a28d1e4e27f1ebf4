import t from 'tap'
import { dependencySessions } from '../../compat/dependency-cases.js'
import { compareSession, recordedSessions } from './file-sessions.js'

const recorded = recordedSessions('dependency')

for (const session of dependencySessions) {
  t.test(`${session.name}: as recorded from Helm`, async t => await compareSession(t, session, recorded.get(session.name)))
}
