/** What an expression gives, or an argument wants; those from `layout` on are texts of one sort. */
export type Type = 'any' | 'int' | 'float' | 'number' | 'string' | 'bool' | 'list' | 'dict' | 'time' | 'duration' | 'certainTime' |
  'small' | 'layout' | 'zone' | 'pattern' | 'constraint' | 'version' | 'jsonText' | 'yamlText' | 'tomlText' | 'base64' | 'url' | 'path' | 'durationText' | 'format' | 'key' | 'kind' | 'typeName' | 'replacement' | 'template'

/** A function: what it takes, what of it may come any number of times at the end, and what it gives. */
export interface Signature {
  readonly name: string
  readonly params: readonly Type[]
  readonly rest: Type | undefined
  readonly gives: Type
}

/**
 * Every function but those that give something else each time, and those whose order is Helm's secret (`keys` and `values` are generated
 * within `sortAlpha` and `len`). `a b c... -> d`: parameters, what repeats, and what comes out.
 */
const table = `
and: any any... -> any
or: any any... -> any
not: any -> bool
eq: any any -> bool
eq: string string... -> bool
eq: int int -> bool
ne: any any -> bool
lt: int int -> bool
lt: string string -> bool
le: float float -> bool
gt: int int -> bool
ge: string string -> bool
len: list -> int
len: string -> int
len: dict -> int
index: list small -> any
index: dict key -> any
index: dict key key -> any
html: any... -> string
js: any... -> string
urlquery: any... -> string
print: any... -> string
println: any... -> string
printf: format any... -> string
hello: -> string
date: layout certainTime -> string
date_in_zone: layout certainTime zone -> string
dateInZone: layout certainTime zone -> string
date_modify: durationText time -> time
dateModify: durationText time -> time
must_date_modify: durationText time -> time
mustDateModify: durationText time -> time
duration: any -> string
duration: durationText -> string
durationRound: durationText -> string
durationRound: int -> string
htmlDate: certainTime -> string
htmlDateInZone: certainTime zone -> string
toDate: layout string -> time
mustToDate: layout string -> time
unixEpoch: time -> string
abbrev: small string -> string
abbrevboth: small small string -> string
trunc: small string -> string
trim: string -> string
upper: string -> string
lower: string -> string
title: string -> string
untitle: string -> string
substr: small small string -> string
repeat: small string -> string
trimall: string string -> string
trimAll: string string -> string
trimSuffix: string string -> string
trimPrefix: string string -> string
nospace: string -> string
initials: string -> string
swapcase: string -> string
snakecase: string -> string
camelcase: string -> string
kebabcase: string -> string
wrap: small string -> string
wrapWith: small string string -> string
contains: string string -> bool
hasPrefix: string string -> bool
hasSuffix: string string -> bool
quote: any... -> string
squote: any... -> string
cat: any... -> string
indent: small string -> string
nindent: small string -> string
replace: string string string -> string
plural: string string int -> string
sha1sum: string -> string
sha256sum: string -> string
sha512sum: string -> string
adler32sum: string -> string
toString: any -> string
atoi: string -> int
int: any -> int
int64: any -> int
float64: any -> float
seq: small -> string
seq: small small -> string
seq: small small small -> string
toDecimal: any -> int
split: string string -> dict
splitList: string string -> list
splitn: string small string -> dict
toStrings: any -> list
until: small -> list
untilStep: small small small -> list
add1: any -> int
add: number... -> int
add: any any -> int
sub: any any -> int
div: any any -> int
mod: any any -> int
mul: any any... -> int
add1f: any -> float
addf: number... -> float
subf: number number... -> float
divf: number number... -> float
mulf: number number... -> float
biggest: any any... -> int
max: any any... -> int
min: any any... -> int
maxf: any any... -> float
minf: any any... -> float
ceil: any -> float
floor: any -> float
round: any small -> float
round: any small float -> float
join: string any -> string
sortAlpha: any -> list
default: any any -> any
empty: any -> bool
coalesce: any... -> any
all: any... -> bool
any: any... -> bool
compact: list -> list
mustCompact: list -> list
fromJson: jsonText -> any
mustFromJson: jsonText -> any
toJson: any -> string
mustToJson: any -> string
toPrettyJson: any -> string
mustToPrettyJson: any -> string
toRawJson: any -> string
mustToRawJson: any -> string
fromJsonArray: jsonText -> list
fromYaml: yamlText -> dict
fromYamlArray: yamlText -> list
toYaml: any -> string
mustToYaml: any -> string
toYamlPretty: any -> string
toToml: dict -> string
mustToToml: dict -> string
fromToml: tomlText -> dict
ternary: any any bool -> any
deepCopy: any -> any
mustDeepCopy: any -> any
typeOf: any -> string
typeIs: typeName any -> bool
typeIsLike: typeName any -> bool
kindOf: any -> string
kindIs: kind any -> bool
deepEqual: any any -> bool
base: path -> string
dir: path -> string
clean: path -> string
ext: path -> string
isAbs: path -> bool
osBase: path -> string
osClean: path -> string
osDir: path -> string
osExt: path -> string
osIsAbs: path -> bool
b64enc: string -> string
b64dec: base64 -> string
b32enc: string -> string
b32dec: base64 -> string
tuple: any... -> list
list: any... -> list
dict: key any key any -> dict
dict: any any -> dict
get: dict key -> any
set: dict key any -> dict
unset: dict key -> dict
hasKey: dict key -> bool
pluck: key dict... -> list
pick: dict key... -> dict
omit: dict key... -> dict
merge: dict dict... -> dict
mergeOverwrite: dict dict... -> dict
mustMerge: dict dict -> dict
mustMergeOverwrite: dict dict -> dict
append: list any -> list
mustAppend: list any -> list
push: list any -> list
mustPush: list any -> list
prepend: list any -> list
mustPrepend: list any -> list
first: list -> any
mustFirst: list -> any
rest: list -> list
mustRest: list -> list
last: list -> any
mustLast: list -> any
initial: list -> list
mustInitial: list -> list
reverse: list -> list
mustReverse: list -> list
uniq: list -> list
mustUniq: list -> list
without: list any... -> list
mustWithout: list any -> list
has: any list -> bool
mustHas: any list -> bool
slice: list small small -> list
slice: list small -> list
mustSlice: list small -> list
concat: list... -> list
dig: key any dict -> any
dig: key key any dict -> any
chunk: small list -> list
mustChunk: small list -> list
semver: version -> any
semverCompare: constraint version -> bool
regexMatch: pattern string -> bool
mustRegexMatch: pattern string -> bool
regexFindAll: pattern string small -> list
mustRegexFindAll: pattern string small -> list
regexFind: pattern string -> string
mustRegexFind: pattern string -> string
regexReplaceAll: pattern string replacement -> string
mustRegexReplaceAll: pattern string replacement -> string
regexReplaceAllLiteral: pattern string replacement -> string
mustRegexReplaceAllLiteral: pattern string replacement -> string
regexSplit: pattern string small -> list
mustRegexSplit: pattern string small -> list
regexQuoteMeta: string -> string
urlParse: url -> dict
urlJoin: dict -> string
tpl: template any -> string
required: string any -> any
getHostByName: string -> string
lookup: string string string string -> dict
mustToDuration: any -> duration
durationSeconds: durationText -> float
durationMilliseconds: any -> int
durationMicroseconds: durationText -> int
durationNanoseconds: any -> int
durationMinutes: any -> float
durationHours: durationText -> float
durationDays: durationText -> float
durationWeeks: durationText -> float
durationRoundTo: durationText durationText -> duration
durationTruncateTo: durationText any -> duration
`

