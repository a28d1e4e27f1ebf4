import t from 'tap'
import { chartFileName } from '../../src/chart/entry-name.js'

t.test('the chart\'s folder is dropped', async t => {
  t.equal(chartFileName('a/Chart.yaml'), 'Chart.yaml')
  t.equal(chartFileName('./a/Chart.yaml'), 'a/Chart.yaml', 'a dot is a folder like others')
  t.equal(chartFileName('/a/Chart.yaml'), 'a/Chart.yaml', 'and so is the root')
  t.equal(chartFileName('a/b/../c'), 'c')
  t.equal(chartFileName('a/b//c/'), 'b/c')
  t.equal(chartFileName('a\\b\\c/d'), 'b/c/d')
})

t.test('names that lead elsewhere', async t => {
  const refused = (name: string, message: string): void => { t.throws(() => chartFileName(name), { code: 'invalid-archive', message }, name) }
  refused('a//b', 'chart illegally contains absolute paths')
  refused('a', 'chart illegally contains content outside the base directory: "a"')
  refused('a/', 'chart illegally contains content outside the base directory: "a/"')
  refused('a/.', 'chart illegally contains content outside the base directory: "a/."')
  refused('', 'chart illegally contains content outside the base directory: ""')
  refused('a/../..', 'chart illegally references parent directory')
  refused('a/..b', 'chart illegally references parent directory')
  refused('a/C:/b', 'chart contains illegally named files')
  refused('a\\c:\\b', 'chart contains illegally named files')
  refused('Chart.yaml/x', 'chart yaml not in base directory')
})
