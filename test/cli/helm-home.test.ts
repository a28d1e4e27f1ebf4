import t from 'tap'
import { helmHome } from '../../src/cli/helm-home.js'

t.test('the system\'s places', async t => {
  t.strictSame(helmHome({ HOME: '/home/me' }, 'linux'), { cache: '/home/me/.cache/helm', config: '/home/me/.config/helm', data: '/home/me/.local/share/helm' })
  t.strictSame(helmHome({ HOME: '/Users/me' }, 'darwin'), { cache: '/Users/me/Library/Caches/helm', config: '/Users/me/Library/Preferences/helm', data: '/Users/me/Library/helm' })
  t.match(helmHome({ APPDATA: 'roaming', TEMP: 'temp' }, 'win32'), { cache: /^temp.helm$/, config: /^roaming.helm$/, data: /^roaming.helm$/ })
})

t.test('variables go before them, empty ones do not', async t => {
  const env = { HOME: '/home/me', XDG_CACHE_HOME: '/xdg', XDG_CONFIG_HOME: '/xdg', HELM_CONFIG_HOME: '/mine', HELM_DATA_HOME: '', XDG_DATA_HOME: '' }
  t.strictSame(helmHome(env, 'linux'), { cache: '/xdg/helm', config: '/mine', data: '/home/me/.local/share/helm' })
})
