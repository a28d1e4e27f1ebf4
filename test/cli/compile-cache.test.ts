import t from 'tap'
import { compileCacheFolder } from '../../src/cli/compile-cache.js'

t.test('the user\'s own folder for such files', async t => {
  t.equal(compileCacheFolder({ HOME: '/home/me' }, 'linux'), '/home/me/.cache/portolan/compiled')
  t.equal(compileCacheFolder({ HOME: '/Users/me' }, 'darwin'), '/Users/me/Library/Caches/portolan/compiled')
  t.equal(compileCacheFolder({ HOME: '/home/me', XDG_CACHE_HOME: '/xdg' }, 'linux'), '/xdg/portolan/compiled')
  t.match(compileCacheFolder({ LOCALAPPDATA: 'local' }, 'win32'), /^local.portolan.compiled$/)
})

t.test('none, where there is no home', async t => {
  t.equal(compileCacheFolder({}, 'linux'), undefined)
  t.equal(compileCacheFolder({ HOME: '' }, 'linux'), undefined)
  t.equal(compileCacheFolder({}, 'win32'), undefined)
})
