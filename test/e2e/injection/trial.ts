import type { Test } from 'tap'
import { chartArchive } from '../../helpers/chart-archive.js'
import type { Call } from './calls.js'
import type { Answer, Shown } from './client.js'
import { Client, sha256 } from './client.js'
import type { PlannedError } from './plan.js'
import { startOnCopy } from './start-on-copy.js'
import type { Strike } from './strike.js'
import { arm, nameOf } from './strike.js'
import type { Subject } from './subject.js'
import type { Upload } from './uploads.js'
import { fileName } from './uploads.js'

/** What a repository shows: what was there before an upload, or what the upload brought. */
type State = 'before' | 'after'

const bystander = await chartArchive('anchor', '1.0.0')

/** One kind of upload to a server, again and again, each time from the same state. */
export class Trial {
  readonly #t: Test
  readonly #subject: Subject
  readonly #upload: Upload

  private constructor (t: Test, subject: Subject, upload: Upload) {
    this.#t = t
    this.#subject = subject
    this.#upload = upload
  }

  /** Publishes a chart that nothing may happen to, and makes the upload once, as the first one in a database makes other calls than all after it. */
  static async begin (t: Test, subject: Subject, upload: Upload): Promise<Trial> {
    t.equal((await new Client(subject.url).upload(bystander)).status, 201)
    const trial = new Trial(t, subject, upload)
    await trial.calls()
    return trial
  }

  /** The calls that the upload makes. */
  async calls (): Promise<Call[]> {
    const repository = this.#upload.repository()
    await this.#prepare(repository)
    const calls = await this.#subject.callsDuring(async () => this.#t.equal((await this.#send(repository)).status, 201))
    for (const thread of ['pool', 'main']) this.#t.ok(calls.some(call => call.thread === thread && call.name === 'fsync'), `the ${thread} thread was looked on`)
    this.#t.equal(calls.filter(call => call.place === 'answer').length, 1, 'the answer was seen')
    await this.#remove(repository)
    return calls
  }

  /** Lets a call fail. Gives the state that was seen afterwards. */
  async error ({ strike, status }: PlannedError): Promise<State | undefined> {
    const { repository, answer, what } = await this.#strike(strike)
    this.#t.strictSame(answer, { status, body: bodyOf(status) }, what)
    // What cannot be put back, as long as the fault lasts, is mended when the file is read.
    if (strike.lasting) await this.#client(repository).download(`charts/${fileName}`)
    const state = await this.#state(repository, what)
    const afterStart = this.#stateOf(await startOnCopy(this.#t, await this.#subject.copy(), repository), `${what}, and a start`)
    if (status === 201) this.#t.strictSame([state, afterStart], ['after', 'after'], what)
    else if (!strike.lasting) this.#t.strictSame([state, afterStart], ['before', 'before'], what)
    await this.#again(repository, { state, what })
    return state
  }

  /** Kills the server at a call, and starts it again. Gives the state that was seen then. */
  async kill (strike: Strike): Promise<State | undefined> {
    const { repository, answer, what } = await this.#strike(strike)
    this.#t.equal(answer.status, 0, `${what}: no answer`)
    await this.#subject.startAgain()
    const state = await this.#state(repository, what)
    if (strike.call.place === 'answer') this.#t.equal(state, 'after', `${what}: it was to be told that it is published`)
    await this.#again(repository, { state, what })
    return state
  }

  async #strike (strike: Strike): Promise<{ repository: string, answer: Answer, what: string }> {
    const repository = this.#upload.repository()
    await this.#prepare(repository)
    const armed = await arm(strike, await this.#subject.target())
    const answer = await this.#send(repository)
    const { struck: [call], killed } = await armed.end(answer.status !== 0)
    const what = nameOf(strike)
    const { name, place } = strike.call
    this.#t.strictSame([call?.name, call?.place, killed], [name, place, strike.effect === 'kill'], `${what} has struck`)
    return { repository, answer, what }
  }

  async #prepare (repository: string): Promise<void> {
    const { before, log } = this.#upload
    if (before !== undefined) this.#t.equal((await this.#client(repository).upload(before)).status, 201)
    this.#subject.prepareLog(log)
  }

  /** Sends the upload again, whatever became of the first, looks, and leaves the server as it was. */
  async #again (repository: string, { state, what }: { state: State | undefined, what: string }): Promise<void> {
    const isThere = state === 'after' && this.#upload.before === undefined
    this.#t.strictSame(await this.#send(repository), isThere ? { status: 409, body: { error: 'file already exists' } } : { status: 201, body: bodyOf(201) }, `${what}: once more`)
    this.#t.equal(await this.#state(repository, `${what}, once more`), 'after', `${what}: it is published then`)
    await this.#remove(repository)
  }

  async #state (repository: string, what: string): Promise<State | undefined> {
    const root = await this.#client('').shown(this.#t, fileName, what)
    this.#t.equal(root['anchor-1.0.0.tgz'], sha256(bystander), `${what}: other charts stay`)
    return this.#stateOf(repository === '' ? root : await this.#client(repository).shown(this.#t, fileName, what), what)
  }

  #stateOf (shown: Shown, what: string): State | undefined {
    const { before, archive } = this.#upload
    const digests = new Map<string | undefined, State>([[before && sha256(before), 'before'], [sha256(archive), 'after']])
    const state = digests.get(shown[fileName])
    this.#t.ok(state, `${what}: it is as before or as uploaded`)
    return state
  }

  async #send (repository: string): Promise<Answer> {
    return await this.#client(repository).upload(this.#upload.archive, { force: this.#upload.before !== undefined })
  }

  async #remove (repository: string): Promise<void> {
    this.#t.equal(await this.#client(repository).remove('boat', '1.0.0'), 200)
  }

  #client (repository: string): Client {
    return new Client(this.#subject.url, repository)
  }
}

function bodyOf (status: number): unknown {
  if (status === 201) return { saved: true }
  return { error: status === 507 ? 'the storage is full' : 'internal server error' }
}
