/** The flags that a user gives values with, and what values.yaml of the chart holds. */
export interface SetCase {
  readonly args: readonly string[]
  /** Files that the flags name, by name. */
  readonly files?: Readonly<Record<string, string>>
}

const base = 'name: old\nlist: [1, 2, 3]\nmap: {a: 1, b: {c: 2}}\nnumber: 5\nempty: null\n'

export const setCases: readonly SetCase[] = [
  ...flags('--set', [
    'a=1', 'a=1,b=2', 'a=true', 'a=TRUE', 'a=False', 'a=null', 'a=NULL', 'a=nil', 'a=0', 'a=00', 'a=01', 'a=-5', 'a=+5', 'a=-0', 'a=1.5', 'a=1e3', 'a=0x10', 'a=1_000',
    'a=9223372036854775807', 'a=9223372036854775808', 'a=-9223372036854775808', 'a=', 'a=,b=1', 'a', 'a,b=1', '', ',', '=1', 'a==1', 'a=b=c', 'a= 1', ' a=1', 'a=1 ', 'a="1"',
    'a.b=1', 'a.b.c=1,a.b.d=2', 'a.=1', 'a.b', 'a.', '.', '.a=1', 'a..b=1', 'a.b=1,c', 'map.a=2', 'map.b.c=null', 'map=null', 'name.first=x', 'number.x=1', 'list.a=1', 'empty.a=1',
    'a\\.b=1', 'a=x\\,y', 'a=\\{x\\}', 'a\\=b=c', 'a=\\\\', 'a=x\\', 'a\\',
    'a={}', 'a={x}', 'a={x,y}', 'a={1,true,null,x}', 'a={x,y},b=1', 'a={x,y}b=1', 'a={x', 'a={x,', 'a={{x}}', 'a={x\\,y,z}', 'a={ x , y }', 'a={,}',
    'a[0]=1', 'a[0]=1,a[1]=2', 'a[2]=1', 'a[0].b=1', 'a[0].b=1,a[0].c=2', 'a[0].b=', 'a[0]', 'a[0', 'a[', 'a[]=1', 'a[x]=1', 'a[-1]=1', 'a[20]=1', 'a[65537]=1', 'a[99999999999999999999]=1',
    'a[0][0]=1', 'a[0][1]=1,a[1][0]=2', 'a[0]x=1', 'a[0]xy.b=1', 'a[0]={x,y}', 'a[0][0', 'a[0].b.c=1', 'a.b[0].c=1', 'a[1].b=1,a[0]=x', 'a[0]=x,a[0].b=1', 'a[0]=x,a[0][0]=1', 'list[0]=9', 'list[0].a=1',
    'list[3]=4', 'name[0]=1', 'map[0]=1', 'empty[0]=1', 'a=1,a.b=2', 'a.b=1,a=2', 'a=ö', 'ö=1', 'a=🚢', 'a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d=1',
    'a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e=1', 'a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e.f=1', 'a=falſe', 'a=tru', '__proto__=1', '__proto__.x=1', 'constructor.prototype.x=1', 'a=\n', 'a=x\ny'
  ]),
  ...flags('--set-string', ['a=1', 'a=true', 'a=null', 'a={1,2}', 'a[0]=1', 'a.b=0,c=x', 'a=', 'a']),
  ...flags('--set-literal', ['a=1', 'a=x,y', 'a={x}', 'a=\\,', 'a.b=1,c=2', 'a\\.b=1', 'a[0]=x,y', 'a[0].b=x', 'a[0][1]=x', 'a[1][0].b=x', 'a=', 'a', 'a[0]', 'a[', 'a[x]=1', 'name.x=1', 'list[0]=a', 'a=b=c', 'a[0]x=1', 'a.=1', '']),
  ...flags('--set-json', [
    'a=1', 'a=1.5', 'a=-1e3', 'a="x"', 'a=null', 'a=', 'a=true', 'a=[1,2]', 'a={"b":[1,{"c":null}]}', 'a=1,b=2', 'a=1, b=2', 'a= 1 , b = 2', 'a="x,y",b="z"', 'a="\\"",b=1', 'a=[1,"]"],b={"}":1}', '{"a":1}', ' {"a":{"b":2}} ', '{"map":{"a":9}}', '{"a":1} x', '[1]',
    'a', 'a=x', 'a={', 'a=[1', 'a="', 'a=1x', 'a=01', 'a=1.', 'a=-', 'a=tru', 'a=truex', 'a="x"y=1', 'a[0]=1', 'a[1]={"b":1}', 'a[0]=', 'a.b=1', 'map.b={"d":3}', 'map=null', 'a=1 b=2', 'a=12345678901234567890', 'a={}b=1'
  ]),
  { args: ['--set-file', 'a=one.txt'], files: { 'one.txt': 'first\nsecond\n' } },
  { args: ['--set-file', 'a=one.txt,b=two.txt'], files: { 'one.txt': '1', 'two.txt': 'true' } },
  { args: ['--set-file', 'a={one.txt,two.txt}'], files: { 'one.txt': '1', 'two.txt': '2' } },
  { args: ['--set-file', 'a.b[1]=one.txt'], files: { 'one.txt': '' } },
  { args: ['--set-file', 'a=missing.txt'], files: {} },
  { args: ['--set-file', 'a=one.txt,b'], files: { 'one.txt': '1' } },
  { args: ['--set-file', 'a=missing.txt,b'], files: {} },
  { args: ['-f', 'one.yaml', '-f', 'two.yaml'], files: { 'one.yaml': 'a: {x: 1, y: 2}\nl: [1]\n', 'two.yaml': 'a: {y: 3, z: null}\nl: [2, 3]\n' } },
  { args: ['-f', 'one.yaml'], files: { 'one.yaml': 'a: 1\n---\nb: 2\n---\na: 3\n' } },
  { args: ['-f', 'one.yaml'], files: { 'one.yaml': '' } },
  { args: ['-f', 'one.yaml'], files: { 'one.yaml': '# nothing\n' } },
  { args: ['-f', 'one.yaml'], files: { 'one.yaml': '- a\n' } },
  { args: ['-f', 'one.yaml'], files: { 'one.yaml': 'a: [\n' } },
  { args: ['-f', 'one.yaml'], files: { 'one.yaml': '{"a": {"b": 1.0}}' } },
  { args: ['-f', 'one.yaml', '--set', 'map.a=7,c=set', '--set-json', 'c="json",d="json"', '--set-string', 'c=string,d=1', '--set-literal', 'e=l,m', '--set', 'd=set'], files: { 'one.yaml': 'c: file\nd: file\nmap: {a: 8}\n' } }
]

/** The values of the chart itself. */
export const setBase = base

function flags (flag: string, texts: readonly string[]): SetCase[] {
  return texts.map(text => ({ args: [flag, text] }))
}
