// Gotemplate says what Go's own text/template makes of templates: it reads cases as JSON on standard input and prints their
// results as JSON. See ../record-go-template.ts.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strings"
	"text/template"
	"unicode/utf8"
)

// Case is one template and what it is executed with.
type Case struct {
	Texts      []Text `json:"texts"`
	Data       any    `json:"data"`
	MissingKey string `json:"missingKey"`
	Execute    string `json:"execute"`
}

// Text is a template to parse; a later one of the same set may replace what an earlier one defined.
type Text struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Result is what Go made of a case: either an output or an error.
type Result struct {
	Output string `json:"output,omitempty"`
	// Bytes replaces Output when it is no UTF-8.
	Bytes []byte `json:"bytes,omitempty"`
	Error string `json:"error,omitempty"`
	// Messages are those of the error and of what it wraps, outermost first, each once.
	Messages []string `json:"messages,omitempty"`
	// Tree is the executed template as its nodes print themselves.
	Tree string `json:"tree,omitempty"`
}

func main() {
	var cases []Case
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		fmt.Fprintln(os.Stderr, "gotemplate:", err)
		os.Exit(1)
	}
	results := make([]Result, 0, len(cases))
	for _, c := range cases {
		results = append(results, run(c))
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(map[string]any{"go": runtime.Version(), "results": results}); err != nil {
		fmt.Fprintln(os.Stderr, "gotemplate:", err)
		os.Exit(1)
	}
}

func run(c Case) Result {
	set := template.New("set").Option("missingkey=" + c.MissingKey)
	set.Funcs(functions(set))
	for _, text := range c.Texts {
		if _, err := set.New(text.Name).Parse(text.Text); err != nil {
			return failed(err)
		}
	}
	result := Result{}
	if found := set.Lookup(c.Execute); found != nil && found.Tree != nil {
		result.Tree = found.Root.String()
	}
	var out strings.Builder
	if err := set.ExecuteTemplate(&out, c.Execute, c.Data); err != nil {
		failure := failed(err)
		failure.Tree = result.Tree
		return failure
	}
	if utf8.ValidString(out.String()) {
		result.Output = out.String()
	} else {
		result.Bytes = []byte(out.String())
	}
	return result
}

func failed(err error) Result {
	result := Result{Error: err.Error()}
	for e := err; e != nil; {
		if n := len(result.Messages); n == 0 || result.Messages[n-1] != e.Error() {
			result.Messages = append(result.Messages, e.Error())
		}
		wrapper, ok := e.(interface{ Unwrap() error })
		if !ok {
			break
		}
		e = wrapper.Unwrap()
	}
	return result
}
