import t from 'tap'
import { expand, postRenderer } from '../../src/action/post-renderer.js'
import type { PlatformCommand } from '../../src/action/plugin.js'

const command = (command: string, args: string[] = [], os = '', arch = ''): PlatformCommand => ({ os, arch, command, args })
const plugin = (...commands: PlatformCommand[]) => ({ name: 'p', type: 'postrenderer/v1', folder: '/plugins/p', commands })

function runOf (args: string[] = []) {
  const told: string[] = []
  const stop = new AbortController()
  return { told, stop, run: { args, env: { PATH: process.env['PATH'], A: 'b' }, cwd: '/', stderr: (text: string) => { told.push(text) }, signal: stop.signal } }
}

t.test('manifests go in, manifests come out', async t => {
  const { run } = runOf(['x y'])
  t.equal(await postRenderer(plugin(command('false', [], 'plan9'), command('cat')), runOf().run)('a: 1\n'), 'a: 1\n')
  t.equal(await postRenderer(plugin(command('echo $A $' + '{A}', ['$HELM_PLUGIN_NAME'])), run)('a'.repeat(1_000_000)), 'b b p x y\n')
})

t.test('failures', async t => {
  const { run, told } = runOf()
  const reject = async (commands: PlatformCommand[], message: string | RegExp): Promise<void> => { await t.rejects(postRenderer(plugin(...commands), run)('a: 1\n'), { code: 'post-render-failed', message }) }
  await reject([command('true')], 'post-renderer "p" produced empty output')
  await reject([command('sh', ['-c', 'echo oh >&2; exit 3'])], 'failed to invoke post-renderer plugin "p": plugin "p" exited with error')
  t.strictSame(told, ['oh\n'])
  await reject([command('cat', [], 'plan9')], /no plugin command is applicable$/)
  await reject([], /no plugin command is applicable$/)
  await reject([command('no-such-program-here')], 'failed to invoke post-renderer plugin "p": exec: "no-such-program-here": executable file not found in $PATH')
  await reject([command('/no/such')], 'failed to invoke post-renderer plugin "p": fork/exec /no/such: no such file or directory')
})

t.test('ends when the user ends it', async t => {
  const { run, stop } = runOf()
  const running = postRenderer(plugin(command('sleep', ['60'])), run)('')
  stop.abort()
  await t.rejects(running, { code: 'post-render-failed' })
})

t.test("variables, by the rules of Go's os.Expand", async t => {
  t.equal(expand('$A$' + '{A}$1$$-$' + '{}x$.y', { A: 'a', 1: 'one' }), 'aaone-x$.y')
})
