import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { compileCacheFolder, makeFolder } from '../../src/cli/compile-cache.js'

t.test('the user\'s own folder for such files', async t => {
  t.equal(compileCacheFolder({ HOME: '/home/me' }, 'linux'), '/home/me/.cache/portolan/compiled')
  t.equal(compileCacheFolder({ HOME: '/Users/me' }, 'darwin'), '/Users/me/Library/Caches/portolan/compiled')
  t.equal(compileCacheFolder({ HOME: '/home/me', XDG_CACHE_HOME: '/xdg' }, 'linux'), '/xdg/portolan/compiled')
  t.match(compileCacheFolder({ LOCALAPPDATA: 'local' }, 'win32'), /^local.portolan.compiled$/)
})

t.test('Node\'s own variables for its cache', async t => {
  t.equal(compileCacheFolder({ HOME: '/home/me', NODE_COMPILE_CACHE: '/elsewhere' }, 'linux'), '/elsewhere')
  t.equal(compileCacheFolder({ HOME: '/home/me', NODE_COMPILE_CACHE: '/elsewhere', NODE_DISABLE_COMPILE_CACHE: '1' }, 'linux'), undefined)
})

t.test('none, where there is no home', async t => {
  t.equal(compileCacheFolder({}, 'linux'), undefined)
  t.equal(compileCacheFolder({ HOME: '' }, 'linux'), undefined)
  t.equal(compileCacheFolder({}, 'win32'), undefined)
})

t.test('the folder is made with those above it', async t => {
  const path = join(t.testdir({ file: '' }), 'a', 'b')
  t.ok(makeFolder(path))
  t.ok(existsSync(path))
  t.ok(makeFolder(path), 'and stays')
  t.notOk(makeFolder(join(path, '..', '..', 'file', 'c')), 'not below a file')
})

t.test('where none can be made, none is, and it does not take long', async t => {
  // A process's own folder is there, and the system says that what would be new in it is not.
  t.notOk(makeFolder(`/proc/${process.pid}/.cache/portolan/compiled`))
})