function read (line: string): Signature {
  const [name = '', rest = ''] = line.split(': ', 2)
  const [taken = '', gives = 'any'] = rest.split('-> ')
  const params = taken.trim().split(' ').filter(word => word !== '')
  const last = params.at(-1)
  const repeated = last?.endsWith('...') === true ? last.slice(0, -3) : undefined
  return { name, params: (repeated === undefined ? params : params.slice(0, -1)) as Type[], rest: repeated as Type | undefined, gives: gives as Type }
}

/** Every way to call every function. */
export const signatures: readonly Signature[] = table.trim().split('\n').map(read)

const texts = new Set<Type>(['layout', 'zone', 'pattern', 'constraint', 'version', 'jsonText', 'yamlText', 'tomlText', 'base64', 'url', 'path', 'durationText', 'format', 'key', 'kind', 'typeName', 'replacement', 'template'])

/**
 * The functions whose result fits.
 *
 * @param type what is wanted
 */
export function giving (type: Type): readonly Signature[] {
  return byType.get(type) ?? []
}

const byType = new Map<Type, Signature[]>()
for (const type of ['any', 'int', 'float', 'number', 'string', 'bool', 'list', 'dict', 'time', 'duration'] as const) {
  byType.set(type, signatures.filter(({ gives }) => type === 'any' || gives === type || (type === 'number' && (gives === 'int' || gives === 'float'))))
}
byType.set('certainTime', byType.get('time') ?? [])
byType.set('small', [])

/** Whether a type stands for a text of one sort. */
export function isText (type: Type): boolean {
  return texts.has(type)
}
