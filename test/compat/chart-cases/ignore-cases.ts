/** A .helmignore, and which of these files it leaves. */
const files = ['a.txt', 'b.md', 'keep.txt', 'maps/a.txt', 'maps/b.md', 'maps/north/a.txt', 'maps/north/deep/c.txt', 'other/maps/d.txt', '.hidden', 'x y.txt', 'sea[1].txt']

export const ignoreFiles: readonly string[] = files

export const ignoreCases: Readonly<Record<string, string>> = {
  nothing: '',
  'a name': 'a.txt\n',
  'a glob': '*.md\n',
  'comments and blank lines': '# *.txt\n\n   \n  b.md  \n',
  'a byte order mark': '\uFEFFa.txt\n',
  'line ends of Windows': 'a.txt\r\n*.md\r\n',
  'the root': '/a.txt\n',
  'a path': 'maps/a.txt\n',
  'a path with a glob': 'maps/*.txt\n',
  'a glob for a folder': '*/a.txt\n',
  'a folder': 'maps/\n',
  'a folder at the root': '/maps/\n',
  'a folder below': 'maps/north/\n',
  'a folder without its slash': 'maps\n',
  'a folder that is a file': 'a.txt/\n',
  'a question mark': '?.txt\n',
  'a class': '[ab].*\n',
  'a class of others': '[^a]*.txt\n',
  'an escape': 'sea\\[1\\].txt\n',
  'a space': 'x y.txt\n',
  'hidden files': '.*\n',
  everything: '*\n',
  'a negation': '!*.txt\n',
  'a negation after a rule': 'a.txt\n!keep.txt\n',
  'a negation of all but a folder': '!maps/\n',
  'two stars': '**/a.txt\n',
  'a bad class': '[a\n',
  'a bad escape': 'a\\\n'
}
