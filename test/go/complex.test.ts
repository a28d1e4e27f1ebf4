import t from 'tap'
import { Complex } from '../../src/go/complex.js'

t.test('complex numbers print as Go prints them', async t => {
  t.equal(new Complex(1, 2).string(), '(1+2i)')
  t.equal(new Complex(-1.5, -0.5).string(), '(-1.5-0.5i)')
  t.equal(new Complex(1e6, 1e-7).string(), '(1e+06+1e-07i)')
  t.equal(new Complex(0, Infinity).string(), '(0+Infi)')
})
