module portolan.example.com/gotemplate

go 1.24
