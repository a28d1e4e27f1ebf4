import t from 'tap'
import { parseFlags } from '../../src/cli/flags.js'
import { renderLimits, renderLimitsFlag } from '../../src/cli/render-limits.js'
import { testContext } from '../helpers/test-context.js'

const read = (args: readonly string[], env: Readonly<Record<string, string>> = {}): ReturnType<typeof renderLimits> =>
  renderLimits({ ...testContext().context, env }, parseFlags(args, [renderLimitsFlag]).flags)

t.test('limits from the flag, then from the variable', async t => {
  t.strictSame(read([]).limits, {})
  t.strictSame(read(['--render-limits', 'steps=5,output=6', '--render-limits=milliseconds=7']).limits, { steps: 5, output: 6, milliseconds: 7 })
  t.strictSame(read(['--render-limits=steps=9'], { PORTOLAN_RENDER_LIMITS: 'steps=5, items=6' }).limits, { steps: 9, items: 6 })
  t.match(read([]).limitHint, /--render-limits or PORTOLAN_RENDER_LIMITS/)
})

t.test('what is no limit is refused', async t => {
  t.throws(() => read(['--render-limits=stps=5']), {
    code: 'invalid-argument',
    message: 'invalid argument "stps=5" for "--render-limits" flag: there is no limit "stps": it is one of steps, output, string, items, milliseconds'
  })
  for (const text of ['0', '-1', '1.5', '', 'many', '1e9']) {
    t.throws(() => read([], { PORTOLAN_RENDER_LIMITS: `steps=${text}` }), {
      code: 'invalid-argument', message: `invalid argument "steps=${text}" for PORTOLAN_RENDER_LIMITS: must be a whole number from 1 on`
    })
  }
  t.throws(() => read([], { PORTOLAN_RENDER_LIMITS: 'steps' }), { message: /for PORTOLAN_RENDER_LIMITS: must be/ })
  t.throws(() => read(['--render-limits=steps']), { message: /must be formatted as key=value/ })
})
