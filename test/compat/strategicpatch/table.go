package main

import (
	"fmt"
	"io"
	"reflect"
	"sort"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// texts are structs that are a text or a number in JSON.
var texts = map[string]bool{"Quantity": true, "IntOrString": true, "Time": true, "MicroTime": true, "Duration": true}

// internal are the kinds that every group has, and that are no objects of the API.
var internal = map[string]bool{
	"APIGroup": true, "APIGroupList": true, "APIResourceList": true, "APIVersions": true, "Status": true, "WatchEvent": true,
	"CreateOptions": true, "DeleteOptions": true, "GetOptions": true, "ListOptions": true, "PatchOptions": true, "UpdateOptions": true,
}

// table collects what the kinds of a scheme are made of.
type table struct {
	lines map[string]string
	names map[reflect.Type]string
	// taken has the whole structure behind each name: versions of a group mostly share it.
	taken map[string]string
}

// writeTable prints a line for each kind that can be kept (`=group/version Kind type`), and one for each struct that is part of one.
func writeTable(out io.Writer, scheme *runtime.Scheme) {
	t := &table{lines: map[string]string{}, names: map[reflect.Type]string{}, taken: map[string]string{}}
	kinds := map[string]reflect.Type{}
	for gvk, typ := range scheme.AllKnownTypes() {
		if isKept(gvk, typ) {
			kinds[gvk.GroupVersion().String()+" "+gvk.Kind] = typ
		}
	}
	heads := make([]string, 0, len(kinds))
	for head := range kinds {
		heads = append(heads, head)
	}
	sort.Strings(heads)
	for _, head := range heads {
		t.add(kinds[head])
	}
	for _, head := range heads {
		fmt.Fprintf(out, "=%s %s\n", head, t.names[kinds[head]])
	}
	lines := make([]string, 0, len(t.lines))
	for name, line := range t.lines {
		if line != "" {
			lines = append(lines, name+line)
		}
	}
	sort.Strings(lines)
	for _, line := range lines {
		fmt.Fprintln(out, line)
	}
}

// isKept says whether objects of the kind are in the API by name.
func isKept(gvk schema.GroupVersionKind, typ reflect.Type) bool {
	if gvk.Version == runtime.APIVersionInternal || internal[gvk.Kind] || strings.HasSuffix(gvk.Kind, "Options") {
		return false
	}
	_, named := typ.FieldByName("ObjectMeta")
	return named
}

// name is the struct's own, with a number before it when a different one has the same.
func (t *table) name(typ reflect.Type) string {
	whole := structure(typ, map[reflect.Type]bool{})
	for prefix := 0; ; prefix++ {
		name := typ.Name()
		if prefix > 0 {
			name = fmt.Sprintf("%d.%s", prefix, name)
		}
		if taken, found := t.taken[name]; !found || taken == whole {
			t.taken[name] = whole
			return name
		}
	}
}

// structure is a struct's line with the lines of the structs in it in place of their names.
func structure(typ reflect.Type, within map[reflect.Type]bool) string {
	if within[typ] {
		return typ.Name()
	}
	within[typ] = true
	defer delete(within, typ)
	return "(" + typ.Name() + line(typ, func(part reflect.Type) string { return structure(part, within) }) + ")"
}

// add notes a struct and what it is made of.
func (t *table) add(typ reflect.Type) string {
	if _, known := t.names[typ]; !known {
		t.names[typ] = t.name(typ)
		t.lines[t.names[typ]] = line(typ, t.add)
	}
	return t.names[typ]
}

// line has the fields of a struct that are lists, mappings or structs.
func line(typ reflect.Type, name func(reflect.Type) string) string {
	found := []string{}
	fields(typ, name, &found)
	sort.Strings(found)
	text := ""
	for _, field := range found {
		text += " " + field
	}
	return text
}

func fields(typ reflect.Type, name func(reflect.Type) string, found *[]string) {
	for i := 0; i < typ.NumField(); i++ {
		field := typ.Field(i)
		tag := field.Tag.Get("json")
		key := strings.Split(tag, ",")[0]
		if tag == "-" || !field.IsExported() {
			continue
		}
		if field.Anonymous && key == "" {
			fields(deref(field.Type), name, found)
			continue
		}
		if key == "" {
			key = field.Name
		}
		if shape := shape(field.Type, name); shape != "" {
			*found = append(*found, key+shape+strategy(field.Tag))
		}
	}
}

// shape is `:Struct`, `[]Struct`, `[]` for other lists, `[][]`, `{}` for mappings, and nothing for the rest.
func shape(typ reflect.Type, name func(reflect.Type) string) string {
	typ = deref(typ)
	switch typ.Kind() {
	case reflect.Struct:
		if texts[typ.Name()] {
			return ""
		}
		return ":" + name(typ)
	case reflect.Map:
		return "{}"
	case reflect.Slice:
		if typ.Elem().Kind() == reflect.Uint8 {
			return ""
		}
		return "[]" + strings.TrimPrefix(shape(typ.Elem(), name), ":")
	default:
		return ""
	}
}

func deref(typ reflect.Type) reflect.Type {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	return typ
}

// strategy is `~strategies` and `@mergeKey`, where there are any.
func strategy(tag reflect.StructTag) string {
	found := ""
	if strategies := tag.Get("patchStrategy"); strategies != "" {
		found += "~" + strategies
	}
	if key := tag.Get("patchMergeKey"); key != "" {
		found += "@" + key
	}
	return found
}
