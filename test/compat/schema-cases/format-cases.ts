import type { SchemaCases } from './schema-case.js'

const texts: Readonly<Record<string, readonly string[]>> = {
  date: ['2024-02-29', '2023-02-29', '2024-13-01', '24-1-1', 'x'],
  time: ['12:00:00Z', '23:59:60Z', '12:00:60Z', '24:00:00Z', '12:00:00', '12-00-00Z', '12:00:00.Z', '12:00:00+1:00', '12:00:00x01:00', '1a:00:00Z', '12:00:00+25:00', '00:29:60+00:30'],
  'date-time': ['2024-02-29T12:00:00Z', '2024-02-30T12:00:00Z', '2024-02-29 12:00:00Z', '2024-02-29T12:00:00', 'x', '2024-02-29t25:00:00z'],
  duration: ['P1Y2M3DT4H5M6S', 'P', '1Y', 'P1W', 'PW', 'PxW', 'P1D2Y', 'PT', 'P1', 'PY', 'P1X', 'P1DT1HT1M'],
  period: ['P1D/2024-02-29T12:00:00Z', '2024-02-29T12:00:00Z/P1D', 'x', 'P1D/P1D', 'P/x', '2024-02-29T12:00:00Z/2024-02-29T12:00:00Z', '2024-02-29T12:00:00Z/P'],
  email: ['a@example.com', 'a', '.a@example.com', 'a.@example.com', 'a..b@example.com', 'a b@example.com', '"a b"@example.com', '"a\\b"@x', 'a@[1.2.3.4]', 'a@[1.2.3]', 'a@[IPv6:::1]', 'a@[IPv6:x]', 'a@-x', `${'a'.repeat(65)}@x`, `${'a'.repeat(250)}@xxxx`],
  hostname: ['example.com.', 'ex_ample.com', '-x', 'x-', 'a..b', '', 'a'.repeat(64), 'a.'.repeat(127), 'é'],
  ipv4: ['1.2.3.4', '1.2.3', '01.2.3.4', '256.1.1.1', '1.2.3.x', '1.2.3.', '1.2.3.99999999999999999999', '-1.2.3.4'],
  ipv6: ['::1', '1::2::3', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::', 'x', '::x', '::1.2.3.4', '::1.2.3', '::1.2.3.444', '1.2.3.4:', 'fe80::1%eth0', 'fe80::1%', '%:', '1:', ':1', '1:2:3:4:5:6:7::8', '::ffff:1.02.3.4', '1:2:1.2.3.4', 'g:1:', '1:2:3:4:5:6:7:8::'],
  uri: ['https://example.com/a?b#c', '/a', '//x', 'http://[::1]/', 'http://[::1', 'http://a b/', 'http://x/%zz', 'a:b:c', ':x', 'http://x:port/', 'http://x/ y', ''],
  'uri-reference': ['/a', 'a\\b', 'a:b', '1:b', '%', 'http://[::1%25eth0]/'],
  'uri-template': ['http://x/{a}/b', 'http://x/{a', 'http://x/{a{b}}', 'http://x/a}', '{x}'],
  'json-pointer': ['', '/a/b~0~1', 'a', '/~', '/~2'],
  'relative-json-pointer': ['1', '0/a', '1#', '01', '/a', '1a', '120/foo'],
  uuid: ['2eb8aa08-aa98-11ea-b4aa-73b441d16380', '2eb8aa08', '2eb8aa0-8aa98-11ea-b4aa-73b441d16380', '2eb8aa0g-aa98-11ea-b4aa-73b441d16380', '2eb8aaé-aa98-11ea-b4aa-73b441d16380'],
  semver: ['1.2.3-rc.1+b.2', '1.2', '01.2.3', '1.2.x', '1..3', '1.2.3-', '1.2.3-01', '1.2.3-a_b', '1.2.3+', '1.2.3+a..b', '1.2.3+a_b'],
  regex: ['^a', '(', '(?=a)', 'a{2000}', '[z-a]', '\\8'],
  unknown: ['x'],
  iri: ['http://é/'],
  'iri-reference': ['é']
}

/** Every format, with texts that are of it and texts that are not: in draft 7, which checks them. */
export const formatCases: SchemaCases = Object.fromEntries(Object.entries(texts).map(([format, list]) => [`format ${format}`, [
  { $schema: 'http://json-schema.org/draft-07/schema#', properties: { a: { items: { format } } } },
  `a: ${JSON.stringify(list)}`
]]))
