// What the real strategic merge patch makes of cases, and the table of patch strategies that it goes by. With the argument `table` it
// prints the table; otherwise it reads cases as JSON and prints a result for each.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"

	jsonpatch "github.com/evanphx/json-patch/v5"
	apiextv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/jsonmergepatch"
	"k8s.io/apimachinery/pkg/util/mergepatch"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"k8s.io/client-go/kubernetes/scheme"
)

type testCase struct {
	APIVersion string          `json:"apiVersion"`
	Kind       string          `json:"kind"`
	Original   json.RawMessage `json:"original"`
	Modified   json.RawMessage `json:"modified"`
	Current    json.RawMessage `json:"current"`
}

// result holds patches as texts: what is compared is every byte of them.
type result struct {
	Strategic string `json:"strategic,omitempty"`
	Merge     string `json:"merge,omitempty"`
	ThreeWay  string `json:"threeWay,omitempty"`
}

type answer struct {
	Versions map[string]string `json:"versions"`
	Results  []result          `json:"results"`
}

func main() {
	known := nativeScheme()
	if len(os.Args) > 1 && os.Args[1] == "table" {
		writeTable(os.Stdout, known)
		return
	}
	var cases []testCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		panic(err)
	}
	out := answer{Versions: versions()}
	for _, each := range cases {
		out.Results = append(out.Results, result{Strategic: strategic(known, each), Merge: merge(each), ThreeWay: threeWay(each)})
	}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		panic(err)
	}
}

// nativeScheme has the kinds that Helm patches strategically: of CRDs, only v1.
func nativeScheme() *runtime.Scheme {
	native := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{scheme.AddToScheme, apiextv1.AddToScheme} {
		if err := add(native); err != nil {
			panic(err)
		}
	}
	return native
}

func strategic(known *runtime.Scheme, each testCase) (said string) {
	defer func() {
		if fault := recover(); fault != nil {
			said = fmt.Sprint("panic: ", fault)
		}
	}()
	object, err := known.New(schema.FromAPIVersionAndKind(each.APIVersion, each.Kind))
	if err != nil {
		return "error: " + err.Error()
	}
	meta, err := strategicpatch.NewPatchMetaFromStruct(object)
	if err != nil {
		return "error: " + err.Error()
	}
	patch, err := strategicpatch.CreateThreeWayMergePatch(each.Original, each.Modified, each.Current, meta, true)
	return text(patch, err)
}

func merge(each testCase) string {
	return text(jsonpatch.CreateMergePatch(each.Original, each.Modified))
}

func threeWay(each testCase) string {
	return text(jsonmergepatch.CreateThreeWayJSONMergePatch(each.Original, each.Modified, each.Current,
		mergepatch.RequireKeyUnchanged("apiVersion"), mergepatch.RequireKeyUnchanged("kind"), mergepatch.RequireMetadataKeyUnchanged("name")))
}

func text(patch []byte, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	return string(patch)
}

func versions() map[string]string {
	found := map[string]string{}
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		switch module.Path {
		case "k8s.io/api", "k8s.io/apiextensions-apiserver", "k8s.io/apimachinery", "github.com/evanphx/json-patch/v5":
			found[module.Path] = module.Version
		}
	}
	return found
}
