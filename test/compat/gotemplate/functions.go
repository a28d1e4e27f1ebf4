package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"text/template"
	"time"
)

// Ship is a struct with fields and methods.
type Ship struct {
	Name  string
	Crew  []string
	Log   map[string]any
	Flag  any
	Decks int
}

// Greet is a method of one parameter.
func (s Ship) Greet(whom string) string { return s.Name + " greets " + whom }

// Port is a method without parameters.
func (s Ship) Port() string { return "Genoa" }

// Load is a method of any number of parameters.
func (s Ship) Load(deck int, goods ...string) string {
	return fmt.Sprint(deck, ":", strings.Join(goods, "+"))
}

// Sink fails.
func (s Ship) Sink() (string, error) { return "", errors.New("the ship sank") }

// Titled has a String method.
type Titled struct{ Ship }

func (t Titled) String() string { return "SS " + t.Name }

// Values is a named map, as Helm has one.
type Values map[string]any

// Table is a method of a named map.
func (v Values) Table(name string) any { return v[name] }

// Flag and Code are named types of basic kinds.
type Flag bool

// Code has a String method that says something else.
type Code string

func (c Code) String() string { return "code " + string(c) }

func newShip() Ship {
	return Ship{Name: "Nina", Crew: []string{"Ana", "Ben"}, Log: map[string]any{"day": 1.0, "note": nil}, Decks: 2}
}

// functions are mirrored in test/template/functions.ts.
func functions(set *template.Template) template.FuncMap {
	return template.FuncMap{
		"upper":    strings.ToUpper,
		"join":     func(separator string, words ...string) string { return strings.Join(words, separator) },
		"list":     func(items ...any) []any { return items },
		"dict":     dict,
		"int":      func(n int) int { return n },
		"int8":     func(n int8) int8 { return n },
		"int64":    func(n int64) int64 { return n },
		"uint":     func(n uint) uint { return n },
		"uint8":    func(n uint8) uint8 { return n },
		"float":    func(n float64) float64 { return n },
		"bool":     func(b bool) bool { return b },
		"bytes":    func(s string) []byte { return []byte(s) },
		"size":     func(b []byte) int { return len(b) },
		"keys":     func(m map[string]any) int { return len(m) },
		"count":    func(l []any) int { return len(l) },
		"any":      func(v any) any { return v },
		"raw":      raw,
		"type":     func(v any) string { return fmt.Sprintf("%T", v) },
		"add":      func(numbers ...int) int { return sum(numbers) },
		"nothing":  func() any { return nil },
		"none":     func(v any) bool { return v == nil },
		"fail":     func(message string) (string, error) { return "", errors.New(message) },
		"ship":     func() Ship { return newShip() },
		"flagship": func() *Ship { s := newShip(); return &s },
		"titled":   func() Titled { return Titled{newShip()} },
		"values":   func() Values { return Values{"a": 1.0, "b": nil} },
		"words":    func() []string { return []string{"x", "y"} },
		"labels":   func() map[string]string { return map[string]string{"app": "web"} },
		"hours":    func(n int) time.Duration { return time.Duration(n) * time.Hour },
		"month":    func(n int) time.Month { return time.Month(n) },
		"flag":     func(b bool) Flag { return Flag(b) },
		"code":     func(s string) Code { return Code(s) },
		"include": func(name string, data any) (string, error) {
			var out strings.Builder
			err := set.ExecuteTemplate(&out, name, data)
			return out.String(), err
		},
	}
}

func dict(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m
}

func sum(numbers []int) int {
	total := 0
	for _, n := range numbers {
		total += n
	}
	return total
}

// raw takes a value as reflection has it.
func raw(v reflect.Value) string {
	if !v.IsValid() || v.Kind() == reflect.Interface && v.IsNil() {
		return "nil"
	}
	return fmt.Sprint(v)
}
